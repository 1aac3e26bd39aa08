package org.liverecordings.wiring.start;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.events.webhook.WebhooksConfig;
import org.liverecordings.support.Settings;
import org.liverecordings.wiring.EventsConfig;

class EventDeliveryTest {

    private static final String CRM = "live-recordings.webhooks.crm.";

    private static void check(Map<String, String> retention, Map<String, String> giveUpAfter) {
        Map<String, String> webhook = new HashMap<>(giveUpAfter);
        webhook.put(CRM + "url", "https://example.com/");
        webhook.put(CRM + "secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        EventDelivery.checkRetention(
                Settings.of(EventsConfig.class, retention), Settings.of(WebhooksConfig.class, webhook));
    }

    @ParameterizedTest
    @CsvSource({"1m, 3d, PT1M, PT72H", "3d, 3d, PT72H, PT72H"})
    void eventsThatGoBeforeTheyAreGivenUpStopTheStart(String kept, String tried, String keptFor, String triedFor) {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> check(
                                Map.of("live-recordings.events.retention", kept), Map.of(CRM + "give-up-after", tried)))
                .getMessage();
        assertEquals(
                "live-recordings.events.retention: " + keptFor
                        + " must be longer than live-recordings.webhooks.crm.give-up-after: " + triedFor,
                message);
    }

    @Test
    void theDefaultsFit() {
        assertDoesNotThrow(() -> check(Map.of(), Map.of()));
    }
}
