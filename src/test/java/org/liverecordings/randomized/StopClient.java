package org.liverecordings.randomized;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;

import org.liverecordings.randomized.StopPlan.Naming;
import org.liverecordings.support.Pause;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.TestTokens;

/** Repeats a stop on any replica until it gets a 204 or a 409, as the documentation says. */
final class StopClient {

    /** Its status if it got no answer. */
    static final int LOST = 0;

    /** Its status if no replica took it. */
    static final int REFUSED = -1;

    private static final String API = "/fw/Apps/Recorder/WebAPI/LiveRecordings";
    private static final Duration KNOWN_WITHIN = Duration.ofMinutes(2);
    private static final int PATIENT = 20_000;

    final StopPlan.Client plan;
    final StoppedLine line;
    final UUID id;
    private final String name;
    private final Fleet fleet;
    private final SplittableRandom random;
    private final List<Request> requests = new ArrayList<>();
    private volatile String wrong;

    /**
     * @param name unique, the beginning of its requests' correlation ids
     * @param recording which it stops if it names one by its id
     */
    StopClient(
            String name,
            StopPlan.Client plan,
            StoppedLine line,
            StoppedLine.Recorded recording,
            Fleet fleet,
            long seed) {
        this.name = name;
        this.plan = plan;
        this.line = line;
        this.id = plan.naming() == Naming.ID ? recording.id : null;
        this.fleet = fleet;
        this.random = new SplittableRandom(seed ^ name.hashCode());
    }

    /**
     * A request and what became of it; moments are those of {@link History#moment}.
     *
     * @param status {@link #LOST} if no answer came, {@link #REFUSED} if nobody was asked
     */
    record Request(StopClient client, String correlationId, long sent, long answered, int status, Duration took) {

        boolean isDefinitive() {
            return status == 204 || status == 409;
        }

        boolean is(int other) {
            return status == other;
        }

        @Override
        public String toString() {
            return correlationId + (status > 0 ? " (" + status + ")" : " (no answer)");
        }
    }

    void stopUntilKnown(Trail trail) {
        Pause.of(Duration.ofMillis(plan.startsAfter()));
        Instant deadline = Instant.now().plus(KNOWN_WITHIN);
        for (int n = 0; Instant.now().isBefore(deadline); n++) {
            Request request = stop(n);
            add(request);
            if (request.isDefinitive()) {
                // Not later: who is told may rely on it.
                if (request.is(204)
                        && trail.of(correlationIds(), line.recordings().get(0).begunAt).stream()
                                .noneMatch(Trail.Row::isConfirmation)) {
                    wrong = request + " was told before that was on the trail";
                }
                return;
            }
            if (request.status > 0 && request.status < 500) {
                wrong = request + " isn't an answer to this";
                return;
            }
            Pause.of(Duration.ofMillis(10 + random.nextInt(150)));
        }
        wrong = name + " wasn't told within " + KNOWN_WITHIN;
    }

    private Request stop(int n) {
        String correlationId = name + '.' + n;
        Fleet.Member replica = fleet.any(random);
        int patience = n < plan.givesUpAfter().size() ? plan.givesUpAfter().get(n) : PATIENT;
        List<String> headers = new ArrayList<>(
                List.of("X-Request-Id: " + correlationId, "Authorization: Bearer " + TestTokens.level(line.user, 10)));
        if (plan.withKey()) {
            headers.add("Idempotency-Key: \"" + name + '"');
        }
        line.history.note(correlationId + " asks " + replica.name() + " to stop " + path());
        long sent = History.moment();
        Instant sentAt = Instant.now();
        int status;
        try {
            status = RawHttp.sendWithin(
                            patience,
                            replica.process().uri(),
                            "DELETE",
                            API + path(),
                            "",
                            headers.toArray(String[]::new))
                    .status();
            line.history.note(correlationId + " is told " + status);
        } catch (UncheckedIOException e) {
            status = e.getCause() instanceof ConnectException ? REFUSED : LOST;
            line.history.note(correlationId + " gets no answer: " + e.getCause().getMessage());
        }
        Duration took = Duration.between(sentAt, Instant.now());
        return new Request(this, correlationId, sent, History.moment(), status, took);
    }

    private String path() {
        return switch (plan.naming()) {
            case ID -> "/" + id;
            case NUMBER -> "?directoryNumber=" + line.number;
            case DEVICE -> "?deviceName=" + line.device;
            case DEVICE_AND_NUMBER -> "?deviceName=" + line.device + "&directoryNumber=" + line.number;
            case MINE -> "/Mine";
        };
    }

    private synchronized void add(Request request) {
        requests.add(request);
    }

    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    private List<String> correlationIds() {
        return requests().stream().map(Request::correlationId).toList();
    }

    boolean hasLostAnswer() {
        return requests().stream().anyMatch(request -> request.is(LOST));
    }

    /** What was wrong at once. */
    Optional<String> wrong() {
        return Optional.ofNullable(wrong);
    }
}
