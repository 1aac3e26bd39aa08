package org.liverecordings.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.liverecordings.recording.Recordings.on;

import java.util.List;

import io.agroal.api.AgroalDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.store.Holds;
import org.liverecordings.registry.postgres.PostgresHolds;
import org.liverecordings.support.PostgresServer;

class PostgresHoldsTest extends HoldsContract {

    private static AgroalDataSource pool;
    private static Database database;

    @BeforeAll
    static void connect() {
        pool = PostgresServer.shared().migrated();
        database = new Database(pool);
    }

    @AfterAll
    static void disconnect() {
        pool.close();
    }

    @BeforeEach
    void clear() {
        database.update(Sql.of("DELETE FROM hold"));
    }

    @Override
    Holds holds() {
        return new PostgresHolds(database);
    }

    @Override
    void endAll() {
        database.update(Sql.of("UPDATE hold SET ends_at = now() - INTERVAL '1 second'"));
    }

    @Test
    void aUnitOfWorkThatFailsPutsNone() {
        assertThrows(
                IllegalStateException.class,
                () -> database.run(() -> {
                    holds().put(List.of(on("SEP1", "101")), "legal", "bob", HOUR);
                    throw new IllegalStateException("bug");
                }));
        assertEquals(List.of(), holds().latest(10));
    }
}
