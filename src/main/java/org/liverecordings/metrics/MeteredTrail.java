package org.liverecordings.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.liverecordings.recording.audit.AuditTrail;
import org.liverecordings.recording.stop.StopRejection;

/**
 * Counts what stands on a trail, and how long it took. Around the trail in the log, which has one line for each request that changes
 * something, so that as many are counted as there are lines.
 */
public final class MeteredTrail implements AuditTrail {

    private static final String REASON = "reason";
    private static final String NO_REASON = "none";
    private static final String REPETITION = "repetition";

    private final AuditTrail trail;
    private final MeterProvider<Counter> operations;
    private final MeterProvider<Timer> durations;
    private final Timer waits;

    /** Neither is null. */
    public MeteredTrail(AuditTrail trail, MeterRegistry meters) {
        this.trail = trail;
        this.operations = Counter.builder("live.recordings.operations")
                .description("Requests that change something, by how they ended; reason is the contract's number")
                .withRegistry(meters);
        this.durations = Buckets.timer(
                        "live.recordings.operation.duration",
                        "From the begin of a request that changes something until its end was written down")
                .withRegistry(meters);
        this.waits = Timer.builder("live.recordings.stop.lease.wait")
                .description("How long stops waited for another stop of the same; its count is how many had to")
                .register(meters);
        // What only appears with its first event hides that event from rate() and increase(). A histogram has many
        // series: only stops, for which alarms come, have theirs from the start.
        for (String outcome : outcomes()) {
            for (Operation operation : Operation.values()) {
                operations.withTags(tags(operation, outcome).and(REASON, NO_REASON));
            }
            durations.withTags(tags(Operation.STOP, outcome));
        }
        for (StopRejection rejection : StopRejection.values()) {
            operations.withTags(tags(Operation.STOP, Result.REJECTED.word()).and(REASON, reason(rejection.code())));
        }
    }

    private static List<String> outcomes() {
        return Stream.concat(Arrays.stream(Result.values()).map(Result::word), Stream.of(REPETITION))
                .toList();
    }

    @Override
    public Entry asked(Asked asked) {
        return trail.asked(asked);
    }

    @Override
    public void ended(Entry entry, Outcome outcome) {
        trail.ended(entry, outcome);
        count(entry.asked(), outcome);
    }

    @Override
    public void settled(Entry entry, Outcome outcome) {
        trail.settled(entry, outcome);
        count(entry.asked(), outcome);
    }

    @Override
    public Optional<Result> resultOf(Entry entry) {
        return trail.resultOf(entry);
    }

    @Override
    public void waited(Duration duration) {
        waits.record(duration);
    }

    private void count(Asked asked, Outcome outcome) {
        Tags tags = tags(
                asked.operation(),
                outcome.repetition() ? REPETITION : outcome.result().word());
        operations
                .withTags(tags.and(REASON, reason(outcome.repetition() ? null : outcome.reason())))
                .increment();
        Duration sinceBegin = asked.caller().deadline().spent();
        durations.withTags(tags).record(sinceBegin.compareTo(outcome.duration()) > 0 ? sinceBegin : outcome.duration());
    }

    private static String reason(Integer code) {
        return code == null ? NO_REASON : code.toString();
    }

    private static Tags tags(Operation operation, String outcome) {
        return Tags.of("operation", operation.word(), "outcome", outcome);
    }
}
