package org.liverecordings.registry;

import java.time.Duration;

import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.Duties;

/** Who is on which duty, in PostgreSQL and by its clock: a row that is held until the time it names. */
public final class PostgresDuties implements Duties {

    private final Database database;
    private final String holder;

    /**
     * @param holder tells this process from any other
     */
    public PostgresDuties(Database database, String holder) {
        this.database = database;
        this.holder = holder;
    }

    @Override
    public boolean takeOn(String duty, Duration duration) {
        Sql upsert = Sql.of("INSERT INTO duty (name, holder, until) VALUES (?, ?, now() + ? * INTERVAL '1 millisecond')"
                        + " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until"
                        + " WHERE duty.holder = excluded.holder OR duty.until <= now()")
                .with(duty, holder, duration.toMillis());
        return database.call(connection -> upsert.update(connection) == 1);
    }
}
