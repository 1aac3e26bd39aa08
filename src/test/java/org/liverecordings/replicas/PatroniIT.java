package org.liverecordings.replicas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.liverecordings.replicas.PairedStops.Stop;
import org.liverecordings.support.HaProxy;
import org.liverecordings.support.PatroniCluster;
import org.liverecordings.support.Pgbouncer;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.Recipe;
import org.liverecordings.support.ServiceProcess;

/**
 * The database's leader is lost while clients stop recordings, and its standby takes over. One replica finds the leader by itself, one
 * through HAProxy, and one through pgbouncer and HAProxy.
 */
class PatroniIT {

    private static final String DATABASE = "live_recordings";
    private static final int SESSIONS = 8;

    private static PatroniCluster database;
    private static HaProxy haProxy;
    private static Pgbouncer pgbouncer;
    private static Replicas replicas;
    private static List<ServiceProcess> services;

    @BeforeAll
    static void start() {
        Optional<String> missing = PatroniCluster.missing();
        Optional<Path> program = Pgbouncer.program();
        assumeTrue(missing.isEmpty(), () -> "LEFT OUT: PatroniIT, " + missing.orElseThrow());
        assumeTrue(program.isPresent(), "LEFT OUT: PatroniIT, pgbouncer isn't installed");
        database = PatroniCluster.start();
        database.execute(
                "CREATE DATABASE " + DATABASE,
                "ALTER ROLE postgres IN DATABASE " + DATABASE + " SET statement_timeout = '1500ms'",
                "ALTER ROLE postgres IN DATABASE " + DATABASE + " SET idle_in_transaction_session_timeout = '5s'");
        haProxy = HaProxy.start(database);
        pgbouncer = Pgbouncer.start(
                program.get(), haProxy.port(), SESSIONS, Recipe.of("failover.md", "pgbouncer.ini, in addition"));
        replicas = new Replicas(DATABASE, database::url);
        List<ServiceProcess> launched = Stream.of(
                        replicas.embedded(),
                        Replicas.settings(PostgresServer.url(DATABASE, haProxy.port())),
                        Replicas.settings(PostgresServer.url(DATABASE, pgbouncer.port())))
                .map(PatroniIT::launch)
                .toList();
        services = launched;
        launched.forEach(ServiceProcess::ready);
    }

    private static ServiceProcess launch(Map<String, String> settings) {
        settings.put("LIVE_RECORDINGS_DATABASE_MIGRATE", "never");
        return ServiceProcess.launch(ServiceProcess.freePort(), settings);
    }

    @AfterAll
    static void stop() {
        if (services != null) {
            services.forEach(ServiceProcess::close);
            replicas.close();
            pgbouncer.close();
            haProxy.close();
        }
        if (database != null) {
            database.close();
        }
    }

    @Test
    void whicheverLeaderDiesEachEndIsConfirmedOnceAndTheSurvivorHasIt() {
        PairedStops clients =
                PairedStops.at(services.stream().map(ServiceProcess::uri).toList(), replicas::record);
        clients.awaitMore(20);

        database.loseLeader();
        clients.awaitMore(20);
        database.bringBack();
        database.awaitSynchronous();
        clients.awaitMore(5);
        database.killLeadersPostgres();
        clients.awaitMore(20);

        List<List<Stop>> stopped = clients.end();
        System.out.printf(
                "PatroniIT: %d recordings, %d requests without a definitive answer%n",
                stopped.size(), troubles(stopped));
        stopped.forEach(PatroniIT::assertConfirmedOnce);
        assertTrue(troubles(stopped) > 0, "nobody noticed that the leaders died");
        services.forEach(service -> assertTrue(service.isAlive(), service::log));
    }

    private static long troubles(List<List<Stop>> stopped) {
        return stopped.stream().flatMap(List::stream).filter(Stop::hadTrouble).count();
    }

    private static void assertConfirmedOnce(List<Stop> both) {
        UUID recording = both.get(0).recording();
        List<Stop> confirmedStops = both.stream().filter(Stop::isConfirmed).toList();
        assertEquals(2, both.size(), both::toString);
        both.forEach(stop -> assertTrue(stop.last() == 204 || stop.last() == 409, both::toString));
        assertTrue(confirmedStops.size() <= 1, both::toString);
        assertFalse(replicas.isRegistered(recording), both::toString);
        assertEquals(1, replicas.confirmations(recording), both::toString);
        String confirmed = replicas.text("SELECT e.correlation_id AS t FROM audit_confirmation c"
                + " JOIN audit_entry e ON e.id = c.entry_id WHERE c.recording_id = '" + recording + "'");
        if (confirmedStops.isEmpty()) {
            // The reply to the very last commit was lost: only the trail knows, and a repetition with the same key.
            assertTrue(both.stream().noneMatch(Stop::withKey), both::toString);
            assertTrue(
                    both.stream()
                            .anyMatch(stop ->
                                    stop.hadTrouble() && stop.correlationIds().contains(confirmed)),
                    () -> both + " confirmed " + confirmed);
        } else {
            assertTrue(
                    confirmedStops.get(0).correlationIds().contains(confirmed), () -> both + " confirmed " + confirmed);
        }
    }
}
