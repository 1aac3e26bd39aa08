package org.liverecordings.replicas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.liverecordings.events.webhook.TestEndpoint;
import org.liverecordings.replicas.PairedStops.Stop;
import org.liverecordings.support.EventReader.Message;
import org.liverecordings.support.Nginx;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.RawHttp.Answer;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

/**
 * An older version, whose schema is an older one, is replaced by this one behind nginx under load, and put back, as docs/upgrading.md says.
 * The environment's {@code OLD_PACKAGE} is the folder of its package, which {@code .ci/upgrade} builds.
 */
class UpgradeIT {

    private static final int ENDED_BY_SIGTERM = 128 + 15;
    private static final Duration LONG = Duration.ofSeconds(60);
    /** Some more than are recorded at the same time. */
    private static final int LINES = 200;

    private static final List<ServiceProcess> processes = new ArrayList<>();
    private static final Queue<String> failedStarts = new ConcurrentLinkedQueue<>();
    private static final AtomicInteger started = new AtomicInteger();

    private static Path oldJar;
    private static Path lines;
    private static Replicas replicas;
    private static TestEndpoint endpoint;
    private static Nginx nginx;
    private static PairedStops load;

    @BeforeAll
    static void start() throws IOException {
        oldJar = Path.of(System.getenv().getOrDefault("OLD_PACKAGE", "none"), "quarkus-run.jar")
                .toAbsolutePath();
        assumeTrue(Files.exists(oldJar), "LEFT OUT: UpgradeIT, OLD_PACKAGE names no package: .ci/upgrade builds one");
        assumeTrue(Nginx.program().isPresent(), "LEFT OUT: UpgradeIT, nginx isn't installed");
        lines = Files.createTempFile("lines", ".csv");
        StringBuilder csv = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            csv.append(device(i)).append(',').append(1000 + i).append(",alice,true,false\n");
        }
        Files.writeString(lines, csv);
        replicas = Replicas.onEmptyDatabase(PostgresServer.shared());
        endpoint = new TestEndpoint();
    }

    @AfterAll
    static void stop() {
        if (replicas != null) {
            processes.forEach(ServiceProcess::close);
            if (nginx != null) {
                nginx.close();
            }
            endpoint.close();
            replicas.close();
        }
    }

    @Test
    void anOlderVersionIsReplacedAndPutBackWithoutAFailedRequest() {
        ServiceProcess old1 = older("at-start");
        ServiceProcess old2 = older("never");
        ServiceProcess.ready(old1);
        ServiceProcess.ready(old2);
        assertTrue(schema() < PostgresServer.MIGRATIONS, "the older version has this one's schema");
        awaitWebhook();
        nginx = Nginx.start(Nginx.program().orElseThrow(), "/fw/", old1, old2);
        load = PairedStops.at(Collections.nCopies(2, nginx.uri()), UpgradeIT::record);
        UUID stoppedByOld = stopUnderItsIdAsKey();

        // The replicas first: new ones wait for the schema
        ServiceProcess new1 = current("never");
        ServiceProcess new2 = current("never");
        awaitLog(new1, "its schema isn't at version " + PostgresServer.MIGRATIONS);
        load.awaitMore(10);
        assertFalse(new1.isReady());

        // The schema while only old ones serve, and then one by one the replicas
        assertEquals(0, current("only").awaitExit());
        assertEquals(PostgresServer.MIGRATIONS, schema());
        load.awaitMore(10);
        replace(old1, new1, old2);
        replace(old2, new2, new1);
        assertEquals(204, stop(stoppedByOld), "what an old one answered, a new one repeats");
        UUID stoppedByNew = stopUnderItsIdAsKey();

        // And back, on the newer schema, which puts off nobody, nor who would migrate
        ServiceProcess old3 = older("at-start");
        ServiceProcess old4 = older("never");
        replace(new1, old3, new2);
        replace(new2, old4, old3);
        assertEquals(PostgresServer.MIGRATIONS, schema());
        assertEquals(204, stop(stoppedByNew), "what a new one answered, an old one repeats");
        load.awaitMore(10);

        List<List<Stop>> stopped = load.end();
        System.out.printf("UpgradeIT: %d recordings%n", stopped.size());
        assertEquals(List.of(), List.copyOf(failedStarts));
        stopped.forEach(UpgradeIT::assertAnsweredAtOnce);
        Set<String> all = stopped.stream()
                .map(both -> both.get(0).recording().toString())
                .collect(Collectors.toCollection(TreeSet::new));
        all.addAll(List.of(stoppedByOld.toString(), stoppedByNew.toString()));
        assertDelivered(all);
    }

    /** One of two stops at the same time gets the 204, the other one the 409, and neither has to ask twice. */
    private static void assertAnsweredAtOnce(List<Stop> both) {
        List<Integer> statuses =
                both.stream().flatMap(stop -> stop.statuses().stream()).sorted().toList();
        UUID recording = both.get(0).recording();
        assertEquals(List.of(204, 409), statuses, both::toString);
        assertFalse(replicas.isRegistered(recording), both::toString);
        assertEquals(
                1,
                replicas.count(
                        "SELECT count(*) AS n FROM audit_confirmation c JOIN audit_entry e ON e.id = c.entry_id"
                                + " WHERE e.operation = 'stop' AND c.recording_id = ?",
                        recording),
                both::toString);
    }

    /** The webhook hears of the end of each, under one event's id. */
    private static void assertDelivered(Set<String> recordings) {
        Awaitility.await().atMost(LONG).until(() -> receivedIds().keySet().containsAll(recordings));

        Map<String, Set<String>> received = receivedIds();
        assertEquals(recordings, new TreeSet<>(received.keySet()));
        received.forEach((recording, ids) -> assertEquals(1, ids.size(), recording + " " + ids));
    }

    private static Map<String, Set<String>> receivedIds() {
        return endpoint.received().stream()
                .collect(Collectors.groupingBy(
                        received -> new Message(null, null, received.body()).recording(),
                        Collectors.mapping(received -> received.header("webhook-id"), Collectors.toSet())));
    }

    /** As a Deployment does it: one more first, and then one less. */
    private static void replace(ServiceProcess goes, ServiceProcess comes, ServiceProcess stays) {
        ServiceProcess.ready(comes);
        nginx.spreadOver(goes, comes, stays);
        load.awaitMore(10);
        goes.terminate();
        Awaitility.await().atMost(LONG).until(() -> !goes.isReady());
        nginx.spreadOver(comes, stays);
        assertEquals(ENDED_BY_SIGTERM, goes.awaitExit(), goes::log);
    }

    private static ServiceProcess older(String migrate) {
        Map<String, String> settings = settings(migrate);
        // As docs/upgrading.md says for builds that don't do so by themselves.
        settings.put("QUARKUS_FLYWAY_IGNORE_FUTURE_MIGRATIONS", "true");
        return keep(ServiceProcess.launchJar(oldJar, settings));
    }

    private static ServiceProcess current(String migrate) {
        return keep(ServiceProcess.launch(ServiceProcess.freePort(), settings(migrate)));
    }

    private static ServiceProcess keep(ServiceProcess process) {
        processes.add(process);
        return process;
    }

    private static Map<String, String> settings(String migrate) {
        Map<String, String> settings = replicas.embedded();
        settings.put("LIVE_RECORDINGS_DATABASE_MIGRATE", migrate);
        settings.put("LIVE_RECORDINGS_DATABASE_START_TIMEOUT", "2m");
        settings.put("LIVE_RECORDINGS_LINES_FILE", lines.toString());
        settings.putAll(TestEndpoint.settings("CRM", endpoint.url()));
        settings.put("LIVE_RECORDINGS_WEBHOOKS_CRM_EVENTS", "recording.stopped");
        // A second try would hide a first one that was cut off; and a slow machine may take its time.
        settings.put("LIVE_RECORDINGS_GUARD_RETRIES", "0");
        settings.put("LIVE_RECORDINGS_GUARD_ATTEMPT_TIMEOUT", "10s");
        settings.put("LIVE_RECORDINGS_GUARD_DEADLINE", "10s");
        settings.put("QUARKUS_SHUTDOWN_DELAY", "1s");
        return settings;
    }

    private static long schema() {
        return replicas.count("SELECT max(CAST(version AS int)) AS n FROM flyway_schema_history WHERE success");
    }

    /** It gets what happens from then on. */
    private static void awaitWebhook() {
        Awaitility.await()
                .atMost(LONG)
                .until(() -> replicas.count("SELECT count(*) AS n FROM webhook WHERE name = 'crm'") == 1);
    }

    private static void awaitLog(ServiceProcess service, String text) {
        Awaitility.await().atMost(LONG).until(() -> service.log().contains(text));
    }

    /** Begins a recording on the next line, at whichever replica nginx takes. */
    private static UUID record() {
        String body = "{\"deviceName\":\"" + device(started.getAndIncrement() % LINES) + "\"}";
        Answer answer = RawHttp.sendBody(
                nginx.uri(), "POST", Replicas.API, body, "Authorization: Bearer " + TestTokens.complete());
        if (answer.status() != 201) {
            failedStarts.add(answer.toString());
            throw new IllegalStateException(answer.toString());
        }
        return UUID.fromString(new Message(null, null, answer.body()).text("/id"));
    }

    private static UUID stopUnderItsIdAsKey() {
        UUID recording = record();
        assertEquals(204, stop(recording));
        return recording;
    }

    private static int stop(UUID recording) {
        return RawHttp.send(
                        nginx.uri(),
                        "DELETE",
                        Replicas.API + '/' + recording,
                        "Authorization: Bearer " + TestTokens.complete(),
                        "Idempotency-Key: \"" + recording + '"')
                .status();
    }

    private static String device(int number) {
        return "SEP%012d".formatted(number);
    }
}
