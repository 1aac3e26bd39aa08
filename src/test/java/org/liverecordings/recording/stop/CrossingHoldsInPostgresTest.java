package org.liverecordings.recording.stop;

import java.time.Duration;
import java.time.InstantSource;

import io.agroal.api.AgroalDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.liverecordings.audit.LogAuditTrail;
import org.liverecordings.audit.PostgresAuditTrail;
import org.liverecordings.database.Database;
import org.liverecordings.recording.audit.AuditedRequests;
import org.liverecordings.registry.PostgresHolds;
import org.liverecordings.registry.PostgresIdempotencyKeys;
import org.liverecordings.registry.PostgresLiveRecordingRepository;
import org.liverecordings.registry.PostgresStopLeases;
import org.liverecordings.support.PostgresServer;

class CrossingHoldsInPostgresTest extends CrossingHoldsContract {

    private static AgroalDataSource pool;
    private static Database database;

    CrossingHoldsInPostgresTest() {
        super(
                new OneClaimContract.Setup(
                        new PostgresLiveRecordingRepository(database),
                        new PostgresStopLeases(database, true, Duration.ofMinutes(5), Duration.ofHours(24)),
                        database,
                        new AuditedRequests(
                                new PostgresAuditTrail(database, new LogAuditTrail(InstantSource.system()), "replica"),
                                database,
                                new PostgresIdempotencyKeys(database, Duration.ofHours(24)))),
                new PostgresHolds(database),
                60);
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
