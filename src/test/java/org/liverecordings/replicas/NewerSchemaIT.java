package org.liverecordings.replicas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.ServiceProcess;

/**
 * A replica that is rolled back to meets migrations that it doesn't know. They are none of its business; RolloutIT has
 * replicas that leave the schema alone anyway.
 */
class NewerSchemaIT {

    private static Replicas replicas;

    @BeforeAll
    static void migrate() {
        replicas = new Replicas(PostgresServer.shared());
        replicas.update(PostgresServer.NEWER_MIGRATION);
    }

    @AfterAll
    static void disconnect() {
        replicas.close();
    }

    @Test
    void aReplicaThatMigratesAtItsStartLeavesItAlone() {
        try (ServiceProcess service = ServiceProcess.start(settings("at-start"))) {
            assertTrue(service.log().contains("migrated database steps=0 schemaVersion=99"), service::log);
        }
    }

    @Test
    void aProcessThatOnlyMigratesHasNothingToDo() {
        try (ServiceProcess migration = ServiceProcess.launch(ServiceProcess.freePort(), settings("only"))) {
            assertEquals(0, migration.awaitExit(), migration::log);
        }
    }

    private static Map<String, String> settings(String migrate) {
        Map<String, String> settings = replicas.embedded();
        settings.put("LIVE_RECORDINGS_DATABASE_MIGRATE", migrate);
        return settings;
    }
}
