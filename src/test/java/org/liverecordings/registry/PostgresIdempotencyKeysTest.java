package org.liverecordings.registry;

import java.time.Duration;

import io.agroal.api.AgroalDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.idempotency.IdempotencyKeys;
import org.liverecordings.registry.postgres.PostgresIdempotencyKeys;
import org.liverecordings.support.PostgresServer;

class PostgresIdempotencyKeysTest extends IdempotencyKeysContract {

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

    @Override
    IdempotencyKeys keys() {
        return new PostgresIdempotencyKeys(database, KEEP);
    }

    @Override
    void pass(Duration duration) {
        String past = " - CAST('" + duration + "' AS interval)";
        database.update(Sql.of(
                "UPDATE idempotency_key SET held_until = held_until" + past + ", kept_until = kept_until" + past));
    }
}
