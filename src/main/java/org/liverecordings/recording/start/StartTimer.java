package org.liverecordings.recording.start;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.audit.Auditing;
import org.liverecordings.recording.store.Timers;
import org.liverecordings.recording.store.Timers.Action;
import org.liverecordings.recording.store.Timers.Setter;
import org.liverecordings.recording.timer.TimerRules;

/** The timer that stops a recording by itself, if its start asks for one. */
final class StartTimer {

    private final Timers timers;
    private final Auditing audit;
    private final Optional<Duration> maxDuration;

    /**
     * @throws org.liverecordings.recording.timer.TimerUnusableException if the request asks for one that can't be set
     */
    StartTimer(TimerRules rules, StartRequest request, Auditing audit) {
        this.timers = rules.timers();
        this.audit = audit;
        this.maxDuration = rules.read(TimerRules.MAX_DURATION, request.maxDuration());
    }

    /** Whether the request asks for one. */
    boolean isAsked() {
        return maxDuration.isPresent();
    }

    /** Sets it, if it is asked for. Part of a unit of work. A stop knows what to make of a start that is still on its way. */
    void set(RecordingId recording) {
        maxDuration.ifPresent(after -> timers.set(
                List.of(recording), Action.STOP, after, Setter.of(audit.holder(), audit.cause(), Duration.ZERO)));
    }
}
