package org.liverecordings.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liverecordings.support.AsteriskServer;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.RawHttp.Answer;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.SipPhone;
import org.liverecordings.support.TcpProxy;
import org.liverecordings.support.Wav;

/** Two replicas on one database and one node; one of them dies. */
@Timeout(300)
class AsteriskReplicasIT {

    private static AsteriskServer server;
    private static SipPhone phones;
    private static PostgresServer database;
    private static String url;
    private static ServiceProcess surviving;

    private static int lastPhone = 201;

    private String phone;
    private TcpProxy network;
    private ServiceProcess dying;

    @BeforeAll
    static void start() {
        AsteriskServer.assume();
        server = AsteriskServer.start();
        phones = SipPhone.answering(server, "201", 800);
        database = PostgresServer.shared();
        url = database.url(database.newDatabase());
        surviving = ServiceProcess.start(settings(server.uri()));
    }

    @AfterAll
    static void end() {
        if (surviving != null) {
            surviving.close();
            phones.close();
            server.close();
        }
    }

    @BeforeEach
    void startDying() {
        network = TcpProxy.to(server.uri());
        dying = ServiceProcess.start(settings(network.uri()));
        // What dies leaves entries that keep their lines busy for a while.
        phone = Integer.toString(++lastPhone);
        server.call(phone, "700");
    }

    @AfterEach
    void bury() {
        dying.kill();
        network.close();
        server.hangUpAll();
    }

    private static Map<String, String> settings(URI node) {
        Map<String, String> settings = Recorders.settings(Map.of("east", node));
        settings.putAll(PostgresServer.settings(url));
        // What a replica left is swept some time after the deadline.
        settings.put("LIVE_RECORDINGS_GUARD_DEADLINE", "8s");
        settings.put("LIVE_RECORDINGS_GUARD_ATTEMPT_TIMEOUT", "4s");
        settings.put("LIVE_RECORDINGS_ASTERISK_SWEEP_INTERVAL", "1s");
        return settings;
    }

    private CompletableFuture<Void> startOnDying() {
        return CompletableFuture.runAsync(() -> {
            try {
                Recorders.askToStart(dying, phone);
            } catch (RuntimeException e) {
                // It dies before it answers.
            }
        });
    }

    @Test
    void whatOneReplicaStartedAnotherOneStops() {
        String id = Recorders.start(dying, phone);

        int stopped = Recorders.stop(surviving, id);

        assertEquals(204, stopped);
        assertFalse(server.isRecording(id));
        assertTrue(Wav.read(server.wav(id)).complete());
        assertEquals(409, Recorders.stop(dying, id));
    }

    @Test
    void whatAReplicaStartedThatDiedLeavesTheListWhenItsCallEnds() {
        String id = Recorders.start(dying, phone);
        dying.kill();
        boolean listed = Recorders.isListed(surviving, id);
        server.hangUpAll();

        Recorders.awaitUnlisted(surviving, id);

        assertTrue(listed);
    }

    @Test
    void aReplicaThatDiesBeforeItRecordsLeavesNothingThatListens() {
        network.holdRequestsAt("/record?");
        CompletableFuture<Void> starting = startOnDying();
        Recorders.await(network::isHolding);
        boolean left = server.listening() == 1;
        dying.kill();
        starting.join();

        Recorders.await(() -> server.listening() == 0);

        assertTrue(left);
    }

    @Test
    void whatAReplicaStartedThatDiedBeforeItKnewIsListedAndStopped() {
        network.holdRepliesAt("/record?");
        CompletableFuture<Void> starting = startOnDying();
        Recorders.await(network::isHolding);
        dying.kill();
        starting.join();
        String id = Recorders.listed(surviving, phone);
        Recorders.await(() -> server.isRecording(id));

        int stopped = Recorders.stopUntilKnown(surviving, id);

        assertEquals(204, stopped);
        assertFalse(server.isRecording(id));
        assertTrue(Wav.read(server.wav(id)).complete());
        Recorders.await(() -> server.listening() == 0);
    }

    @Test
    void aCallThatEndsJustBeforeItsStartIsConfirmedWasRecordedAndIsOver() {
        // Given
        Map<String, String> settings = settings(server.uri());
        settings.putAll(PostgresServer.settings(database.url(database.newDatabase())));
        settings.put("LIVE_RECORDINGS_ASTERISK_APPLICATION", "apart");
        settings.put("LIVE_RECORDINGS_GUARD_DEADLINE", "40s");
        settings.put("LIVE_RECORDINGS_GUARD_ATTEMPT_TIMEOUT", "20s");
        settings.put("LIVE_RECORDINGS_RECONCILER_INTERVAL", "10m");
        Map<String, String> held = new HashMap<>(settings);
        held.put("LIVE_RECORDINGS_ASTERISK_NODES_EAST_URL", network.uri().toString());
        try (ServiceProcess watching = ServiceProcess.start(settings);
                ServiceProcess starting = ServiceProcess.start(held)) {
            network.holdRequestsAt("/recordings/stored/");
            CompletableFuture<Answer> answer =
                    CompletableFuture.supplyAsync(() -> Recorders.askToStart(starting, phone));
            Recorders.await(network::isHolding);
            String id = Recorders.listed(watching, phone);
            server.hangUpAll();
            Recorders.await(() -> !server.isRecording(id) && server.listening() == 0);

            // When
            network.release();

            // Then
            int started = answer.join().status();
            Recorders.awaitUnlisted(watching, id);
            String log = watching.log() + starting.log();
            assertEquals(201, started, log);
            assertTrue(log.contains("reconciled recording=" + id + " change=removed"), log);
            assertFalse(log.contains("reconciled recording=" + id + " change=start-failed"), log);
            // It didn't have to wait for the reconciler.
            assertFalse(log.contains("reconciled checked="), log);
        }
    }

    @Test
    void whatNobodyRemembersIsAdopted() {
        Map<String, String> settings = settings(server.uri());
        settings.put("LIVE_RECORDINGS_REGISTRY", "memory");
        // Services that don't share a registry need names of their own.
        settings.put("LIVE_RECORDINGS_ASTERISK_APPLICATION", "alone");
        String id;
        try (ServiceProcess before = ServiceProcess.start(settings)) {
            id = Recorders.start(before, phone);
            Recorders.pause(before, id);
            before.kill();
        }
        try (ServiceProcess after = ServiceProcess.start(settings)) {
            Recorders.await(() -> Recorders.isListed(after, id));
            String listed = Recorders.list(after);

            int stopped = Recorders.stop(after, id);

            assertEquals(204, stopped);
            assertTrue(listed.contains("\"isPaused\":true"), listed);
            assertFalse(server.isRecording(id));
            assertFalse(Recorders.isListed(surviving, id));
        }
    }
}
