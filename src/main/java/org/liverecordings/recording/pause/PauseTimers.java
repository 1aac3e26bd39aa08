package org.liverecordings.recording.pause;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.audit.AuditedRequests;
import org.liverecordings.recording.audit.Auditing;
import org.liverecordings.recording.store.Timers;
import org.liverecordings.recording.store.Timers.Action;
import org.liverecordings.recording.store.Timers.Setter;
import org.liverecordings.recording.timer.TimerRules;
import org.liverecordings.recording.timer.TimerRules.LongestPause;

/**
 * The timers that one pause sets, and those that a pause or a resume does away with. They are set before the recorder is asked, so that
 * neither a lost answer nor a replica that dies leaves a pause that never ends.
 */
final class PauseTimers {

    /** In whose name pauses end that last too long. */
    private static final String LONGEST_PAUSE = "live-recordings.pause.longest";

    private final TimerRules rules;
    private final Timers timers;
    private final Auditing audit;
    private final String resumeAfter;
    private final Optional<LongestPause> longest;
    private final boolean resumes;

    PauseTimers(TimerRules rules, PauseRequest request, Auditing audit) {
        this.rules = rules;
        this.timers = rules.timers();
        this.audit = audit;
        this.resumeAfter = request.resumeAfter();
        this.resumes = request.resume();
        this.longest = resumes ? Optional.empty() : rules.longestPause();
    }

    /** Whether the request asks for one. */
    boolean isAsked() {
        return resumeAfter != null;
    }

    /** Whether any are set, or there may be some to do away with: for that one must know the recordings' ids. */
    boolean isConcerned() {
        return isAsked() || longest.isPresent() || !timers.isEmpty();
    }

    /**
     * To be called before the recorder is asked, and once it is known whose recordings these are: nobody else is told what is wrong with
     * his request.
     *
     * @throws org.liverecordings.recording.timer.TimerUnusableException if the request asks for one that can't be set
     */
    void set(List<RecordingId> ids) {
        Optional<Duration> asked = rules.read(TimerRules.RESUME_AFTER, resumeAfter);
        Setter setter = Setter.of(audit.holder(), audit.cause(), AuditedRequests.lease(audit.deadline()));
        asked.ifPresent(after -> timers.set(ids, Action.RESUME, after, setter));
        longest.filter(pause ->
                        !pause.resumes() || asked.isEmpty() || pause.after().compareTo(asked.get()) < 0)
                .ifPresent(pause -> timers.set(
                        ids,
                        pause.resumes() ? Action.RESUME : Action.ALARM,
                        pause.after(),
                        pause.resumes() ? setter.inNameOf(LONGEST_PAUSE) : setter));
    }

    /**
     * The recorder has answered. Part of the unit of work that writes down what it did, if it did anything.
     *
     * @param changed of which it did what was asked
     * @param perhaps of which it may have
     * @param alreadySo of which it says that it was so before
     * @param refused of which it didn't
     */
    void settle(
            List<RecordingId> changed,
            List<RecordingId> perhaps,
            List<RecordingId> alreadySo,
            List<RecordingId> refused) {
        // Whose pause is over has no need of what was to end it, whoever ended it.
        List<RecordingId> other = resumes ? union(changed, alreadySo) : changed;
        if (!other.isEmpty()) {
            timers.pauseChanged(other, audit.asked().at());
        }
        if (isAsked() || longest.isPresent()) {
            timers.settle(audit.holder(), union(changed, perhaps), union(alreadySo, refused));
        }
    }

    private static List<RecordingId> union(List<RecordingId> some, List<RecordingId> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }
}
