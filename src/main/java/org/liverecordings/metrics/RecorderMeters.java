package org.liverecordings.metrics;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.liverecordings.recording.RejectedException;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.NoConnectedCallException;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderIncapableException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.text.Words;

/** How one recorder, or one of its nodes, is doing. */
public final class RecorderMeters {

    /** How a call of a recorder, or one try of it, ended. */
    public enum Outcome {
        /** It did what was asked. */
        DONE,
        /** It answered that it can't be done, as a rule or the state of things has it. */
        DECLINED,
        /** It couldn't be reached, or didn't answer in time. */
        UNAVAILABLE,
        /** It failed, or its answer makes no sense. */
        FAILED,
        /** It wasn't asked: its circuit is open. */
        CIRCUIT_OPEN,
        /** It wasn't asked: too many calls are under way. */
        NO_ROOM;

        /**
         * What a recorder's answer means.
         *
         * @param failure null if there is none
         */
        public static Outcome of(Throwable failure) {
            if (failure == null) {
                return DONE;
            }
            if (failure instanceof RecorderUnavailableException) {
                return UNAVAILABLE;
            }
            return failure instanceof RejectedException
                            || failure instanceof NoLiveRecordingException
                            || failure instanceof NoConnectedCallException
                            || failure instanceof AlreadySoException
                            || failure instanceof RecorderIncapableException
                    ? DECLINED
                    : FAILED;
        }
    }

    /** Not {@code node}, which in many a cluster is Prometheus' own label for the machine that a pod runs on. */
    private static final String RECORDER = "recorder";

    private final MeterRegistry meters;
    private final String recorder;
    private final Map<Outcome, Timer> tries = new EnumMap<>(Outcome.class);
    private final Map<Outcome, Counter> calls = new EnumMap<>(Outcome.class);

    /**
     * @param recorder what the configuration calls it, or its node
     */
    public RecorderMeters(MeterRegistry meters, String recorder) {
        this.meters = meters;
        this.recorder = recorder;
        for (Outcome outcome : Outcome.values()) {
            calls.put(
                    outcome,
                    Counter.builder("live.recordings.recorder.calls")
                            .description("Calls of the recorder, each with all its tries")
                            .tags(RECORDER, recorder, "outcome", Words.of(outcome))
                            .register(meters));
        }
        for (Outcome outcome : List.of(Outcome.DONE, Outcome.DECLINED, Outcome.UNAVAILABLE, Outcome.FAILED)) {
            tries.put(
                    outcome,
                    Buckets.timer(
                                    "live.recordings.recorder.try.duration",
                                    "How long the recorder took to answer one try of a call")
                            .tags(RECORDER, recorder, "outcome", Words.of(outcome))
                            .register(meters));
        }
    }

    /** A call ended, whatever number of tries it took. */
    public void called(Outcome outcome) {
        calls.get(outcome).increment();
    }

    /**
     * A try ended.
     *
     * @param failure null if the recorder did what was asked
     */
    public void tried(Throwable failure, Duration duration) {
        tries.get(Outcome.of(failure)).record(duration);
    }

    /**
     * Shows a circuit breaker.
     *
     * @param current the state's word, one of those
     */
    public void circuit(List<String> states, Supplier<String> current) {
        for (String state : states) {
            Gauge.builder(
                            "live.recordings.recorder.circuit",
                            () -> current.get().equals(state) ? 1 : 0)
                    .description("1 for the state that the recorder's circuit breaker is in, 0 for the others")
                    .tags(RECORDER, recorder, "state", state)
                    .register(meters);
        }
    }
}
