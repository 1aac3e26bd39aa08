package org.liverecordings.recording.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liverecordings.recording.Recordings.id;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.liverecordings.recording.Caller;
import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.NoUsableListException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.recording.store.Timers;
import org.liverecordings.recording.store.Timers.Action;
import org.liverecordings.recording.timer.TimerRules.LongestPause;
import org.liverecordings.registry.memory.MemoryTimers;

class DueTimersTest {

    private static final RecordingId A = id(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LEASE = Duration.ofSeconds(7);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final Timers timers = new MemoryTimers(null, 100, () -> now);
    private final List<String> did = new ArrayList<>();
    private final List<Caller> callers = new ArrayList<>();
    private final List<Runnable> handedOut = new ArrayList<>();
    private RuntimeException failure;
    private boolean paused = true;
    private final DueTimers due = new DueTimers(
            new TimerRules(timers, Duration.ofHours(24), Optional.of(new LongestPause(LONGEST, false))),
            new Noted(),
            new NotingListener(),
            new Deadline.Limit(Duration.ofSeconds(5)),
            LEASE,
            handedOut::add);

    private final class Noted implements DueTimers.Actions {

        @Override
        public void resume(Caller caller, RecordingId recording, String why) {
            does(caller, "resume " + recording + " " + why);
            timers.pauseChanged(List.of(recording), now);
        }

        @Override
        public void stop(Caller caller, RecordingId recording, String why) {
            does(caller, "stop " + recording + " " + why);
        }

        @Override
        public boolean isPaused(Caller caller, RecordingId recording) {
            does(caller, "look at " + recording);
            return paused;
        }

        private void does(Caller caller, String what) {
            did.add(what);
            callers.add(caller);
            if (failure != null) {
                throw failure;
            }
        }
    }

    private final class NotingListener implements DueTimers.Listener {

        @Override
        public void failed(Timers.Due timer, RuntimeException cause, Duration delay) {
            did.add("failed " + timer.attempts() + " " + cause.getMessage() + " again in " + delay);
        }

        @Override
        public void pausedTooLong(Timers.Due timer) {
            did.add("alarm");
        }
    }

    private void set(Action action, String user) {
        timers.set(List.of(A), action, SECOND, new Timers.Setter(UUID.randomUUID(), user, "c-7", Duration.ZERO));
    }

    /** A look after this time, and all that comes of it. */
    private void lookAfter(Duration duration) {
        now = now.plus(duration);
        due.look();
        List<Runnable> work = List.copyOf(handedOut);
        handedOut.clear();
        work.forEach(Runnable::run);
    }

    @ParameterizedTest
    @CsvSource({"RESUME, resume", "STOP, stop"})
    void whatIsDueIsDoneAsTheTimerAndSaysWhoSetIt(Action action, String does) {
        set(action, "alice");
        lookAfter(SECOND);
        assertEquals(List.of(does + " " + A + " set by alice"), did);
        Caller caller = callers.get(0);
        assertEquals("timer", caller.name());
        assertEquals(10, caller.level());
        assertEquals("c-7", caller.correlationId());
    }

    @Test
    void nothingIsDoneBefore() {
        set(Action.STOP, "alice");
        lookAfter(SECOND.minusMillis(1));
        assertEquals(List.of(), did);
    }

    @Test
    void aNameMayBeLongerThanAReasonAndHoldWhatAReasonMustnt() {
        set(Action.STOP, "a\nb" + "🎧".repeat(300));
        lookAfter(SECOND);
        assertEquals(List.of("stop " + A + " set by a b" + "🎧".repeat(187)), did);
    }

    /** As a replica that was asleep finds it. */
    @Test
    void whatSomebodyElseDidMeanwhileIsNotDoneAgain() {
        set(Action.RESUME, "alice");
        now = now.plus(SECOND);
        due.look();
        timers.pauseChanged(List.of(A), now);
        handedOut.forEach(Runnable::run);
        assertEquals(List.of(), did);
    }

    @Test
    void whereNobodyCanTellForHowLongAPauseLastsItIsReportedOnce() {
        failure = new NoUsableListException("no list", null);
        set(Action.ALARM, "alice");
        lookAfter(SECOND);
        lookAfter(LONGEST);
        assertEquals(List.of("look at " + A, "alarm"), did);
        assertTrue(timers.isEmpty());
    }

    @Test
    void afterTheEndNothingIsTaken() {
        set(Action.STOP, "alice");
        due.end();
        lookAfter(SECOND);
        assertEquals(List.of(), did);
        assertEquals(1, timers.take(10, LEASE).size());
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void whatIsOverIsForgotten(Action action) {
        failure = new NoLiveRecordingException();
        set(action, "alice");
        lookAfter(SECOND);
        lookAfter(Duration.ofDays(1));
        assertEquals(1, did.size());
    }

    @Test
    void whatIsSoAlreadyIsForgotten() {
        failure = new AlreadySoException("the recording isn't paused");
        set(Action.RESUME, "alice");
        lookAfter(SECOND);
        lookAfter(Duration.ofDays(1));
        assertEquals(1, did.size());
    }

    @Test
    void whatFailsIsReportedAndTriedAgainEverLessOften() {
        failure = new RecorderUnavailableException("down", true, null);
        set(Action.RESUME, "alice");
        lookAfter(SECOND);
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            lookAfter(SECOND.multipliedBy(seconds).minusMillis(1));
            lookAfter(Duration.ofMillis(1));
        }
        failure = null;
        lookAfter(SECOND.multipliedBy(60));
        lookAfter(Duration.ofDays(1));
        String resumed = "resume " + A + " set by alice";
        assertEquals(
                List.of(
                        "failed 1 down again in PT1S",
                        "failed 2 down again in PT2S",
                        "failed 3 down again in PT4S",
                        "failed 4 down again in PT8S",
                        "failed 5 down again in PT16S",
                        "failed 6 down again in PT32S",
                        "failed 7 down again in PT1M",
                        "failed 8 down again in PT1M",
                        "failed 9 down again in PT1M"),
                did.stream().filter(note -> !note.equals(resumed)).toList());
        assertEquals(10, did.stream().filter(resumed::equals).count());
    }

    @Test
    void aFaultOfOursIsReportedAndTriedAgainToo() {
        failure = new IllegalStateException("bug");
        set(Action.STOP, "alice");
        lookAfter(SECOND);
        failure = new StoreUnavailableException("away", null);
        lookAfter(SECOND);
        assertEquals(
                List.of("failed 1 bug again in PT1S", "failed 2 away again in PT2S"),
                did.stream().filter(note -> note.startsWith("failed")).toList());
    }

    @Test
    void anAlarmIsReportedForAsLongAsThePauseLasts() {
        set(Action.ALARM, "alice");
        lookAfter(SECOND);
        lookAfter(LONGEST.minusMillis(1));
        lookAfter(Duration.ofMillis(1));
        paused = false;
        lookAfter(LONGEST);
        lookAfter(LONGEST);
        assertEquals(List.of("look at " + A, "alarm", "look at " + A, "alarm", "look at " + A), did);
    }

    @Test
    void noMoreAreTakenThanThereIsRoomFor() {
        for (int i = 0; i < 30; i++) {
            set(Action.RESUME, "alice");
        }
        now = now.plus(SECOND);
        due.look();
        due.look();
        assertEquals(20, handedOut.size());
        failure = new AlreadySoException("the recording isn't paused");
        lookAfter(Duration.ZERO);
        lookAfter(Duration.ZERO);
        assertEquals(30, did.size());
    }
}
