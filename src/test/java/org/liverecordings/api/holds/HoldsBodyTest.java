package org.liverecordings.api.holds;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.store.Holds.Hold;

class HoldsBodyTest {

    @ParameterizedTest
    @CsvSource({"0, 0, ''", "1000, 1000, ''", "1001, 1000, true"})
    void whatIsLeftOutIsTold(int found, int shown, String more) {
        // Given
        Hold hold = new Hold(
                new UUID(0, 1),
                LineSelector.of("SEP1", "101").orElseThrow(),
                "legal",
                "bob",
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(1));
        List<Hold> holds = Collections.nCopies(found, hold);

        // When
        JsonNode body = new ObjectMapper().valueToTree(HoldsBody.of(holds));

        // Then
        assertEquals(shown, body.get("holds").size());
        assertEquals(more, body.path("more").asText());
    }
}
