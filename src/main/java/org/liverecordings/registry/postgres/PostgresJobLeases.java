package org.liverecordings.registry.postgres;

import java.time.Duration;

import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.store.JobLeases;

/** Which replica does which scheduled job, in PostgreSQL and by its clock. Each job has a row in the table {@code duty}. */
public final class PostgresJobLeases implements JobLeases {

    private final Database database;
    private final String holder;

    /**
     * @param holder tells this process from any other
     */
    public PostgresJobLeases(Database database, String holder) {
        this.database = database;
        this.holder = holder;
    }

    @Override
    public boolean hold(String job, Duration duration) {
        Sql upsert = Sql.of("INSERT INTO duty (name, holder, until) VALUES (?, ?, now() + ? * INTERVAL '1 millisecond')"
                        + " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until"
                        + " WHERE duty.holder = excluded.holder OR duty.until <= now()")
                .with(job, holder, duration.toMillis());
        return database.update(upsert) == 1;
    }
}
