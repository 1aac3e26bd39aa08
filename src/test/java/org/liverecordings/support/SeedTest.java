package org.liverecordings.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SeedTest {

    private final String before = System.getProperty("test.seed");

    @AfterEach
    void putBack() {
        if (before == null) {
            System.clearProperty("test.seed");
        } else {
            System.setProperty("test.seed", before);
        }
    }

    @Test
    void aSeedThatWasNamedIsTaken() {
        System.setProperty("test.seed", "-4711");

        assertEquals(-4711, Seed.of(SeedTest.class));
    }

    @Test
    void theHintIsWhatTheCommandLineTakes() {
        assertEquals("-Dtest.seed=-4711", Seed.hint(-4711));
    }
}
