package org.liverecordings.events.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.registry.memory.MemoryEvents;
import org.liverecordings.support.NoTls;
import org.liverecordings.support.Settings;

class DeliveredWebhooksTest {

    private static final String CRM = "live-recordings.webhooks.crm.";

    private static Vertx vertx;

    private final Map<String, String> settings = new HashMap<>(Map.of(
            CRM + "url", "https://example.com/",
            CRM + "secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void endVertx() {
        vertx.close();
    }

    private DeliveredWebhooks webhooks() {
        InstantSource clock = InstantSource.system();
        MemoryEvents events = new MemoryEvents(null, "imagicle", 10, clock);
        return new DeliveredWebhooks(
                Settings.of(WebhooksConfig.class, settings),
                events,
                events::latest,
                new MemoryProgress(events::latest, clock),
                vertx,
                new NoTls(),
                clock);
    }

    @Test
    void theDefaultsFit() {
        assertEquals(Set.of("crm"), webhooks().names());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "longest-retry-delay | 500ms | retry-delay: PT1S is longer than"
                        + " live-recordings.webhooks.crm.longest-retry-delay: PT0.5S",
                "url | http://example.com/ | url: must be https, unless allow-http is true",
                "secret | whsec_x | secret: must be whsec_ and Base64 of 24 to 64 bytes; of several, with a space between",
                "events | recording.lost | events: there is no 'recording.lost'",
                "tls-configuration-name | crm | tls-configuration-name: there is no quarkus.tls.crm"
            })
    void whatMakesNoSenseIsRefused(String key, String value, String message) {
        settings.put(CRM + key, value);
        assertEquals(
                CRM + message,
                assertThrows(IllegalArgumentException.class, this::webhooks).getMessage());
    }
}
