package org.liverecordings.replicas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.liverecordings.support.FakeSuite;
import org.liverecordings.support.Pause;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.RawHttp.Answer;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.SkewedClock;
import org.liverecordings.support.TestTokens;

/**
 * Timers of replicas on one database are carried out once each, whoever dies and whatever is away when they are due. The replicas' clocks
 * are two minutes apart, and neither is right.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TimersIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String AUTHORIZATION = "Authorization: Bearer ";
    private static final String FREE_DEVICE = "SEP000000000002";

    private static PostgresServer server;
    private static Replicas replicas;
    private static ServiceProcess one;
    private static ServiceProcess two;
    private static FakeSuite suite;
    private static Replicas beforeSuite;
    private static ServiceProcess imagicle;

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
        replicas = new Replicas(server);
        replicas.update("INSERT INTO line (device_key, directory_number, device_name, username, user_key,"
                + " tapi_monitorable, automatic_recording) VALUES (LOWER('" + FREE_DEVICE + "'), '102', '" + FREE_DEVICE
                + "', 'alice', 'alice', TRUE, FALSE)");
        one = start("one", Duration.ofMinutes(1));
        two = start("two", Duration.ofMinutes(-1));
        suite = FakeSuite.start();
        beforeSuite = new Replicas(server);
        Map<String, String> settings = beforeSuite.imagicle(suite.uri());
        settings.put("LIVE_RECORDINGS_PAUSE_LONGEST", "1s");
        imagicle = ServiceProcess.start(settings);
    }

    private static ServiceProcess start(String name, Duration skew) {
        Map<String, String> settings = replicas.embedded();
        settings.putAll(SkewedClock.by(skew));
        settings.put("LIVE_RECORDINGS_REPLICA", name);
        settings.put("LIVE_RECORDINGS_EVENTS_ENABLED", "true");
        return ServiceProcess.start(settings);
    }

    @AfterAll
    static void stop() {
        imagicle.close();
        beforeSuite.close();
        suite.close();
        two.close();
        one.close();
        replicas.close();
        server.close();
    }

    private static int put(ServiceProcess service, String rest) {
        return RawHttp.send(
                        service.uri(),
                        "PUT",
                        Replicas.API + rest,
                        AUTHORIZATION + TestTokens.complete(),
                        "X-Request-Id: " + rest.replaceFirst("\\?.*", ""),
                        "Content-Length: 0")
                .status();
    }

    private static UUID paused(ServiceProcess service, String resumeAfter) {
        UUID id = replicas.record();
        assertEquals(204, put(service, "/" + id + "/Pause?resumeAfter=" + resumeAfter));
        return id;
    }

    private static void awaitAnswer(ServiceProcess service) {
        Awaitility.await()
                .atMost(LONG)
                .until(() -> Replicas.stop(service, UUID.randomUUID()).status() < 500);
    }

    private static void awaitStatus(UUID id, String status) {
        Awaitility.await()
                .atMost(LONG)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> replicas.count(
                                "SELECT count(*) AS n FROM live_recording WHERE id = ? AND status = ?", id, status)
                        == 1);
    }

    private static void awaitNoTimers(Replicas of) {
        Awaitility.await()
                .atMost(LONG)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> of.count("SELECT count(*) AS n FROM timer") == 0);
    }

    private static long timers(UUID id) {
        return replicas.count("SELECT count(*) AS n FROM timer WHERE recording_id = ?", id);
    }

    /** What the trail says that the timer did, one after the other. */
    private static String done(Replicas of, UUID id) {
        return of.text(
                "SELECT coalesce(string_agg(a.operation || ' ' || e.result || ', ' || a.why, '; ' ORDER BY a.asked_at), '')"
                        + " AS t FROM audit_entry a LEFT JOIN audit_end e ON e.entry_id = a.id"
                        + " WHERE a.username = 'timer' AND a.recording_id = '" + id + "'");
    }

    /** What was published of a recording, and who did it. */
    private static String published(UUID id) {
        return replicas.text("SELECT string_agg(type || ' by ' || username, ', ' ORDER BY at) AS t FROM event"
                + " WHERE recording_id = '" + id + "'");
    }

    @Test
    void aPauseEndsByItself() {
        UUID id = paused(one, "PT1S");
        awaitStatus(id, "RECORDING");
        awaitNoTimers(replicas);
        assertEquals("resume done, set by alice", done(replicas, id));
        assertEquals("PAUSED by alice, RESUMED by timer", published(id));
        assertEquals(
                2,
                replicas.count(
                        "SELECT count(*) AS n FROM audit_entry WHERE recording_id = ? AND correlation_id = ?",
                        id,
                        "/" + id + "/Pause"));
    }

    @Test
    void ofTwoReplicasOneCarriesOutEach() {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ids.add(paused(i % 2 == 0 ? one : two, "PT1S"));
        }
        ids.forEach(id -> awaitStatus(id, "RECORDING"));
        awaitNoTimers(replicas);
        for (UUID id : ids) {
            assertEquals("resume done, set by alice", done(replicas, id));
            assertEquals("PAUSED by alice, RESUMED by timer", published(id));
        }
    }

    /** The last one, since it leaves one replica only. */
    @Test
    @Order(Integer.MAX_VALUE)
    void whatAReplicaSetThatWasKilledIsCarriedOutByAnother() {
        UUID id = paused(two, "PT2S");
        two.kill();
        awaitStatus(id, "RECORDING");
        awaitNoTimers(replicas);
        assertEquals("resume done, set by alice", done(replicas, id));
        assertEquals(
                "one",
                replicas.text("SELECT replica AS t FROM audit_entry WHERE username = 'timer' AND recording_id = '" + id
                        + "'"));
    }

    @Test
    void whatIsDueWhileTheDatabaseIsAwayIsCarriedOutAfterwards() {
        UUID id = paused(one, "PT2S");
        server.stop();
        Pause.of(Duration.ofSeconds(3));
        server.startAgain();
        List.of(one, two, imagicle).forEach(TimersIT::awaitAnswer);
        awaitStatus(id, "RECORDING");
        awaitNoTimers(replicas);
        // A try may meet a connection that the database has ended: it is on the trail, and comes again.
        String tries = done(replicas, id);
        assertEquals("resume done, set by alice", tries.replace("resume failed, set by alice; ", ""));
        assertEquals("PAUSED by alice, RESUMED by timer", published(id));
    }

    @Test
    void aResumeCancelsIt() {
        UUID id = paused(one, "PT1S");
        assertEquals(204, put(two, "/" + id + "/Resume"));
        assertEquals(0, timers(id));
        assertEquals(204, put(one, "/" + id + "/Pause"));
        Pause.of(Duration.ofSeconds(2));
        awaitStatus(id, "PAUSED");
        assertEquals("", done(replicas, id));
        assertEquals("PAUSED by alice, RESUMED by alice, PAUSED by alice", published(id));
    }

    @Test
    void aStopCancelsIt() {
        UUID id = paused(one, "PT1H");
        assertEquals(204, Replicas.stop(two, id).status());
        assertEquals(0, timers(id));
    }

    @Test
    void aRecordingStopsAtItsLongestDuration() {
        Answer started = RawHttp.sendBody(
                one.uri(),
                "POST",
                Replicas.API,
                "{\"deviceName\":\"" + FREE_DEVICE + "\",\"maxDuration\":\"PT1S\"}",
                AUTHORIZATION + TestTokens.complete());
        assertEquals(201, started.status(), started.toString());
        UUID id = UUID.fromString(started.body().replaceFirst(".*\"id\":\"([^\"]+)\".*", "$1"));
        Awaitility.await().atMost(LONG).until(() -> !replicas.isRegistered(id));
        assertEquals("stop done, set by alice", done(replicas, id));
        assertEquals("STARTED by alice, STOPPED by timer", published(id));
        assertEquals(0, timers(id));
    }

    @Test
    void whatTheRecorderFailsAtIsReportedAndTriedAgain() {
        AtomicInteger resumes = new AtomicInteger();
        suite.behave(exchange -> FakeSuite.answer(
                        exchange.request().line().contains("/Resume") && resumes.incrementAndGet() <= 1 ? 500 : 204)
                .answer(exchange));
        UUID id = UUID.randomUUID();
        assertEquals(204, put(imagicle, "/" + id + "/Pause?resumeAfter=PT1S"));
        awaitNoTimers(beforeSuite);
        assertEquals("resume unknown, set by alice; resume done, set by alice", done(beforeSuite, id));
        assertTrue(imagicle.log().contains("put off timer=resume recording=" + id + " attempts=1"), imagicle::log);
    }

    @Test
    void aPauseThatLastsTooLongIsReportedUntilItEnds() {
        UUID id = UUID.randomUUID();
        suite.behave(exchange -> {
            if (exchange.request().line().startsWith("GET")) {
                FakeSuite.answer(200, "application/json", "[{\"id\":\"" + id + "\",\"isPaused\":true}]")
                        .answer(exchange);
            } else {
                FakeSuite.answer(204).answer(exchange);
            }
        });
        assertEquals(204, put(imagicle, "/" + id + "/Pause"));
        Awaitility.await().atMost(LONG).until(() -> alarms(id) >= 2);
        assertEquals(204, put(imagicle, "/" + id + "/Resume"));
        assertEquals(0, beforeSuite.count("SELECT count(*) AS n FROM timer"));
        assertTrue(RawHttp.send(imagicle.uri(), "GET", "/q/metrics")
                .body()
                .contains("live_recordings_pause_alarms_total"));
    }

    private static long alarms(UUID id) {
        return imagicle.log()
                .lines()
                .filter(line -> line.contains("paused too long recording=" + id))
                .count();
    }
}
