package org.liverecordings.registry;

import io.agroal.api.AgroalDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.registry.postgres.PostgresLiveRecordingRepository;
import org.liverecordings.support.PostgresServer;

class PostgresLiveRecordingRepositoryTest extends LiveRecordingRepositoryContract {

    private static AgroalDataSource pool;

    @BeforeAll
    static void connect() {
        pool = PostgresServer.shared().migrated();
    }

    @AfterAll
    static void disconnect() {
        pool.close();
    }

    @Override
    LiveRecordingRepository emptyRegistry() {
        Database database = new Database(pool);
        database.update(Sql.of("DELETE FROM live_recording"));
        return new PostgresLiveRecordingRepository(database);
    }
}
