package org.liverecordings.database;

import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

import io.agroal.api.AgroalDataSource;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.recording.store.UnitOfWork;

/**
 * The way to the database. Work of one thread inside {@link #run} shares one transaction, whichever adapter does it; outside of
 * it, each piece of work is a transaction of its own.
 *
 * <p>Engines that scale out refuse a transaction that conflicts with another one rather than let it wait: then it is run again,
 * as a whole, so that work must be able to run more than once.
 */
public final class Database implements UnitOfWork {

    private static final int TRIES = 8;
    private static final int BACK_OFF_MILLIS = 20;

    /**
     * For so long nobody tries again to reach a database that didn't answer, unless it has answered somebody since: a request that
     * needs it often waits for it once.
     */
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    /**
     * After so long without an answer a connection is tried before it is used. The pool can do so as well, but tries one after the
     * other, and each takes its time.
     */
    private static final long IDLE_NANOS = Duration.ofMillis(500).toNanos();

    private static final Duration VALIDATION = Duration.ofSeconds(1);

    private final DataSource source;
    private final ThreadLocal<Transaction> current = new ThreadLocal<>();
    private volatile Outage outage;
    private volatile long answeredAt = System.nanoTime() - IDLE_NANOS;

    /** Never null. Its connections are bounded in time; ours to decide is only what a failure means. */
    public Database(DataSource source) {
        this.source = source;
    }

    /** Work on a connection, which must not be closed. */
    @FunctionalInterface
    public interface Work<T> {

        /** Does it. */
        T on(Connection connection) throws SQLException;
    }

    @Override
    public void run(Runnable work) {
        inTransaction(connection -> {
            work.run();
            return null;
        });
    }

    /**
     * Does work of one statement: in this thread's transaction if there is one, else by itself.
     *
     * @throws StoreUnavailableException if the database can't be reached or doesn't answer in time
     * @throws IllegalStateException if it refuses the statement
     */
    public <T> T call(Work<T> work) {
        return joined() ? join(work) : retrying(() -> alone(work));
    }

    /**
     * Does work of several statements: in this thread's transaction if there is one, else in one of its own.
     *
     * @throws StoreUnavailableException if the database can't be reached or doesn't answer in time
     * @throws IllegalStateException if it refuses a statement
     */
    public <T> T inTransaction(Work<T> work) {
        return joined() ? join(work) : retrying(() -> transaction(0, work));
    }

    /**
     * Does work that may take long, in a transaction of its own, without the limits by which a request is answered in time.
     *
     * @param patience for each of its statements
     * @throws StoreUnavailableException if the database can't be reached or doesn't answer in time
     * @throws IllegalStateException if it refuses a statement
     */
    public <T> T inLongTransaction(Duration patience, Work<T> work) {
        int timeout = (int) patience.plusSeconds(1).toMillis();
        return retrying(() -> transaction(timeout, connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL statement_timeout = " + patience.toMillis());
                return work.on(connection);
            }
        }));
    }

    /** Does it once this thread's transaction has taken effect, never if it doesn't; at once if there is none. */
    public void onceCommitted(Runnable action) {
        if (joined()) {
            current.get().onceCommitted.add(action);
        } else {
            action.run();
        }
    }

    private record Transaction(Connection connection, List<Runnable> onceCommitted) {}

    private boolean joined() {
        return current.get() != null;
    }

    private <T> T join(Work<T> work) {
        try {
            return work.on(current.get().connection);
        } catch (SQLException e) {
            throw translate(e);
        }
    }

    private <T> T alone(Work<T> work) throws SQLException {
        try (Connection connection = connect()) {
            T result = work.on(connection);
            answeredAt = System.nanoTime();
            return result;
        }
    }

    private Connection connect() throws SQLException {
        Outage latest = outage;
        if (latest != null && System.nanoTime() - latest.at < PAUSE_NANOS && answeredAt - latest.at < 0) {
            throw new StoreUnavailableException(
                    "database: not a moment ago: " + latest.cause.getMessage(), latest.cause);
        }
        try {
            long started = System.nanoTime();
            do {
                Connection connection = source.getConnection();
                if (System.nanoTime() - answeredAt < IDLE_NANOS || isValid(connection)) {
                    return connection;
                }
                dropIdle();
                // Broken ones are found out at once, of those that fell silent the first one takes all the time there
                // is.
            } while (System.nanoTime() - started < VALIDATION.toNanos());
            throw new SQLException("its connections are broken", "08000");
        } catch (SQLException e) {
            if (SqlStates.isOutage(e)) {
                outage = new Outage(System.nanoTime(), e);
            }
            throw new StoreUnavailableException("database: " + e.getMessage(), e);
        }
    }

    /** One that isn't is closed, and no use to the pool either. */
    private static boolean isValid(Connection connection) throws SQLException {
        if (connection.isValid((int) VALIDATION.toSeconds())) {
            return true;
        }
        try (connection) {
            connection.abort(Runnable::run);
        }
        return false;
    }

    /** Of connections that nobody used for a while, one that is broken is rarely the only one. */
    private void dropIdle() {
        if (source instanceof AgroalDataSource pool) {
            pool.flush(AgroalDataSource.FlushMode.IDLE);
        }
    }

    private record Outage(long at, SQLException cause) {}

    /**
     * @param timeout milliseconds that each answer of the database may take, that to the commit as well; 0: as usual
     */
    private <T> T transaction(int timeout, Work<T> work) throws SQLException {
        Transaction transaction;
        T result;
        try (Connection connection = connect()) {
            transaction = new Transaction(connection, new ArrayList<>());
            Integer usual = null;
            if (timeout != 0) {
                usual = connection.getNetworkTimeout();
                connection.setNetworkTimeout(Runnable::run, timeout);
            }
            connection.setAutoCommit(false);
            current.set(transaction);
            try {
                result = work.on(connection);
                connection.commit();
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(connection, e);
                throw e;
            } finally {
                current.remove();
                restore(connection, usual);
            }
        }
        answeredAt = System.nanoTime();
        transaction.onceCommitted.forEach(Runnable::run);
        return result;
    }

    private static void rollBack(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // A broken connection can't; the database rolls back by itself what it never saw committed.
            failure.addSuppressed(e);
        }
    }

    /**
     * @param networkTimeout null if it wasn't changed
     */
    private static void restore(Connection connection, Integer networkTimeout) {
        try {
            connection.setAutoCommit(true);
            if (networkTimeout != null) {
                connection.setNetworkTimeout(Runnable::run, networkTimeout);
            }
        } catch (SQLException e) {
            // Broken: the pool finds out and drops it.
        }
    }

    private interface Attempt<T> {
        T make() throws SQLException;
    }

    private <T> T retrying(Attempt<T> attempt) {
        for (int tries = 1; ; tries++) {
            try {
                return attempt.make();
            } catch (SQLException e) {
                if (tries == TRIES || !SqlStates.isConflict(e)) {
                    throw translate(e);
                }
            } catch (StoreUnavailableException e) {
                if (tries == TRIES || !(e.getCause() instanceof SQLException cause && SqlStates.isConflict(cause))) {
                    throw e;
                }
            }
            backOff(tries);
        }
    }

    private static void backOff(int tries) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(1, BACK_OFF_MILLIS * tries));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while waiting for another transaction", e);
        }
    }

    private RuntimeException translate(SQLException e) {
        if (e.getCause() instanceof SocketTimeoutException) {
            outage = new Outage(System.nanoTime(), e);
        }
        if (SqlStates.isBroken(e)) {
            dropIdle();
        }
        return SqlStates.isUnavailable(e)
                ? new StoreUnavailableException("database: " + e.getMessage(), e)
                : new IllegalStateException(
                        "database refused (" + e.getSQLState() + "): " + e.getMessage()
                                + (SqlStates.isUnknownTable(e) ? "; is its schema up to date?" : ""),
                        e);
    }
}
