package org.liverecordings.replicas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.liverecordings.events.webhook.TestEndpoint;
import org.liverecordings.events.webhook.TestEndpoint.Received;
import org.liverecordings.support.EventReader;
import org.liverecordings.support.EventReader.Message;
import org.liverecordings.support.Pause;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

/** Events of replicas on one database: none is lost, whoever dies. */
class EventsIT {

    private static final Duration LONG = Duration.ofSeconds(90);

    private final Replicas replicas = new Replicas(PostgresServer.shared());
    private final TestEndpoint endpoint = new TestEndpoint();
    private final List<ServiceProcess> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(ServiceProcess::close);
        endpoint.close();
        replicas.close();
    }

    private ServiceProcess start(String name, Map<String, String> more) {
        Map<String, String> settings = replicas.embedded();
        settings.put("LIVE_RECORDINGS_REPLICA", name);
        settings.put("LIVE_RECORDINGS_EVENTS_ENABLED", "true");
        settings.putAll(more);
        ServiceProcess service = ServiceProcess.start(settings);
        started.add(service);
        return service;
    }

    private static Map<String, String> webhook(String name, String url) {
        Map<String, String> settings = new HashMap<>(TestEndpoint.settings(name, url));
        settings.put("LIVE_RECORDINGS_WEBHOOKS_" + name + "_TIMEOUT", "1s");
        settings.put("LIVE_RECORDINGS_WEBHOOKS_" + name + "_RETRY_DELAY", "100ms");
        return settings;
    }

    private UUID stopOne(ServiceProcess service) {
        UUID id = replicas.record();
        assertEquals(204, Replicas.stop(service, id).status());
        return id;
    }

    private void awaitWebhook() {
        Awaitility.await()
                .atMost(LONG)
                .until(() -> replicas.count("SELECT count(*) AS n FROM webhook WHERE name = 'crm'") == 1);
    }

    @Test
    void everyStopIsDeliveredAlthoughTheReplicaThatDeliversIsKilled() throws Exception {
        ServiceProcess one = start("one", webhook("CRM", endpoint.url()));
        ServiceProcess two = start("two", webhook("CRM", endpoint.url()));
        awaitWebhook();
        Set<String> stopped = new LinkedHashSet<>();
        for (int i = 0; i < 10; i++) {
            stopped.add(stopOne(i % 2 == 0 ? one : two).toString());
        }
        String holder = replicas.text("SELECT holder AS t FROM webhook WHERE name = 'crm'");
        ServiceProcess teller = holder.startsWith("one ") ? one : two;
        ServiceProcess other = teller == one ? two : one;
        teller.kill();
        for (int i = 0; i < 10; i++) {
            stopped.add(stopOne(other).toString());
        }
        Awaitility.await().atMost(LONG).untilAsserted(() -> assertEquals(stopped, subjects()));
        assertEquals(20, Set.copyOf(endpoint.ids()).size());
        assertEquals(
                20,
                replicas.count("SELECT count(DISTINCT c.recording_id) AS n FROM audit_confirmation c"
                        + " JOIN event e ON e.recording_id = c.recording_id AND e.type = 'STOPPED'"));
        for (Received received : endpoint.received()) {
            assertEquals(signature(received), received.header("webhook-signature"));
        }
    }

    /** In the order in which they were received first. */
    private Set<String> subjects() {
        return endpoint.received().stream()
                .map(received -> new Message(null, null, received.body()).recording())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String signature(Received received) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(TestEndpoint.SECRET), "HmacSHA256"));
        String signed =
                received.header("webhook-id") + "." + received.header("webhook-timestamp") + "." + received.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whoIsSlowOrAwayKeepsNobodyElseWaiting() throws Exception {
        try (TestEndpoint slow = new TestEndpoint().answers((exchange, received) -> Pause.of(Duration.ofSeconds(20)))) {
            Map<String, String> settings = webhook("CRM", endpoint.url());
            settings.putAll(webhook("SLOW", slow.url()));
            settings.putAll(webhook("AWAY", "http://127.0.0.1:" + ServiceProcess.freePort() + "/"));
            ServiceProcess service = start("one", settings);
            Awaitility.await().atMost(LONG).until(() -> replicas.count("SELECT count(*) AS n FROM webhook") == 3);
            UUID first = stopOne(service);
            Awaitility.await().atMost(LONG).until(() -> !slow.received().isEmpty());
            UUID second = stopOne(service);
            Awaitility.await()
                    .atMost(LONG)
                    .untilAsserted(() -> assertEquals(Set.of(first.toString(), second.toString()), subjects()));
            Awaitility.await()
                    .atMost(LONG)
                    .until(() -> replicas.count("SELECT count(*) AS n FROM webhook WHERE attempts > 0") == 2);
            assertTrue(
                    RawHttp.send(service.uri(), "GET", "/q/health/well").body().contains("failing since"));
        }
    }

    @Test
    void aReplayThatOneReplicaIsAskedForIsDoneByTheOther() {
        ServiceProcess one = start("one", webhook("CRM", endpoint.url()));
        awaitWebhook();
        ServiceProcess two = start("two", webhook("CRM", endpoint.url()));
        String id = stopOne(two).toString();
        Awaitility.await().atMost(LONG).until(() -> endpoint.received().size() == 1);
        assertEquals(
                202,
                RawHttp.send(
                                two.uri(),
                                "POST",
                                "/webhooks/crm/replay?from=2026-01-01T00:00:00Z",
                                "Authorization: Bearer " + TestTokens.complete(),
                                "Content-Length: 0")
                        .status());
        Awaitility.await().atMost(LONG).until(() -> endpoint.received().size() == 2);
        assertEquals(Set.of(id), subjects());
        assertEquals(1, Set.copyOf(endpoint.ids()).size());
        assertTrue(one.isAlive());
    }

    @Test
    void whoReadsOnOneReplicaGoesOnOnAnother() throws IOException {
        ServiceProcess one = start("one", Map.of());
        ServiceProcess two = start("two", Map.of());
        String last;
        UUID seen;
        try (EventReader reader = EventReader.open(one.uri().resolve("/events"), TestTokens.complete(), null)) {
            reader.next("ready");
            seen = stopOne(two);
            Message message = reader.next("recording.stopped");
            assertEquals(seen.toString(), message.recording());
            last = message.id();
        }
        UUID missed = stopOne(one);
        one.kill();
        UUID after;
        try (EventReader reader = EventReader.open(two.uri().resolve("/events"), TestTokens.complete(), last)) {
            assertEquals("{\"resumed\":true}", reader.next("ready").data());
            assertEquals(missed.toString(), reader.next("recording.stopped").recording());
            after = stopOne(two);
            assertEquals(after.toString(), reader.next("recording.stopped").recording());
        }
    }

    @Test
    void oneUserLeavesPlacesOfAReplicaToOthers() throws IOException {
        // Given
        URI events = start("one", Map.of("LIVE_RECORDINGS_EVENTS_STREAMS", "4"))
                .uri()
                .resolve("/events");
        String alice = TestTokens.level("alice", 10);
        try (EventReader first = EventReader.open(events, alice, null);
                EventReader second = EventReader.open(events, alice, null)) {
            first.next("ready");
            second.next("ready");

            // When
            try (EventReader third = EventReader.open(events, alice, null);
                    EventReader bobs = EventReader.open(events, TestTokens.level("bob", 1), null)) {

                // Then
                assertEquals(List.of(503, 200), List.of(third.status(), bobs.status()));
                assertEquals("5", third.header("Retry-After"));
            }
        }
    }

    @Test
    void aStreamEndsWhenItsReplicaIsToldToEnd() throws IOException {
        ServiceProcess one = start("one", Map.of());
        try (EventReader reader = EventReader.open(one.uri().resolve("/events"), TestTokens.complete(), null)) {
            reader.next("ready");
            one.terminate();
            assertEquals("{\"reason\":\"shutdown\"}", reader.next("end").data());
        }
        assertEquals(143, one.awaitExit());
    }
}
