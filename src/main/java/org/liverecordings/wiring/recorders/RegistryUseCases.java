package org.liverecordings.wiring.recorders;

import java.time.InstantSource;

import jakarta.inject.Singleton;

import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.audit.AuditedRequests;
import org.liverecordings.recording.list.ListWithTimers;
import org.liverecordings.recording.list.RegistryListRecordings;
import org.liverecordings.recording.pause.RegistryPauseRecording;
import org.liverecordings.recording.recorder.CallRecorder;
import org.liverecordings.recording.start.RegistryStartRecording;
import org.liverecordings.recording.stop.RegistryStopRecording;
import org.liverecordings.recording.stop.StopHolds;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.recording.timer.TimerRules;
import org.liverecordings.wiring.stores.Stores;

/** The use cases over a recorder that is told ids: registry and lines decide here. */
@Singleton
class RegistryUseCases {

    private final Stores stores;
    private final Deadline.Limit limit;
    private final Reconciliation reconciliation;
    private final StopHolds holds;
    private final TimerRules timerRules;

    RegistryUseCases(
            Stores stores,
            Deadline.Limit limit,
            Reconciliation reconciliation,
            StopHolds holds,
            TimerRules timerRules) {
        this.holds = holds;
        this.timerRules = timerRules;
        this.stores = stores;
        this.limit = limit;
        this.reconciliation = reconciliation;
    }

    /**
     * @param lines the inventory, as far as it is the recorder's
     * @param unsettledOnly as {@link org.liverecordings.recording.reconcile.Reconciler.Settings} says
     * @param pausesCount whether the time paused is part of a recording's duration
     */
    UseCases over(CallRecorder recorder, LineCapabilities lines, boolean unsettledOnly, boolean pausesCount) {
        InstantSource clock = InstantSource.system();
        AuditedRequests requests = stores.requests();
        reconciliation.schedule(recorder, unsettledOnly);
        return new UseCases(
                new RegistryStartRecording(
                        stores.registry(),
                        lines,
                        recorder,
                        stores.holds(),
                        stores.unitOfWork(),
                        timerRules,
                        requests,
                        clock),
                new RegistryStopRecording(
                        stores.registry(),
                        lines,
                        recorder,
                        stores.leases(),
                        holds,
                        stores.unitOfWork(),
                        requests,
                        limit.perRequest(),
                        clock),
                new RegistryPauseRecording(stores.registry(), lines, recorder, timerRules, requests),
                new ListWithTimers(
                        new RegistryListRecordings(stores.registry(), lines, clock, pausesCount), timerRules.timers()));
    }
}
