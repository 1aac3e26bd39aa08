package org.liverecordings.recording.stop;

import java.time.Duration;

import io.agroal.api.AgroalDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.liverecordings.database.Database;
import org.liverecordings.registry.PostgresLiveRecordingRepository;
import org.liverecordings.registry.PostgresPendingStops;
import org.liverecordings.support.PostgresServer;

/** The same in PostgreSQL: nobody waits for locks until his time is over. */
class OneClaimInPostgresTest extends OneClaimContract {

    private static AgroalDataSource pool;
    private static Database database;

    OneClaimInPostgresTest() {
        super(
                new PostgresLiveRecordingRepository(database),
                new PostgresPendingStops(database, Duration.ofSeconds(5), null),
                database,
                10);
    }

    @BeforeAll
    static void connect() {
        pool = PostgresServer.shared().migrated();
        database = new Database(pool);
    }

    @AfterAll
    static void disconnect() {
        pool.close();
    }
}
