package org.liverecordings.replicas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.liverecordings.database.Sql;
import org.liverecordings.support.Pause;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.RawHttp.Answer;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

/** The database is there, and isn't what it should be: it can't be written to, its standby is away, all connections are in use. */
class DatabaseInTroubleIT {

    /** Longer than readiness takes to notice, twice over. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private static PostgresServer server;
    private static Replicas replicas;
    private static ServiceProcess service;

    @BeforeAll
    static void start() {
        server = PostgresServer.startWithoutStandby();
        replicas = new Replicas(server);
        Map<String, String> settings = replicas.embedded();
        settings.merge("QUARKUS_DATASOURCE_JDBC_URL", "?ApplicationName=service", String::concat);
        settings.put("QUARKUS_DATASOURCE_JDBC_MIN_SIZE", "2");
        settings.put("QUARKUS_DATASOURCE_JDBC_MAX_SIZE", "4");
        service = ServiceProcess.start(settings);
    }

    @AfterAll
    static void stop() {
        service.close();
        replicas.close();
        server.close();
    }

    /** As after a failover to a standby, of which connections stay that can only read. */
    @Test
    void connectionsThatAreReadOnlyLeaveThePoolAndReadinessTellsMeanwhile() {
        UUID id = replicas.record();
        server.readOnly(replicas.database(), true);
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'service'");
        awaitReady(false);
        Answer refused = Replicas.stop(service, id);
        assertEquals(504, refused.status(), refused::toString);
        assertEquals(List.of("5"), refused.header("retry-after"));

        server.readOnly(replicas.database(), false);

        awaitReady(true);
        Awaitility.await().atMost(SOON).until(() -> Replicas.stop(service, id).status() == 204);
        assertEquals(1, replicas.confirmations(id));
        for (int i = 0; i < 20; i++) {
            assertEquals(409, Replicas.stop(service, UUID.randomUUID()).status());
        }
    }

    @Test
    void aStopWhoseCommitIsNotSafeIsNotClaimedAndItsKeyTellsOfIt() {
        UUID id = replicas.record();
        replicas.commitsOf("audit_confirmation", PostgresServer.WAIT_FOR_STANDBY);
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> stopWithKey(id));
        server.endWaitForStandby("pg_cancel_backend");
        assertEquals(504, first.join());

        replicas.commitsAsUsual();

        assertEquals(204, stopWithKey(id));
        assertEquals(409, Replicas.stopUntilKnown(service, id));
        assertTrue(service.log().contains("canceling wait for synchronous replication"), service::log);
    }

    private static int stopWithKey(UUID id) {
        return RawHttp.send(
                        service.uri(),
                        "DELETE",
                        Replicas.API + "/" + id,
                        "Authorization: Bearer " + TestTokens.complete(),
                        "Idempotency-Key: stop-" + id)
                .status();
    }

    @Test
    void aQueueForConnectionsIsNoOutage() {
        List<Boolean> ready = replicas.whileLocked(Sql.of("LOCK TABLE live_recording IN ACCESS EXCLUSIVE MODE"), () -> {
            List<CompletableFuture<Integer>> queue = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                queue.add(Replicas.stopLater(service, UUID.randomUUID()));
            }
            awaitBlocked(4);
            List<Boolean> probes = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                probes.add(service.isReady());
                Pause.of(Duration.ofMillis(400));
            }
            assertFalse(queue.stream().allMatch(CompletableFuture::isDone));
            queue.forEach(each -> assertEquals(504, each.join()));
            return probes;
        });
        assertEquals(List.of(true, true, true, true, true, true, true, true), ready);
    }

    private static void awaitBlocked(int sessions) {
        Awaitility.await()
                .atMost(SOON)
                .until(() -> replicas.count("SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                + " AND application_name = 'service'")
                        >= sessions);
    }

    private static void awaitReady(boolean ready) {
        Awaitility.await().atMost(SOON).until(() -> service.isReady() == ready);
    }
}
