package org.liverecordings.database;

import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration;
import org.liverecordings.recording.store.StoreUnavailableException;

/**
 * The pool's connections, one for each piece of work. It tells an outage, of which nobody need wait to hear, from a queue, which is
 * over soon; and a connection that is of no use leaves the pool, with all others that were made before.
 */
final class Connections {

    /**
     * For so long nobody tries again to reach a database that didn't answer, unless it has answered somebody since: a request that
     * needs it often waits for it once.
     */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /**
     * After so long without an answer a connection is tried before it is used. The pool can do so as well, but tries one after the
     * other without an end, and each that fell silent takes its time.
     */
    private static final Duration IDLE = Duration.ofMillis(500);

    private static final Duration VALIDATION = Duration.ofSeconds(1);

    /** In most cases the pool has let go of a broken connection by then. */
    private static final Duration FLUSH = Duration.ofMillis(5);

    /** Whoever has a connection gets an answer within this time, if only that a statement took too long. */
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final DataSource source;
    private final int limit;
    private final Semaphore free;
    private final Duration acquisition;
    private final PreparedStatements preparedStatements = new PreparedStatements();
    private volatile Outage outage;
    private volatile long answeredAt = System.nanoTime() - ANSWER.toNanos();

    Connections(DataSource source) {
        this.source = source;
        if (source instanceof AgroalDataSource pool) {
            AgroalConnectionPoolConfiguration limits = pool.getConfiguration().connectionPoolConfiguration();
            this.limit = limits.maxSize();
            this.acquisition = limits.acquisitionTimeout();
        } else {
            this.limit = Integer.MAX_VALUE;
            this.acquisition = Duration.ZERO;
        }
        this.free = new Semaphore(limit, true);
    }

    private record Outage(long at, SQLException cause) {}

    /**
     * Does the work on a connection.
     *
     * @throws StoreUnavailableException if there is none, now or in the pool's acquisition timeout
     */
    <T> T with(Database.Work<T> work) throws SQLException {
        awaitTurn();
        try (Connection connection = open()) {
            preparedStatements.decide(connection);
            T result = work.on(connection);
            answeredAt = System.nanoTime();
            return result;
        } finally {
            free.release();
        }
    }

    private void awaitTurn() {
        failWhileAway();
        try {
            if (!free.tryAcquire(acquisition.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StoreUnavailableException(
                        "database: all connections are in use, waited " + acquisition, null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while waiting for a connection", e);
        }
    }

    /**
     * Whether the database can be used, for writing too. Takes as long as a connection takes to be made and to answer, but doesn't
     * wait for one in use: while the database answers those who have them, all is well.
     */
    boolean isUsable() {
        if (!free.tryAcquire()) {
            return hasJustAnswered();
        }
        try (Connection connection = open()) {
            if (Sql.of("SHOW transaction_read_only")
                    .first(connection, row -> row.getString(1))
                    .filter("off"::equals)
                    .isEmpty()) {
                throw new SQLException("it is read-only", SqlStates.READ_ONLY);
            }
            answeredAt = System.nanoTime();
            return true;
        } catch (SQLException e) {
            failed(e);
            return false;
        } catch (StoreUnavailableException e) {
            return hasJustAnswered();
        } finally {
            free.release();
        }
    }

    /** Whether the database has answered anybody in the time that an answer may take. */
    boolean hasJustAnswered() {
        return System.nanoTime() - answeredAt < ANSWER.toNanos() && !isAway();
    }

    private boolean isAway() {
        Outage latest = outage;
        return latest != null && answeredAt - latest.at < 0;
    }

    /** How it is now; asks nobody. */
    DatabaseState state() {
        return new DatabaseState(!isAway(), limit - free.availablePermits(), free.getQueueLength(), limit);
    }

    private void failWhileAway() {
        Outage latest = outage;
        if (latest != null && isAway() && System.nanoTime() - latest.at < PAUSE.toNanos()) {
            throw new StoreUnavailableException("database: still away: " + latest.cause.getMessage(), latest.cause);
        }
    }

    private Connection open() {
        failWhileAway();
        try {
            long started = System.nanoTime();
            do {
                Connection connection = source.getConnection();
                if (System.nanoTime() - answeredAt < IDLE.toNanos()
                        || connection.isValid((int) VALIDATION.toSeconds())) {
                    return connection;
                }
                giveUp(connection);
                // Broken ones are found out at once; of those that fell silent the first takes all the time.
            } while (System.nanoTime() - started < VALIDATION.toNanos());
            throw new SQLException("its connections are broken", "08000");
        } catch (SQLException e) {
            if (SqlStates.isOutage(e)) {
                outage = new Outage(System.nanoTime(), e);
            }
            throw new StoreUnavailableException("database: " + e.getMessage(), e);
        }
    }

    /**
     * Gives a broken one back, for the pool to let go of it with all others. Aborted, it would count as in use for good. The pool does
     * so a little later: until then the same one may be had again.
     */
    private void giveUp(Connection broken) throws SQLException {
        drop(FlushMode.GRACEFUL);
        broken.close();
        LockSupport.parkNanos(FLUSH.toNanos());
    }

    /** Draws the conclusions from a failure of work. */
    void failed(SQLException e) {
        boolean readOnly = SqlStates.isReadOnly(e);
        if (readOnly || e.getCause() instanceof SocketTimeoutException) {
            outage = new Outage(System.nanoTime(), e);
        } else if (!SqlStates.isBroken(e)) {
            answeredAt = System.nanoTime();
        }
        if (readOnly) {
            // Nothing else tells those that can only read, so that all go; the ones in use do as they come back.
            drop(FlushMode.GRACEFUL);
        } else if (SqlStates.isBroken(e)) {
            drop(FlushMode.IDLE);
        }
    }

    /** Of connections that were made before, one that is of no use is rarely the only one. */
    private void drop(FlushMode which) {
        if (source instanceof AgroalDataSource pool) {
            pool.flush(which);
        }
    }
}
