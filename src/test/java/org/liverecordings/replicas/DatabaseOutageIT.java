package org.liverecordings.replicas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liverecordings.support.Pause;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.RawHttp.Answer;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TcpProxy;
import org.liverecordings.support.TestTokens;

/** The database goes away, in the ways in which databases do, and comes back. */
class DatabaseOutageIT {

    private static final Duration DEADLINE = Duration.ofSeconds(5);
    /** Only a call without a deadline takes longer, however busy the machine is. */
    private static final long GRACE_MILLIS = 10_000;

    private static PostgresServer server;
    private static TcpProxy network;
    private static Replicas replicas;
    private static ServiceProcess direct;
    private static ServiceProcess proxied;
    private static Upstream upstream;
    private static TcpProxy suite;
    private static ServiceProcess imagicle;

    @TempDir
    static Path directory;

    @BeforeAll
    static void start() throws IOException {
        server = PostgresServer.start();
        replicas = new Replicas(server);
        network = TcpProxy.to(URI.create("tcp://127.0.0.1:" + server.port()));
        direct = ServiceProcess.start(replicas.embedded());
        proxied = ServiceProcess.start(replicas.embedded(network.uri()));
        upstream = Upstream.start(directory);
        suite = TcpProxy.to(upstream.uri());
        imagicle = ServiceProcess.start(replicas.imagicle(suite.uri()));
    }

    @AfterAll
    static void stop() {
        imagicle.close();
        suite.close();
        upstream.close();
        proxied.close();
        direct.close();
        network.close();
        replicas.close();
        server.close();
    }

    @AfterEach
    void heal() {
        network.release();
        awaitReady(true);
        awaitAnswer(direct);
        awaitAnswer(proxied);
        awaitAnswer(imagicle);
    }

    private static void awaitAnswer(ServiceProcess service) {
        Awaitility.await().until(() -> Replicas.stop(service, UUID.randomUUID()).status() == 409);
    }

    @Test
    void aDatabaseThatDoesntAnswerIsA504WithinTheDeadline() {
        UUID id = replicas.record();
        network.holdRequests();
        long started = System.nanoTime();
        Answer answer = Replicas.stop(proxied, id);
        assertWithin(DEADLINE, started);
        assertUnavailable(answer);
        assertTrue(replicas.isRegistered(id));
        awaitReady(false);

        network.release();

        awaitReady(true);
        assertEquals(204, Replicas.stopUntilKnown(proxied, id));
        assertEquals(1, replicas.confirmations(id));
    }

    @Test
    void readinessTellsOfADatabaseThatDoesntAnswerWithinItsProbesTimeout() {
        network.holdRequests();
        // A probe that times out throws.
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> probe(proxied) == 503);
        assertEquals(503, probe(proxied));
        assertEquals(200, probe(direct));
    }

    private static int probe(ServiceProcess service) {
        try {
            HttpURLConnection probe = (HttpURLConnection)
                    service.uri().resolve("/q/health/ready").toURL().openConnection();
            probe.setReadTimeout(2000);
            return probe.getResponseCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The vendor's contract knows no 503; the trail isn't the vendor's. */
    @Test
    void onTheTrailItIsA503() {
        network.holdRequests();
        Answer answer = RawHttp.send(proxied.uri(), "GET", "/audit", "Authorization: Bearer " + TestTokens.complete());
        assertEquals(503, answer.status(), answer.toString());
        assertEquals(List.of("5"), answer.header("retry-after"));
        assertTrue(proxied.log().contains("store unavailable status=503 cause="), proxied::log);
    }

    @Test
    void whoeverComesNextHearsItAtOnce() {
        network.holdRequests();
        Replicas.stop(proxied, UUID.randomUUID());
        long started = System.nanoTime();
        for (int i = 0; i < 40; i++) {
            assertUnavailable(Replicas.stop(proxied, UUID.randomUUID()));
        }
        // If each waited for the database, they would take 80 s.
        assertWithin(Duration.ofSeconds(30), started);
    }

    @Test
    void whereTheReplyToTheCommitIsLostTheStopFindsItsClaimOnTheTrail() {
        UUID id = replicas.record();
        replicas.slowCommitsOf("audit_confirmation");
        try {
            CompletableFuture<Integer> first = Replicas.stopLater(proxied, id);
            replicas.awaitSlowCommit();
            network.cut();
            assertEquals(204, first.join());
            assertFalse(replicas.isRegistered(id));
        } finally {
            replicas.commitsAsUsual();
        }
        assertEquals(409, Replicas.stopUntilKnown(direct, id));
        assertEquals(1, replicas.confirmations(id));
    }

    @Test
    void whatTheSuiteStoppedWhileTheDatabaseWentAwayIsToldByTheRepeatedStop() {
        awaitAnswer(imagicle);
        UUID id = upstream.record();
        suite.holdReplies();
        CompletableFuture<Integer> first = Replicas.stopLater(imagicle, id);
        Awaitility.await().until(() -> !upstream.isRecording(id));
        server.stop();
        suite.release();
        assertEquals(504, first.join());

        server.startAgain();

        assertEquals(204, Replicas.stopUntilKnown(imagicle, id));
        assertEquals(409, Replicas.stopUntilKnown(imagicle, id));
        assertEquals(1, replicas.confirmations(id));
    }

    @Test
    void connectionsThatBrokeAreReplaced() {
        assertEquals(409, Replicas.stop(proxied, UUID.randomUUID()).status());
        network.cut();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Replicas.stop(proxied, UUID.randomUUID()).status() == 409);
    }

    @Test
    void aStopAndAStartUnderLoadLoseNothing() {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            ids.add(replicas.record());
        }
        List<UUID> inFrontOfASuite = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            inFrontOfASuite.add(upstream.record());
        }
        Queue<UUID> left = new ConcurrentLinkedQueue<>(ids);
        Queue<UUID> leftInFrontOfASuite = new ConcurrentLinkedQueue<>(inFrontOfASuite);
        Map<UUID, List<Answer>> answers = new ConcurrentHashMap<>();
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ServiceProcess service = i % 2 == 0 ? direct : proxied;
            clients.add(later(() -> stopAll(service, left, answers, DEADLINE)));
        }
        for (int i = 0; i < 2; i++) {
            // Recorder and database may each take their time there.
            clients.add(later(() -> stopAll(imagicle, leftInFrontOfASuite, answers, DEADLINE.multipliedBy(3))));
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> answers.size() > 100 && answers.containsKey(inFrontOfASuite.get(20)));
        server.stop();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !direct.isReady() && !proxied.isReady());

        server.startAgain();

        clients.forEach(CompletableFuture::join);
        awaitReady(true);
        int confirmed = 0;
        for (UUID id : ids) {
            assertFalse(replicas.isRegistered(id));
            confirmed += wasConfirmed(answers.get(id), id) ? 1 : 0;
        }
        for (UUID id : inFrontOfASuite) {
            assertFalse(upstream.isRecording(id));
            confirmed += wasConfirmed(answers.get(id), id) ? 1 : 0;
        }
        assertTrue(confirmed >= ids.size() + inFrontOfASuite.size() - clients.size(), confirmed + " were confirmed");
        assertTrue(answers.values().stream().flatMap(List::stream).anyMatch(answer -> answer.status() == 504));
    }

    /** Only of the very last commit, right before the answer, nobody knows if the database's reply is lost. */
    private static boolean wasConfirmed(List<Answer> each, UUID id) {
        assertTrue(replicas.confirmations(id) >= 1, each::toString);
        int last = each.get(each.size() - 1).status();
        assertTrue(last == 204 || last == 409 && each.size() > 1, each::toString);
        return last == 204;
    }

    private static CompletableFuture<Void> later(Runnable client) {
        return CompletableFuture.runAsync(client, work -> new Thread(work).start());
    }

    private static void stopAll(
            ServiceProcess service, Queue<UUID> left, Map<UUID, List<Answer>> answers, Duration deadline) {
        for (UUID id = left.poll(); id != null; id = left.poll()) {
            List<Answer> each = answers.computeIfAbsent(id, key -> new ArrayList<>());
            int status;
            do {
                long started = System.nanoTime();
                Answer answer = Replicas.stop(service, id);
                assertWithin(deadline, started);
                each.add(answer);
                status = answer.status();
                if (status == 504) {
                    Pause.of(Duration.ofMillis(100));
                }
            } while (status == 504);
        }
    }

    private static void awaitReady(boolean ready) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> proxied.isReady() == ready && (!ready || direct.isReady()));
    }

    private static void assertWithin(Duration deadline, long started) {
        long millis = (System.nanoTime() - started) / 1_000_000;
        assertTrue(millis < deadline.toMillis() + GRACE_MILLIS, "took " + millis + " ms");
    }

    private static void assertUnavailable(Answer answer) {
        assertEquals(504, answer.status(), answer.toString());
        assertTrue(answer.body().contains("\"title\":\"The service can't reach its database\""), answer::toString);
        assertEquals(List.of("5"), answer.header("retry-after"));
        assertEquals(List.of("application/problem+json"), answer.header("content-type"));
    }
}
