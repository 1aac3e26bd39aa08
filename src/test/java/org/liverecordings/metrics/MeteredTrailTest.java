package org.liverecordings.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.liverecordings.recording.Caller;
import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.Recordings;
import org.liverecordings.recording.audit.AuditTrail.Asked;
import org.liverecordings.recording.audit.AuditTrail.Entry;
import org.liverecordings.recording.audit.AuditTrail.Operation;
import org.liverecordings.recording.audit.AuditTrail.Outcome;
import org.liverecordings.recording.audit.AuditTrail.Result;
import org.liverecordings.recording.audit.NotedTrail;

class MeteredTrailTest {

    private static final Duration TOOK = Duration.ofMillis(300);
    private static final Set<String> OUTCOMES = Set.of(
            "done", "rejected", "forbidden", "not-live", "held", "already-so", "unknown", "failed", "repetition");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MeteredTrail trail = new MeteredTrail(new NotedTrail(), meters);

    @ParameterizedTest
    @CsvSource({
        "STOP, DONE, , stop, done, none",
        "STOP, REJECTED, 2, stop, rejected, 2",
        "STOP, NOT_LIVE, , stop, not-live, none",
        "START, ALREADY_SO, , start, already-so, none",
        "LIFT_HOLD, UNKNOWN, , lift-hold, unknown, none"
    })
    void anEndIsCountedByItsOutcomeAndReason(
            Operation operation, Result result, Integer reason, String named, String outcome, String why) {
        trail.ended(entry(operation), new Outcome(result, reason, List.of(), TOOK, null));

        assertEquals(1, count(named, outcome, why));
        assertEquals(1, timer(named, outcome).count());
    }

    @Test
    void anEndThatWasWrittenElsewhereIsCountedAsWell() {
        trail.settled(entry(Operation.STOP), new Outcome(Result.DONE, null, List.of(), TOOK, null));

        assertEquals(1, count("stop", "done", "none"));
    }

    @Test
    void anAnswerThatIsGivenAgainIsNoOtherStop() {
        trail.ended(entry(Operation.STOP), new Outcome(Result.DONE, null, List.of(), TOOK, null, false, true));

        assertEquals(0, count("stop", "done", "none"));
        assertEquals(1, count("stop", "repetition", "none"));
    }

    /** It was counted with its reason when it was given first. */
    @Test
    void aRefusalThatIsGivenAgainIsNoOtherRefusal() {
        trail.ended(entry(Operation.STOP), new Outcome(Result.REJECTED, 2, List.of(), TOOK, null, false, true));

        assertEquals(0, count("stop", "rejected", "2"));
        assertEquals(1, count("stop", "repetition", "none"));
    }

    /** Or the first one would be no increase. */
    @ParameterizedTest
    @EnumSource(Operation.class)
    void whatWasNeverCountedIsThereWithZero(Operation operation) {
        Set<String> outcomes = outcomes(meters.find("live.recordings.operations")
                .tag("operation", operation.word())
                .counters());

        assertEquals(OUTCOMES, outcomes);
    }

    @Test
    void stopsThatNeverWereAreTimedWithZeroWhateverTheirOutcome() {
        Set<String> outcomes = outcomes(meters.find("live.recordings.operation.duration")
                .tag("operation", "stop")
                .timers());

        assertEquals(OUTCOMES, outcomes);
    }

    @Test
    void whyStopsAreRejectedIsThereWithZeroForEachReasonOfTheContract() {
        Set<String> reasons =
                meters
                        .find("live.recordings.operations")
                        .tags("operation", "stop", "outcome", "rejected")
                        .counters()
                        .stream()
                        .map(counter -> counter.getId().getTag("reason"))
                        .collect(Collectors.toSet());

        assertEquals(Set.of("none", "0", "1", "2"), reasons);
    }

    @Test
    void theTimeIsThatOfTheWholeRequest() throws InterruptedException {
        Deadline deadline = Deadline.after(Duration.ofSeconds(5));
        Thread.sleep(20);
        Caller caller = new Caller("alice", 10, Set.of(), null, "c-1", deadline, null);
        Entry asked = trail.asked(new Asked(Operation.STOP, caller, null, null, "101"));

        trail.ended(asked, new Outcome(Result.DONE, null, List.of(), Duration.ofMillis(1), null));

        assertTrue(timer("stop", "done").totalTime(java.util.concurrent.TimeUnit.MILLISECONDS) >= 20);
    }

    private Entry entry(Operation operation) {
        return trail.asked(new Asked(operation, Recordings.ALICE, null, null, "101"));
    }

    private static Set<String> outcomes(Collection<? extends Meter> found) {
        return found.stream().map(meter -> meter.getId().getTag("outcome")).collect(Collectors.toSet());
    }

    private double count(String operation, String outcome, String reason) {
        Counter counter = meters.find("live.recordings.operations")
                .tags("operation", operation, "outcome", outcome, "reason", reason)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private Timer timer(String operation, String outcome) {
        return meters.get("live.recordings.operation.duration")
                .tags("operation", operation, "outcome", outcome)
                .timer();
    }
}
