package org.liverecordings.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.liverecordings.support.Settings;

class DatabaseConfigTest {

    @Test
    void byDefaultEachReplicaBringsTheSchemaUpToDate() {
        assertEquals("at-start", Settings.of(DatabaseConfig.class, Map.of()).migrate());
    }

    @Test
    void byDefaultAStartWaitsHalfAMinute() {
        assertEquals(
                Duration.ofSeconds(30),
                Settings.of(DatabaseConfig.class, Map.of()).startTimeout());
    }

    @Test
    void everyKeyIsRead() {
        DatabaseConfig config = Settings.of(
                DatabaseConfig.class,
                Map.of("live-recordings.database.migrate", "never", "live-recordings.database.start-timeout", "2m"));
        assertEquals("never", config.migrate());
        assertEquals(Duration.ofMinutes(2), config.startTimeout());
    }
}
