package org.liverecordings.registry.postgres;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.idempotency.IdempotencyKey;
import org.liverecordings.recording.idempotency.IdempotencyKeys;
import org.liverecordings.recording.idempotency.StoredAnswer;

/** Keeps keys and answers in PostgreSQL, by its clock. {@link SettleStatement} stores the answers of stops. */
public final class PostgresIdempotencyKeys implements IdempotencyKeys {

    private static final int BATCH = 1000;

    private static final String TAKE = """
            INSERT INTO idempotency_key AS k (user_key, idempotency_key, fingerprint, holder, held_until, kept_until)
            VALUES (?, ?, ?, ?, now() + ? * INTERVAL '1 millisecond', now() + ? * INTERVAL '1 millisecond')
            ON CONFLICT (user_key, idempotency_key) DO UPDATE SET fingerprint = excluded.fingerprint, holder = excluded.holder,
              held_until = excluded.held_until, kept_until = excluded.kept_until, status = NULL, media_type = NULL, body = NULL
            WHERE k.kept_until <= now()
               OR k.status IS NULL AND k.held_until <= now() AND k.fingerprint = excluded.fingerprint
            RETURNING 1""";

    private static final String MINE = " WHERE user_key = ? AND idempotency_key = ? AND holder = ? AND status IS NULL";

    private final Database database;
    private final Duration keep;

    /**
     * @param keep how long an answer is given again
     */
    public PostgresIdempotencyKeys(Database database, Duration keep) {
        this.database = database;
        this.keep = keep;
    }

    @Override
    public Taken take(IdempotencyKey key, UUID holder, Duration duration) {
        Sql take = Sql.of(TAKE)
                .with(key.userKey(), key.value(), key.fingerprint(), holder)
                .with(duration.toMillis(), duration.plus(keep).toMillis());
        Sql select = Sql.of("SELECT fingerprint, status, media_type, body FROM idempotency_key"
                        + " WHERE user_key = ? AND idempotency_key = ?")
                .with(key.userKey(), key.value());
        if (database.exists(take)) {
            return new Taken(Outcome.TAKEN, null);
        }
        Optional<Taken> other = database.first(select, row -> {
            if (!row.getString("fingerprint").equals(key.fingerprint())) {
                return new Taken(Outcome.OTHER_REQUEST, null);
            }
            Integer status = row.getObject("status", Integer.class);
            return status == null
                    ? new Taken(Outcome.HELD, null)
                    : new Taken(
                            Outcome.ANSWERED,
                            new StoredAnswer(status, row.getString("media_type"), row.getString("body")));
        });
        // Released in between: the next attempt gets it.
        return other.orElse(new Taken(Outcome.HELD, null));
    }

    @Override
    public boolean store(IdempotencyKey key, UUID holder, StoredAnswer answer) {
        Sql update = Sql.of("UPDATE idempotency_key SET status = ?, media_type = ?, body = ?,"
                        + " kept_until = now() + ? * INTERVAL '1 millisecond'" + MINE)
                .with(answer.status(), answer.mediaType(), answer.body(), keep.toMillis())
                .with(key.userKey(), key.value(), holder);
        return database.update(update) == 1;
    }

    @Override
    public void release(IdempotencyKey key, UUID holder) {
        Sql delete = Sql.of("DELETE FROM idempotency_key" + MINE).with(key.userKey(), key.value(), holder);
        database.update(delete);
    }

    @Override
    public int removeLapsed() {
        Sql delete = Sql.of(
                        "DELETE FROM idempotency_key WHERE (user_key, idempotency_key) IN (SELECT user_key, idempotency_key"
                                + " FROM idempotency_key WHERE kept_until <= now() ORDER BY kept_until LIMIT ?)")
                .with(BATCH);
        return database.update(delete);
    }
}
