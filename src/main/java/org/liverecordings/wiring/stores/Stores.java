package org.liverecordings.wiring.stores;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

import org.liverecordings.events.webhook.Progress;
import org.liverecordings.lines.LinesConfig;
import org.liverecordings.metrics.StoredFigures;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.audit.AuditLog;
import org.liverecordings.recording.audit.AuditTrail;
import org.liverecordings.recording.audit.AuditedRequests;
import org.liverecordings.recording.event.EventLog;
import org.liverecordings.recording.event.Events;
import org.liverecordings.recording.idempotency.IdempotencyKeys;
import org.liverecordings.recording.store.Holds;
import org.liverecordings.recording.store.JobLeases;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.recording.store.Timers;
import org.liverecordings.recording.store.UnitOfWork;
import org.liverecordings.wiring.LiveRecordingsConfig;

/** What is kept: all of it in memory, or all of it in PostgreSQL. The jobs that the stores need are added when they are made. */
public interface Stores {

    LiveRecordingRepository registry();

    LineCapabilities lines();

    StopLeases leases();

    Holds holds();

    Timers timers();

    IdempotencyKeys keys();

    UnitOfWork unitOfWork();

    AuditTrail trail();

    AuditLog auditLog();

    /** Where events of recordings are noted. */
    Events events();

    /** Where they are read; empty if nobody wants them. */
    Optional<EventLog> eventLog();

    /** How requests are carried out: with an entry on the trail, once for each key, and with the events that tell of it. */
    default AuditedRequests requests() {
        return new AuditedRequests(trail(), unitOfWork(), keys(), events());
    }

    JobLeases jobLeases();

    /** How far each webhook has got. */
    Progress webhookProgress();

    /** Does work of the start, which may wait for what keeps all this. */
    <T> T atStart(Supplier<T> work);

    /** Registers what a recorder recorded before us, each recording once for all replicas. Returns how many of them were new. */
    int register(Collection<LiveRecording> recordings);

    /** Counts what is kept; never when somebody waits. */
    StoredFigures figures();

    /** How many are being recorded. */
    long liveRecordings();

    /** Whether a recording's entry in the registry decides who claims its end: a suite's recordings have no entries. */
    static boolean entriesDecide(LiveRecordingsConfig config) {
        return config.recorder() != LiveRecordingsConfig.Recorder.IMAGICLE;
    }

    /** How often the lines file is looked at: a changed file is read at the second look after it changed. */
    static Duration look(LinesConfig config) {
        return config.refresh().dividedBy(3);
    }
}
