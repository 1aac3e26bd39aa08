package org.liverecordings.events.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;

import io.agroal.api.AgroalDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.events.webhook.Progress.State;
import org.liverecordings.support.PostgresServer;

class PostgresProgressTest extends ProgressContract {

    private static AgroalDataSource pool;
    private static Database database;

    private final Progress progress = new PostgresProgress(database, "one");
    private final Progress other = new PostgresProgress(database, "other");

    @BeforeAll
    static void connect() {
        pool = PostgresServer.shared().migrated();
        database = new Database(pool);
        database.update(Sql.of("UPDATE event_counter SET last = 17"));
    }

    @AfterAll
    static void disconnect() {
        pool.close();
    }

    @Override
    Progress progress() {
        return progress;
    }

    @Override
    long latest() {
        return 17;
    }

    // What only this one does

    @Test
    void oneReplicaIsAtItAtATime() {
        progress.hold(name, LONG);
        assertFalse(other.hold(name, LONG).mine());
        assertFalse(other.delivered(name, 17, 18));
        State seen = other.hold(name, LONG);
        assertEquals(Optional.empty(), other.failed(name, seen, "it answered 500", LONG));
        assertEquals(Optional.empty(), other.park(name, seen, "it answered 410"));
        assertEquals(17, progress.hold(name, LONG).position());
    }

    @Test
    void anotherOneTakesOverWhenTheTimeIsOver() {
        progress.hold(name, Duration.ZERO);
        assertTrue(other.hold(name, LONG).mine());
        assertFalse(progress.delivered(name, 17, 18));
    }

    /** Whoever asks for a replay needn't ask the replica that delivers. */
    @Test
    void anyReplicaMayReplay() {
        progress.hold(name, LONG);
        other.replay(name, 3L);
        assertFalse(progress.delivered(name, 17, 18));
        assertEquals(3, progress.hold(name, LONG).position());
    }
}
