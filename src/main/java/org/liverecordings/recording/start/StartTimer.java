package org.liverecordings.recording.start;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.audit.Auditing;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.recording.store.Timers;
import org.liverecordings.recording.store.Timers.Action;
import org.liverecordings.recording.store.Timers.Setter;
import org.liverecordings.recording.store.UnitOfWork;
import org.liverecordings.recording.timer.TimerRules;

/** The timer that stops a recording by itself, if its start asks for one or crosses a hold. */
final class StartTimer {

    private final Timers timers;
    private final Auditing audit;
    private final Optional<Duration> maxDuration;

    /**
     * @throws org.liverecordings.recording.timer.TimerUnusableException if the request asks for one that can't be set
     * @throws StoreUnavailableException if there is no room for one more
     */
    StartTimer(TimerRules rules, StartRequest request, Auditing audit) {
        this.timers = rules.timers();
        this.audit = audit;
        this.maxDuration = rules.read(TimerRules.MAX_DURATION, request.maxDuration());
        maxDuration.ifPresent(asked -> timers.requireRoom());
    }

    /**
     * Adds a recording's entry, with its timer: so there is none without a recording that it stops, nor a recording without it.
     *
     * @return false if something is being recorded on the line
     */
    boolean register(LiveRecording recording, LiveRecordingRepository registry, UnitOfWork unitOfWork) {
        AtomicBoolean free = new AtomicBoolean();
        return orForget(recording, registry, () -> {
            if (maxDuration.isEmpty()) {
                return registry.addIfLineIsFree(recording);
            }
            unitOfWork.run(() -> {
                free.set(registry.addIfLineIsFree(recording));
                if (free.get()) {
                    set(recording.id());
                }
            });
            return free.get();
        });
    }

    /**
     * Does what comes before the recorder is asked. If it fails the entry goes, as far as that can be done now: a unit of work in memory
     * undoes nothing, and of one in a database nobody may know whether it took effect.
     */
    <T> T orForget(LiveRecording recording, LiveRecordingRepository registry, Supplier<T> work) {
        try {
            return work.get();
        } catch (StoreUnavailableException e) {
            try {
                registry.remove(recording.id());
            } catch (StoreUnavailableException away) {
                e.addSuppressed(away);
            }
            throw e;
        }
    }

    /** Sets it, if it is asked for. Part of a unit of work. A stop knows what to make of a start that is still on its way. */
    void set(RecordingId recording) {
        maxDuration.ifPresent(after -> stop(recording, after));
    }

    /** Has a recording stopped that mustn't go on, for as long as it takes. Part of a unit of work. */
    void stopSoon(RecordingId recording) {
        stop(recording, Duration.ZERO);
    }

    private void stop(RecordingId recording, Duration after) {
        timers.set(List.of(recording), Action.STOP, after, Setter.of(audit.holder(), audit.cause(), Duration.ZERO));
    }
}
