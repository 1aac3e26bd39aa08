package org.liverecordings.events.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liverecordings.recording.Recordings.id;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemTrustOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.events.CloudEvent;
import org.liverecordings.recording.event.Cause;
import org.liverecordings.recording.event.EventType;
import org.liverecordings.recording.event.RecordingEvent.Numbered;
import org.liverecordings.registry.memory.MemoryEvents;
import org.liverecordings.support.LogLines;
import org.liverecordings.support.Pause;
import org.liverecordings.support.TestCertificate;

/** Against real sockets. */
class WebhookTest {

    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final Retries RETRIES =
            new Retries(Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ofMinutes(1));

    private static Vertx vertx;

    private volatile Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final InstantSource clock = () -> now;
    private final MemoryEvents events = new MemoryEvents(null, "imagicle", 1000, clock);
    private final MemoryProgress progress = new MemoryProgress(events::latest, clock);
    private final TestEndpoint endpoint = new TestEndpoint();
    private Set<EventType> types = EnumSet.allOf(EventType.class);
    private Duration timeout = Duration.ofSeconds(5);
    private boolean allowPrivate = true;
    private boolean allowRedirects;
    private HttpClientOptions options = new HttpClientOptions();
    private HostAddresses.Resolver resolver = InetAddress::getAllByName;
    private Progress noted = progress;

    @BeforeAll
    static void begin() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void end() {
        vertx.close();
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private Webhook webhook() {
        return webhook(endpoint.url());
    }

    /** A webhook that has looked once, so that it knows where to begin. */
    private Webhook webhook(String url) {
        Webhook webhook = new Webhook(
                "crm",
                types,
                RETRIES,
                timeout,
                new WebhookClient(
                        vertx,
                        options,
                        WebhookTarget.of("url", url, true, allowPrivate),
                        new HostAddresses(resolver),
                        Signatures.of("secret", SECRET),
                        allowRedirects,
                        timeout,
                        clock),
                new Position("crm", events, events::latest, noted),
                clock);
        webhook.run();
        return webhook;
    }

    private Numbered happens(String operation) {
        long before = events.latest();
        events.changed(List.of(id(before)), new Cause("alice", operation, "c-1", null, TRACEPARENT));
        return events.after(before, 1).get(0);
    }

    @Test
    void anEventIsSentSigned() {
        Webhook webhook = webhook();
        Numbered event = happens("start");
        webhook.run();
        TestEndpoint.Received received = endpoint.received().get(0);
        String id = event.event().id().toString();
        assertEquals("/hook", received.path());
        assertEquals(id, received.header("webhook-id"));
        assertEquals("1767268800", received.header("webhook-timestamp"));
        assertEquals(
                Signatures.of("secret", SECRET).of(id, now.getEpochSecond(), received.body()),
                received.header("webhook-signature"));
        assertEquals(TRACEPARENT, received.header("traceparent"));
        assertEquals("application/cloudevents+json", received.header("content-type"));
        assertEquals(CloudEvent.json(event.event()), received.body());
    }

    @Test
    void eachIsSentOnceAndInOrder() {
        Webhook webhook = webhook();
        String first = happens("start").event().id().toString();
        String second = happens("pause").event().id().toString();
        webhook.run();
        String third = happens("resume").event().id().toString();
        webhook.run();
        webhook.run();
        assertEquals(List.of(first, second, third), endpoint.ids());
    }

    @Test
    void onlyTheTypesThatAreWantedAreSent() {
        types = EnumSet.of(EventType.PAUSED);
        Webhook webhook = webhook();
        happens("start");
        String paused = happens("pause").event().id().toString();
        webhook.run();
        assertEquals(List.of(paused), endpoint.ids());
        assertEquals(events.latest(), webhook.state().position());
    }

    @Test
    void thoseThatAreNotWantedAreNotedTogether() {
        types = EnumSet.of(EventType.STOPPED);
        Notes notes = new Notes(progress);
        noted = notes;
        Webhook webhook = webhook();
        for (int i = 0; i < 30; i++) {
            happens("start");
        }
        webhook.run();
        assertEquals(List.of(events.latest()), notes.positions);
    }

    @Test
    void thoseThatAreNotWantedAreNotedWithTheNextThatIs() {
        types = EnumSet.of(EventType.PAUSED);
        Notes notes = new Notes(progress);
        noted = notes;
        Webhook webhook = webhook();
        happens("start");
        happens("resume");
        long first = happens("pause").position();
        happens("resume");
        long second = happens("pause").position();
        webhook.run();
        assertEquals(List.of(first, second), notes.positions);
    }

    /** Else those that may go by then would count as missed. */
    @Test
    void thoseThatAreNotWantedAreNotedAlthoughTheNextFails() {
        types = EnumSet.of(EventType.PAUSED);
        endpoint.answers(500);
        Webhook webhook = webhook();
        long unwanted = happens("start").position();
        happens("pause");
        webhook.run();
        assertEquals(unwanted, webhook.state().position());
        assertEquals(1, webhook.state().attempts());
        assertEquals(1, progress.hold("crm", timeout).attempts());
    }

    /** Remembers which positions were noted. */
    private record Notes(Progress real, List<Long> positions) implements Progress {

        Notes(Progress real) {
            this(real, new ArrayList<>());
        }

        @Override
        public State hold(String name, Duration duration) {
            return real.hold(name, duration);
        }

        @Override
        public boolean delivered(String name, long from, long position) {
            positions.add(position);
            return real.delivered(name, from, position);
        }

        @Override
        public Optional<State> failed(String name, State begun, String failure, Duration delay) {
            return real.failed(name, begun, failure, delay);
        }

        @Override
        public Optional<State> park(String name, State begun, String failure) {
            return real.park(name, begun, failure);
        }

        @Override
        public Optional<Long> replay(String name, Long position) {
            return real.replay(name, position);
        }
    }

    @Test
    void whatIsKeptNoLongerIsSaidOnce() {
        endpoint.answers(500);
        Webhook webhook = webhook();
        for (int i = 0; i < 3; i++) {
            happens("start");
        }
        webhook.run();
        now = now.plus(Duration.ofHours(1));
        events.removeOlderThan(Duration.ofMinutes(1));
        String next = happens("pause").event().id().toString();
        try (LogLines log = LogLines.listen()) {
            again(webhook);
            again(webhook);
            newOne(webhook).run();
            assertEquals(
                    List.of("missed webhook=crm events=3: they were kept no longer"), log.with("missed webhook=crm"));
        }
        assertEquals(next, endpoint.ids().get(endpoint.ids().size() - 1));
        assertEquals(events.latest() - 1, webhook.state().position());
    }

    @Test
    void whatIsKeptNoLongerIsSaidAlthoughNothingElseHappens() {
        endpoint.answers(500);
        Webhook webhook = webhook();
        happens("start");
        webhook.run();
        now = now.plus(Duration.ofHours(1));
        events.removeOlderThan(Duration.ofMinutes(1));
        try (LogLines log = LogLines.listen()) {
            again(webhook);
            again(webhook);
            assertEquals(1, log.with("missed webhook=crm events=1:").size());
        }
        assertEquals(0, webhook.waiting());
        assertEquals(0, webhook.state().attempts());
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 307, 400, 404, 500, 503})
    void whatIsNoSuccessIsSentAgainLaterWithTheSameId(int status) {
        endpoint.answers(status);
        Webhook webhook = webhook();
        String first = happens("start").event().id().toString();
        String second = happens("pause").event().id().toString();
        webhook.run();
        assertEquals(1, webhook.state().attempts());
        assertNotNull(webhook.state().failure());
        endpoint.answers(200);
        again(webhook);
        assertEquals(List.of(first, first, second), endpoint.ids());
    }

    /** It isn't looked at before its time by this machine's clock either. */
    private static void again(Webhook webhook) {
        webhook.replay(null);
        webhook.run();
    }

    @Test
    void itIsNotTriedAgainBeforeItsTime() {
        endpoint.answers(500);
        Webhook webhook = webhook();
        happens("start");
        webhook.run();
        webhook.run();
        assertEquals(1, endpoint.received().size());
    }

    @Test
    void afterTheConfiguredTimeItIsParkedUntilAReplay() {
        endpoint.answers(500);
        Webhook webhook = webhook();
        happens("start");
        webhook.run();
        now = now.plus(Duration.ofMinutes(2));
        newOne(webhook).run();
        Webhook after = newOne(webhook);
        after.run();
        assertEquals(2, endpoint.received().size());
        assertNotNull(after.state().parkedAt());
        endpoint.answers(204);
        again(after);
        assertEquals(3, endpoint.received().size());
        assertEquals(events.latest(), after.state().position());
    }

    /** As another replica that takes over, which looks at once. */
    private Webhook newOne(Webhook before) {
        assertNotNull(before.state());
        return webhook();
    }

    @Test
    void whoSaysThatItIsGoneIsParkedAtOnce() {
        endpoint.answers(410);
        Webhook webhook = webhook();
        happens("start");
        webhook.run();
        assertNotNull(webhook.state().parkedAt());
    }

    @Test
    void aReplaySendsAgainWhatCameAfterAPosition() {
        Webhook webhook = webhook();
        long begin = events.latest();
        String first = happens("start").event().id().toString();
        webhook.run();
        webhook.replay(begin);
        webhook.run();
        assertEquals(List.of(first, first), endpoint.ids());
    }

    // A replay that another replica is asked for while an attempt is under way

    @ParameterizedTest
    @ValueSource(ints = {410, 500})
    void aReplayIsNotUndoneByTheFirstAttempt(int status) {
        Webhook webhook = webhook();
        String first = happens("start").event().id().toString();
        replayedMeanwhile(null, status);
        webhook.run();
        endpoint.answers(204);
        webhook.run();
        assertEquals(List.of(first, first), endpoint.ids());
        assertEquals(events.latest(), webhook.state().position());
    }

    @ParameterizedTest
    @CsvSource({"10, 410", "10, 500", "120, 500"})
    void aReplayIsNotUndoneByALaterAttempt(int secondsLater, int status) {
        Webhook before = webhook();
        String first = happens("start").event().id().toString();
        endpoint.answers(500);
        before.run();
        now = now.plusSeconds(secondsLater);
        replayedMeanwhile(null, status);
        Webhook webhook = newOne(before);
        endpoint.answers(204);
        webhook.run();
        assertEquals(List.of(first, first, first), endpoint.ids());
        assertEquals(events.latest(), webhook.state().position());
    }

    @Test
    void aReplayIsNotUndoneAfterWhatIsNotWanted() {
        types = EnumSet.of(EventType.PAUSED);
        Webhook webhook = webhook();
        happens("start");
        String paused = happens("pause").event().id().toString();
        replayedMeanwhile(null, 500);
        webhook.run();
        endpoint.answers(204);
        webhook.run();
        assertEquals(List.of(paused, paused), endpoint.ids());
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 410, 500})
    void aReplayThatGoesBackSkipsNothingWhateverTheAttemptIsAnswered(int status) {
        Webhook webhook = webhook();
        long begin = events.latest();
        String first = happens("start").event().id().toString();
        webhook.run();
        String second = happens("pause").event().id().toString();
        replayedMeanwhile(begin, status);
        webhook.run();
        endpoint.answers(204);
        webhook.run();
        assertEquals(List.of(first, second, first, second), endpoint.ids());
        assertEquals(events.latest(), webhook.state().position());
    }

    @Test
    void whatReplaysOvertookIsInTheLog() {
        Webhook webhook = webhook();
        String first = happens("start").event().id().toString();
        replayedMeanwhile(null, 500);
        try (LogLines log = LogLines.listen()) {
            webhook.run();
            assertEquals(
                    List.of("overtaken webhook=crm event=" + first + " cause=\"it answered 500\""),
                    log.with("webhook=crm"));
        }
    }

    /** The clock goes on, as it does. */
    private void replayedMeanwhile(Long position, int status) {
        endpoint.answers((exchange, received) -> {
            now = now.plusMillis(1);
            progress.replay("crm", position);
            exchange.sendResponseHeaders(status, -1);
        });
    }

    /** Whatever time somebody asks for, it is translated into a position first. */
    @Test
    void aReplayOfWhatCameLaterSkipsNothing() {
        endpoint.answers(500);
        Webhook webhook = webhook();
        String first = happens("start").event().id().toString();
        String second = happens("pause").event().id().toString();
        webhook.run();
        endpoint.answers(204);
        webhook.replay(events.before(now.plus(Duration.ofDays(1))));
        webhook.run();
        assertEquals(List.of(first, first, second), endpoint.ids());
    }

    @Test
    void whoDoesNotAnswerIsGivenUp() {
        timeout = Duration.ofMillis(300);
        endpoint.answers((exchange, received) -> Pause.ofMillis(5000));
        Webhook webhook = webhook();
        happens("start");
        webhook.run();
        assertEquals("no answer within PT0.3S", webhook.state().failure());
    }

    /** As one that waits for something while it answers, or that is cut off in the middle of it. */
    @ParameterizedTest
    @CsvSource({"200, true, true", "202, true, true", "500, true, false", "200, false, true", "500, false, false"})
    void whoseAnswerNeverEndsCountsByItsStatus(int status, boolean staysOpen, boolean delivered) throws Exception {
        timeout = Duration.ofMillis(500);
        try (SlowAnswer slow = new SlowAnswer("HTTP/1.1 " + status + " x\r\ncontent-length: 10\r\n\r\nx", staysOpen)) {
            Webhook webhook = webhook(slow.url());
            happens("start");
            webhook.run();
            assertEquals(
                    delivered ? null : "it answered " + status, webhook.state().failure());
            assertEquals(delivered, webhook.state().position() == events.latest());
            assertTrue(slow.isCutOff());
        }
    }

    @Test
    void whoSaysSlowlyThatItIsGoneIsParked() throws Exception {
        timeout = Duration.ofMillis(500);
        try (SlowAnswer slow = new SlowAnswer("HTTP/1.1 410 Gone\r\ncontent-length: 10\r\n\r\nx", true)) {
            Webhook webhook = webhook(slow.url());
            happens("start");
            webhook.run();
            assertNotNull(webhook.state().parkedAt());
        }
    }

    @Test
    void whoSaysHalfAStatusHasNotAnswered() throws Exception {
        timeout = Duration.ofMillis(500);
        try (SlowAnswer slow = new SlowAnswer("HTTP/1.1 200 OK\r\ncontent-le", true)) {
            Webhook webhook = webhook(slow.url());
            happens("start");
            webhook.run();
            assertEquals("no answer within PT0.5S", webhook.state().failure());
            assertTrue(slow.isCutOff());
        }
    }

    @Test
    void aRedirectThatTakesAllTheTimeIsNotFollowed() throws Exception {
        timeout = Duration.ofMillis(500);
        allowRedirects = true;
        String redirect = "HTTP/1.1 307 x\r\nlocation: " + endpoint.url() + "\r\ncontent-length: 10\r\n\r\nx";
        try (SlowAnswer slow = new SlowAnswer(redirect, true)) {
            Webhook webhook = webhook(slow.url());
            happens("start");
            webhook.run();
            assertEquals("no answer within PT0.5S", webhook.state().failure());
            assertEquals(List.of(), endpoint.received());
        }
    }

    @Test
    void aNameThatNobodyTellsInTimeFailsTheAttempt() throws Exception {
        timeout = Duration.ofMillis(300);
        CountDownLatch resolved = new CountDownLatch(1);
        resolver = host -> {
            awaitUninterrupted(resolved);
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
        Webhook webhook = webhook("http://crm.example.com:" + endpoint.port() + "/");
        happens("start");
        webhook.run();
        again(webhook);
        assertEquals("its host's address wasn't found in time", webhook.state().failure());
        resolved.countDown();
        again(webhook);
        assertEquals(events.latest(), webhook.state().position());
        assertEquals(1, endpoint.received().size());
    }

    /** As the system's resolver, which doesn't hear of interruptions. */
    private static void awaitUninterrupted(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // Goes on waiting.
            }
        }
    }

    @Test
    void aHostMayHaveAnUnderscore() {
        resolver = host -> new InetAddress[] {InetAddress.getLoopbackAddress()};
        Webhook webhook = webhook("http://my_service:" + endpoint.port() + "/hook");
        happens("start");
        webhook.run();
        assertEquals("my_service:" + endpoint.port(), endpoint.received().get(0).header("host"));
    }

    @Test
    void whoSaysTooMuchIsCutOffAndCountsByItsStatus() {
        endpoint.answers((exchange, received) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] much = "x".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 10_000; i++) {
                exchange.getResponseBody().write(much);
            }
        });
        Webhook webhook = webhook();
        happens("start");
        webhook.run();
        assertEquals(events.latest(), webhook.state().position());
    }

    @Test
    void whoIsAwayIsTriedAgain() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Webhook webhook = webhook("http://127.0.0.1:" + port + "/");
        happens("start");
        webhook.run();
        assertEquals(1, webhook.state().attempts());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "2130706433", "127.1"})
    void anAddressOfOurOwnIsNotSpokenTo(String host) {
        allowPrivate = false;
        Webhook webhook;
        try {
            webhook = webhook("http://" + host + ":" + endpoint.port() + "/");
        } catch (IllegalArgumentException e) {
            return;
        }
        happens("start");
        webhook.run();
        assertEquals(1, webhook.state().attempts());
        assertEquals(0, endpoint.received().size());
    }

    @ParameterizedTest
    @CsvSource({"true, localhost, 1", "false, localhost, 0", "true, 127.0.0.1, 0"})
    void onlyWhoHasATrustedCertificateOfThatNameReceivesIt(boolean trusted, String host, int received)
            throws Exception {
        TestCertificate certificate = TestCertificate.forName("dns:localhost");
        if (trusted) {
            options.setTrustOptions(
                    new PemTrustOptions().addCertPath(certificate.pemFile().toString()));
        }
        try (TestEndpoint secure = new TestEndpoint(certificate)) {
            Webhook webhook = webhook("https://" + host + ":" + secure.port() + "/");
            happens("start");
            webhook.run();
            assertEquals(received, secure.received().size());
            assertEquals(1 - received, webhook.state().attempts());
        }
    }

    @Test
    void aRedirectIsNotFollowed() {
        redirect("/elsewhere");
        Webhook webhook = webhook();
        happens("start");
        webhook.run();
        assertEquals("it answered 307", webhook.state().failure());
        assertEquals(List.of("/hook"), paths());
    }

    @Test
    void aRedirectIsFollowedIfThatIsAllowed() {
        allowRedirects = true;
        redirect("/elsewhere");
        Webhook webhook = webhook();
        happens("start");
        webhook.run();
        assertEquals(List.of("/hook", "/elsewhere"), paths());
        assertEquals(events.latest(), webhook.state().position());
    }

    @Test
    void anAddressIsSentInTheCharactersThatOneMayHave() {
        // Given
        Webhook webhook = webhook(endpoint.url() + "/\u00e4?\u00f6=1");
        happens("start");
        // When
        webhook.run();
        // Then
        assertEquals(List.of("/hook/%C3%A4?%C3%B6=1"), paths());
    }

    /** Whoever redirects may not have escaped the address, in whatever charset it is. */
    @Test
    void aRedirectIsFollowedToTheBytesThatItNames() {
        // Given
        allowRedirects = true;
        redirect("/else\u00c3\u009fwhere\u00e4");
        Webhook webhook = webhook();
        happens("start");
        // When
        webhook.run();
        // Then
        assertEquals(List.of("/hook", "/else%C3%9Fwhere%E4"), paths());
    }

    @Test
    void aRedirectInCirclesEnds() {
        allowRedirects = true;
        endpoint.answers((exchange, received) -> {
            exchange.getResponseHeaders().set("Location", "/hook");
            exchange.sendResponseHeaders(308, -1);
        });
        Webhook webhook = webhook();
        happens("start");
        webhook.run();
        assertEquals(4, endpoint.received().size());
        assertEquals("it answered 308", webhook.state().failure());
    }

    private void redirect(String location) {
        endpoint.answers((exchange, received) -> {
            if (received.path().equals("/hook")) {
                exchange.getResponseHeaders().set("Location", location);
                exchange.sendResponseHeaders(307, -1);
            } else {
                exchange.sendResponseHeaders(204, -1);
            }
        });
    }

    private List<String> paths() {
        return endpoint.received().stream().map(TestEndpoint.Received::path).toList();
    }

    @Test
    void thePauseDoublesUpToTheLongest() {
        for (int attempts : new int[] {1, 2, 3, 4, 5, 60, 1_000_000}) {
            long longest = Math.min(8000, attempts > 10 ? 8000 : 1000L << (attempts - 1));
            Duration pause = RETRIES.pause(attempts, Duration.ofSeconds(50));
            assertTrue(pause.toMillis() <= longest && pause.toMillis() >= longest / 2, attempts + ": " + pause);
        }
    }

    @Test
    void theLastAttemptComesWhenItIsTimeToGiveUp() {
        assertEquals(Duration.ofSeconds(2), RETRIES.pause(9, Duration.ofSeconds(58)));
        assertEquals(Duration.ZERO, RETRIES.pause(10, Duration.ofMinutes(1)));
    }

    @Test
    void theSecretIsNowhereInWhatIsKept() {
        endpoint.answers(500);
        Webhook webhook = webhook();
        happens("start");
        webhook.run();
        assertFalse(webhook.state().toString().contains("MfKQ9r8"));
    }
}
