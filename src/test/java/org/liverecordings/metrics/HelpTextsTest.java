package org.liverecordings.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelpTextsTest {

    private static final Tags TAGS = Tags.of("area", "heap");

    private final HelpTexts filter = new HelpTexts();

    @ParameterizedTest
    @CsvSource({
        "Heap in use, Heap in use",
        "The \"recent\" heap, The 'recent' heap",
        "' ', As Quarkus and Micrometer define heap.used",
        ", As Quarkus and Micrometer define heap.used"
    })
    void everyMetricHasATextWithoutQuotes(String given, String expected) {
        assertEquals(expected, filter.map(id(given)).getDescription());
    }

    @Test
    void nothingElseOfAMetricIsChanged() {
        Meter.Id mapped = filter.map(id("The \"recent\" heap"));

        assertEquals(id("The 'recent' heap"), mapped);
        assertEquals("bytes", mapped.getBaseUnit());
        assertEquals(Meter.Type.GAUGE, mapped.getType());
    }

    private static Meter.Id id(String description) {
        return new Meter.Id("heap.used", TAGS, "bytes", description, Meter.Type.GAUGE);
    }
}
