package org.liverecordings.database;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.agroal.api.AgroalDataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.support.PostgresServer;

class SchemaTest {

    private static final String HISTORY =
            Flyway.configure().load().getConfiguration().getTable();

    @Test
    void whatIsRequiredIsTheLastMigration() throws IOException {
        try (var files = Files.list(Path.of("src", "main", "resources", "db", "migration"))) {
            int last = files.map(file -> file.getFileName().toString())
                    .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                    .max()
                    .orElseThrow();
            assertEquals(Integer.toString(last), Schema.VERSION);
        }
    }

    @Test
    void aMigratedDatabaseWillDo() {
        try (AgroalDataSource pool = PostgresServer.shared().migrated()) {
            assertDoesNotThrow(() -> new Schema(new Database(pool), HISTORY).require());
        }
    }

    @Test
    void anEmptyDatabaseWontDoYet() {
        String database = PostgresServer.shared().newDatabase();
        try (AgroalDataSource pool = PostgresServer.shared().pool(database)) {
            Schema schema = new Schema(new Database(pool), HISTORY);
            assertEquals(
                    "database: its schema isn't at version " + Schema.VERSION
                            + " yet, see live-recordings.database.migrate",
                    assertThrows(StoreUnavailableException.class, schema::require)
                            .getMessage());
        }
    }

    @Test
    void aMigrationThatFailedWontDo() {
        try (AgroalDataSource pool = PostgresServer.shared().migrated()) {
            Database database = new Database(pool);
            database.update(Sql.of("UPDATE " + HISTORY + " SET success = FALSE"));
            assertThrows(StoreUnavailableException.class, () -> new Schema(database, HISTORY).require());
        }
    }

    @Test
    void aNewerSchemaWillDo() {
        try (AgroalDataSource pool = PostgresServer.shared().migrated()) {
            Database database = new Database(pool);
            database.update(
                    Sql.of("INSERT INTO " + HISTORY + " SELECT installed_rank + 98, '99', description, type, script,"
                            + " checksum, installed_by, installed_on, execution_time, TRUE FROM " + HISTORY
                            + " WHERE installed_rank = 1"));
            assertDoesNotThrow(() -> new Schema(database, HISTORY).require());
        }
    }

    @Test
    void aHistoryThatIsNotToBeReadIsTold() {
        String name = PostgresServer.shared().newDatabase();
        PostgresServer.shared().migrated(name).close();
        PostgresServer.shared().execute("CREATE ROLE " + name + " LOGIN");
        String url = PostgresServer.shared().url(name) + "?options=-c%20role=" + name;
        try (AgroalDataSource pool = PostgresServer.pool(url, false)) {
            Schema schema = new Schema(new Database(pool), HISTORY);
            String message =
                    assertThrows(IllegalStateException.class, schema::require).getMessage();
            assertTrue(message.startsWith("database refused (42501): "), message);
        }
    }
}
