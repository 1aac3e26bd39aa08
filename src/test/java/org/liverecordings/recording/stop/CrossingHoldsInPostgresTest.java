package org.liverecordings.recording.stop;

import io.agroal.api.AgroalDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.liverecordings.database.Database;
import org.liverecordings.registry.postgres.PostgresHolds;
import org.liverecordings.support.PostgresServer;

class CrossingHoldsInPostgresTest extends CrossingHoldsContract {

    private static AgroalDataSource pool;
    private static Database database;

    CrossingHoldsInPostgresTest() {
        super(OneClaimInPostgresTest.inPostgres(database), new PostgresHolds(database), 60);
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
