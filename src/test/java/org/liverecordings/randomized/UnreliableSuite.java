package org.liverecordings.randomized;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.liverecordings.randomized.StopPlan.Execution;
import org.liverecordings.randomized.StopPlan.Reaction;
import org.liverecordings.support.FakeSuite;
import org.liverecordings.support.Pause;

/**
 * A UCX Suite on a real socket that holds the truth about which recordings run, and that loses replies, executes late, resets, fails
 * and is silent as the lines' plans say.
 */
final class UnreliableSuite implements AutoCloseable {

    private static final int LINES = 100_000;

    private final FakeSuite http = FakeSuite.start().behave(this::react);
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(2);
    private final Map<Integer, StoppedLine> lines = new ConcurrentHashMap<>();
    private final Map<UUID, StoppedLine> linesById = new ConcurrentHashMap<>();

    URI uri() {
        return http.uri();
    }

    void add(StoppedLine line) {
        lines.put(line.index % LINES, line);
        line.canaries().forEach(canary -> linesById.put(canary.id, line));
    }

    StoppedLine.Recorded begin(StoppedLine line) {
        StoppedLine.Recorded recording = line.begin();
        linesById.put(recording.id, line);
        return recording;
    }

    void endByItselfAfter(int millis, StoppedLine line, StoppedLine.Recorded recording) {
        later.schedule(() -> line.endByItself(recording), millis, TimeUnit.MILLISECONDS);
    }

    private void react(FakeSuite.Exchange exchange) throws IOException {
        SuiteRequest request = SuiteRequest.parse(exchange.request().line());
        StoppedLine line = lineOf(request);
        if (line == null) {
            exchange.write(request.method().equals("GET") ? ok("[]") : empty(409));
            return;
        }
        Reaction reaction = line.react();
        line.history.note(request + " meets " + reaction);
        String answer = answer(line, request, reaction);
        switch (reaction.reply()) {
            case ANSWER -> exchange.write(answer);
            case FAILED -> exchange.write(empty(500));
            case BUSY -> exchange.write(empty(503));
            case RESET -> exchange.reset();
            case BROKEN_OFF -> {
                exchange.write(answer.substring(0, 10));
                exchange.reset();
            }
            case SILENCE -> {
                // The connection stays open until the service closes it.
            }
        }
    }

    private StoppedLine lineOf(SuiteRequest request) {
        if (request.id() != null) {
            return linesById.get(request.id());
        }
        return request.query().values().stream()
                .map(name -> name.substring(name.length() - 5))
                .map(digits -> lines.get(Integer.parseInt(digits)))
                .findFirst()
                .orElse(null);
    }

    private String answer(StoppedLine line, SuiteRequest request, Reaction reaction) {
        if (reaction.execution() == Execution.LATER) {
            later.schedule(() -> executeLate(line, request), reaction.millis(), TimeUnit.MILLISECONDS);
            return empty(409);
        }
        try {
            Pause.of(Duration.ofMillis(reaction.millis()));
            if (request.method().equals("GET")) {
                return ok(line.running(request).stream()
                        .map(UnreliableSuite::item)
                        .collect(Collectors.joining(",", "[", "]")));
            }
            boolean stopped = reaction.execution() == Execution.NOW && line.stop(request);
            return empty(stopped ? 204 : 409);
        } finally {
            line.done();
        }
    }

    private static void executeLate(StoppedLine line, SuiteRequest request) {
        if (!request.method().equals("GET")) {
            line.stop(request);
        }
        line.done();
    }

    private static String item(StoppedLine.Recorded recording) {
        return "{\"id\":\"" + recording.id + "\",\"startedAt\":\"" + recording.begunAt
                + "\",\"duration\":\"PT1S\",\"localParty\":{\"username\":\"" + recording.user
                + "\"},\"remoteParty\":{\"phoneNumber\":\"+390584943232\"},\"isPaused\":false}";
    }

    private static String empty(int status) {
        return "HTTP/1.1 " + status + " Any\r\n" + (status == 204 ? "" : "Content-Length: 0\r\n") + "\r\n";
    }

    private static String ok(String json) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + json.length() + "\r\n\r\n"
                + json;
    }

    @Override
    public void close() {
        later.shutdownNow();
        http.close();
    }
}
