package org.liverecordings.registry;

import java.time.Duration;

import io.agroal.api.AgroalDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.store.PendingStops;
import org.liverecordings.support.PostgresServer;

/** As on an engine that refuses transactions that conflict. */
class SerializablePendingStopsTest extends PendingStopsContract {

    private static AgroalDataSource pool;

    @BeforeAll
    static void connect() {
        pool = PostgresServer.shared().migratedSerializable();
    }

    @AfterAll
    static void disconnect() {
        pool.close();
    }

    @Override
    PendingStops emptyBook(RecordingId... live) {
        Database database = new Database(pool);
        database.call(Sql.of("DELETE FROM pending_stop")::update);
        return new PostgresPendingStops(database, Duration.ofMinutes(1), null);
    }
}
