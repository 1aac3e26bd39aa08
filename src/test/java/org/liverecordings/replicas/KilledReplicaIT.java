package org.liverecordings.replicas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.liverecordings.database.Sql;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TcpProxy;

/**
 * A replica dies, or sleeps, at each step of a stop, and the client repeats it on another one. A step is reached by what happens
 * in the real world: a network that holds bytes up, a row that somebody else has locked. {@code -Dreplicas.rounds=10} runs each
 * ten times.
 */
class KilledReplicaIT {

    @TempDir
    static Path directory;

    private static Replicas replicas;
    private static Upstream upstream;
    private static TcpProxy network;
    private static ServiceProcess embedded;
    private static ServiceProcess imagicle;

    private ServiceProcess dying;

    @BeforeAll
    static void start() throws IOException {
        replicas = new Replicas(PostgresServer.shared());
        upstream = Upstream.start(directory);
        network = TcpProxy.to(upstream.uri());
        embedded = ServiceProcess.start(replicas.embedded());
        imagicle = ServiceProcess.start(replicas.imagicle(upstream.uri()));
    }

    @AfterAll
    static void stop() {
        imagicle.close();
        embedded.close();
        network.close();
        upstream.close();
        replicas.close();
    }

    @AfterEach
    void bury() {
        dying.kill();
        network.release();
    }

    static IntStream rounds() {
        return IntStream.rangeClosed(1, Integer.getInteger("replicas.rounds", 1));
    }

    private void startDyingEmbedded() {
        dying = ServiceProcess.start(replicas.embedded());
    }

    private void startDyingImagicle() {
        URI suite = network.uri();
        dying = ServiceProcess.start(replicas.imagicle(suite));
        // Its first requests take the longest.
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Replicas.stop(dying, UUID.randomUUID()).status() == 409);
    }

    // In front of a suite

    @ParameterizedTest
    @MethodSource("rounds")
    void beforeTheRecorderHearsOfTheStop(int round) {
        startDyingImagicle();
        UUID id = upstream.record();
        network.holdRequests();
        CompletableFuture<Integer> first = Replicas.stopLater(dying, id);
        awaitAttempt(id);

        dying.kill();
        network.cut();

        assertEquals(0, first.join());
        assertTrue(upstream.isRecording(id));
        assertEquals(204, Replicas.stopUntilKnown(imagicle, id));
        assertOver(id);
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void afterTheRecorderStoppedItAndBeforeItsAnswer(int round) {
        startDyingImagicle();
        UUID id = upstream.record();
        network.holdReplies();
        CompletableFuture<Integer> first = Replicas.stopLater(dying, id);
        awaitStoppedUpstream(id);

        dying.kill();

        assertEquals(0, first.join());
        assertEquals(204, Replicas.stopUntilKnown(imagicle, id));
        assertOver(id);
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void afterTheRecorderStoppedALineAndBeforeItsAnswer(int round) {
        startDyingImagicle();
        UUID id = upstream.record();
        String line = "?directoryNumber=" + upstream.latestNumber();
        network.holdRepliesTo("DELETE");
        CompletableFuture<Integer> first = Replicas.stopLater(dying, line);
        awaitStoppedUpstream(id);

        dying.kill();

        assertEquals(0, first.join());
        assertEquals(204, Replicas.stopUntilKnown(imagicle, line));
        assertEquals(409, Replicas.stopUntilKnown(imagicle, line));
        assertFalse(upstream.isRecording(id));
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void afterTheRecordersAnswerAndBeforeItIsOnTheTrail(int round) {
        startDyingImagicle();
        UUID id = upstream.record();
        network.holdReplies();
        CompletableFuture<Integer> first = Replicas.stopLater(dying, id);
        awaitStoppedUpstream(id);
        Sql attempt =
                Sql.of("SELECT 1 FROM stop_lease WHERE target = ? FOR UPDATE").with("id " + id);
        replicas.whileLocked(attempt, () -> {
            network.release();
            replicas.awaitBlocked(1);
            dying.kill();
            return null;
        });

        assertEquals(0, first.join());
        assertEquals(204, Replicas.stopUntilKnown(imagicle, id));
        assertOver(id);
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void betweenTheConfirmationAndTheEndOnTheTrail(int round) {
        startDyingImagicle();
        UUID id = upstream.record();
        assertEquals(0, statusIfKilledWhileLocked(Sql.of("LOCK TABLE audit_end IN ACCESS EXCLUSIVE MODE"), id));
        assertEquals(204, Replicas.stopUntilKnown(imagicle, id));
        assertOver(id);
        assertEquals(409, Replicas.stopUntilKnown(imagicle, id));
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void whoSleptWhileAnotherWasToldClaimsNothing(int round) {
        startDyingImagicle();
        UUID id = upstream.record();
        network.holdReplies();
        CompletableFuture<Integer> first = Replicas.stopLater(dying, id);
        awaitStoppedUpstream(id);
        dying.signal("STOP");
        network.release();
        assertEquals(204, Replicas.stopUntilKnown(imagicle, id));

        dying.signal("CONT");

        assertTrue(first.join() != 204, () -> "answered " + first.join());
        assertOver(id);
    }

    // With the database as the recorder's only truth

    @ParameterizedTest
    @MethodSource("rounds")
    void beforeTheEntryIsRemoved(int round) {
        startDyingEmbedded();
        UUID id = replicas.record();
        assertEquals(
                0,
                statusIfKilledWhileLocked(
                        Sql.of("SELECT 1 FROM live_recording WHERE id = ? FOR UPDATE")
                                .with(id),
                        id));
        assertEquals(204, Replicas.stopUntilKnown(embedded, id));
        assertOver(id);
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void betweenTheEntrysRemovalAndTheTrail(int round) {
        startDyingEmbedded();
        UUID id = replicas.record();
        assertEquals(
                0, statusIfKilledWhileLocked(Sql.of("LOCK TABLE audit_confirmation IN ACCESS EXCLUSIVE MODE"), id));
        assertTrue(replicas.isRegistered(id));
        assertEquals(204, Replicas.stopUntilKnown(embedded, id));
        assertOver(id);
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void betweenTheEntrysRemovalAndTheEndOnTheTrail(int round) {
        startDyingEmbedded();
        UUID id = replicas.record();
        assertEquals(0, statusIfKilledWhileLocked(Sql.of("LOCK TABLE audit_end IN ACCESS EXCLUSIVE MODE"), id));
        assertTrue(replicas.isRegistered(id));
        assertEquals(204, Replicas.stopUntilKnown(embedded, id));
        assertOver(id);
        assertEquals(409, Replicas.stopUntilKnown(embedded, id));
    }

    static Stream<String> linesInEachRound() {
        return rounds().boxed()
                .flatMap(round -> Stream.of("?deviceName=" + Replicas.DEVICE, "?directoryNumber=101", "/Mine"));
    }

    @ParameterizedTest
    @MethodSource("linesInEachRound")
    void whoDiedBeforeItsClaimLeavesItToWhoeverNamesTheLineToo(String named) {
        startDyingEmbedded();
        UUID id = replicas.record();
        assertEquals(0, statusIfKilledWhileLocked(Sql.of("LOCK TABLE audit_end IN ACCESS EXCLUSIVE MODE"), id));
        assertEquals(204, Replicas.stopUntilKnown(embedded, named));
        assertOver(id);
        assertEquals(409, Replicas.stopUntilKnown(embedded, named));
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void whoSleepsRightBeforeItsAnswerLeavesItToAnother(int round) {
        startDyingEmbedded();
        UUID id = replicas.record();
        Sql trail = Sql.of("LOCK TABLE audit_end IN ACCESS EXCLUSIVE MODE");
        CompletableFuture<Integer> first = replicas.whileLocked(trail, () -> {
            CompletableFuture<Integer> status = Replicas.stopLater(dying, id);
            replicas.awaitBlocked(1);
            dying.signal("STOP");
            return status;
        });
        assertEquals(204, Replicas.stopUntilKnown(embedded, id));

        dying.signal("CONT");

        assertTrue(first.join() != 204, () -> "answered " + first.join());
        assertOver(id);
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void whoSleepsWithTheEntryLockedKeepsNobodyFromStoppingIt(int round) {
        startDyingEmbedded();
        UUID id = replicas.record();
        Sql trail = Sql.of("LOCK TABLE audit_confirmation IN ACCESS EXCLUSIVE MODE");
        CompletableFuture<Integer> first = replicas.whileLocked(trail, () -> {
            CompletableFuture<Integer> status = Replicas.stopLater(dying, id);
            replicas.awaitBlocked(1);
            dying.signal("STOP");
            return status;
        });
        assertEquals(204, Replicas.stopUntilKnown(embedded, id));

        dying.signal("CONT");

        assertTrue(first.join() != 204, () -> "answered " + first.join());
        assertOver(id);
    }

    private int statusIfKilledWhileLocked(Sql locked, UUID id) {
        return replicas.whileLocked(locked, () -> {
            CompletableFuture<Integer> status = Replicas.stopLater(dying, id);
            replicas.awaitBlocked(1);
            dying.kill();
            return status.join();
        });
    }

    /** The replica has noted that it is about to ask. */
    private static void awaitAttempt(UUID id) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> replicas.count("SELECT count(*) AS n FROM stop_lease WHERE target = ?", "id " + id) == 1);
    }

    private static void awaitStoppedUpstream(UUID id) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> !upstream.isRecording(id));
    }

    /** It doesn't run, and the trail proves it once: what wasn't told wasn't claimed. */
    private static void assertOver(UUID id) {
        assertFalse(upstream.isRecording(id));
        assertFalse(replicas.isRegistered(id));
        assertEquals(1, replicas.confirmations(id));
    }
}
