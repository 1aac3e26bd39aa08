package org.liverecordings.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.liverecordings.support.Settings;

class DatabaseConfigTest {

    @Test
    void byDefaultEachReplicaBringsTheSchemaUpToDate() {
        assertEquals("at-start", Settings.of(DatabaseConfig.class, Map.of()).migrate());
    }

    @Test
    void everyKeyIsRead() {
        DatabaseConfig config = Settings.of(DatabaseConfig.class, Map.of("live-recordings.database.migrate", "never"));
        assertEquals("never", config.migrate());
    }
}
