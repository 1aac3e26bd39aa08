package org.liverecordings.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.recording.store.UnitOfWork;
import org.liverecordings.recording.store.UnsafeCommitException;

/**
 * The way to the database. Work of one thread inside {@link #run} shares one transaction, whichever adapter does it; outside of
 * it, each piece of work is a transaction of its own.
 *
 * <p>Engines that scale out refuse a transaction that conflicts with another one rather than let it wait: then it is run again,
 * as a whole, so that work must be able to run more than once.
 */
public final class Database implements UnitOfWork {

    private final Connections connections;
    private final ThreadLocal<Transaction> current = new ThreadLocal<>();

    /** Never null. Its connections are bounded in time; ours to decide is only what a failure means. */
    public Database(DataSource source) {
        this.connections = new Connections(source);
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
        return joined() ? join(work) : translated(() -> connections.with(work));
    }

    /**
     * Does work of several statements: in this thread's transaction if there is one, else in one of its own.
     *
     * @throws StoreUnavailableException if the database can't be reached or doesn't answer in time
     * @throws IllegalStateException if it refuses a statement
     */
    public <T> T inTransaction(Work<T> work) {
        return joined() ? join(work) : translated(() -> transaction(work));
    }

    /**
     * Does work that may take long, in a transaction of its own, without the limits by which a request is answered in time.
     *
     * @param statementTimeout for each of its statements
     * @throws StoreUnavailableException if the database can't be reached or doesn't answer in time
     * @throws IllegalStateException if it refuses a statement
     */
    public <T> T inLongTransaction(Duration statementTimeout, Work<T> work) {
        int answer = (int) statementTimeout.plusSeconds(1).toMillis();
        return translated(() -> transaction(connection -> {
            // That to the commit may take as long; whoever has the connection next gets the usual time again.
            connection.setNetworkTimeout(Runnable::run, answer);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL statement_timeout = " + statementTimeout.toMillis());
            }
            return work.on(connection);
        }));
    }

    /**
     * Whether the database can be used, for writing too. Tries it on a connection, if one is free: that takes as long as to make one
     * and to get an answer.
     */
    boolean isUsable() {
        return connections.isUsable();
    }

    /** Whether it has answered anybody of late, and doesn't refuse since. */
    boolean hasJustAnswered() {
        return connections.hasJustAnswered();
    }

    /** How it is now, as far as that is known without asking it. */
    public DatabaseState state() {
        return connections.state();
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

    private <T> T transaction(Work<T> work) throws SQLException {
        List<Runnable> onceCommitted = new ArrayList<>();
        T result = connections.with(connection -> {
            int usualTimeout = connection.getNetworkTimeout();
            connection.setAutoCommit(false);
            current.set(new Transaction(connection, onceCommitted));
            try {
                T made = work.on(connection);
                commit(connection);
                return made;
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(connection, e);
                throw e;
            } finally {
                current.remove();
                restore(connection, usualTimeout);
            }
        });
        onceCommitted.forEach(Runnable::run);
        return result;
    }

    /** What the server warns of may not outlive a failover, so it counts as a commit of which nobody knows. */
    private static void commit(Connection connection) throws SQLException {
        connection.clearWarnings();
        connection.commit();
        SQLWarning warning = SqlStates.ofUnsafeCommit(connection.getWarnings());
        if (warning != null) {
            throw warning;
        }
    }

    private static void rollBack(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // A broken connection can't; the database rolls back by itself what it never saw committed.
            failure.addSuppressed(e);
        }
    }

    private static void restore(Connection connection, int networkTimeout) {
        try {
            connection.setAutoCommit(true);
            connection.setNetworkTimeout(Runnable::run, networkTimeout);
        } catch (SQLException e) {
            // Broken: the pool finds out and drops it.
        }
    }

    private <T> T translated(Conflicts.Attempt<T> attempt) {
        try {
            return Conflicts.retried(attempt);
        } catch (SQLException e) {
            throw translate(e);
        }
    }

    private RuntimeException translate(SQLException e) {
        connections.failed(e);
        if (e instanceof SQLWarning) {
            return new UnsafeCommitException("database: " + e.getMessage(), e);
        }
        return SqlStates.isUnavailable(e)
                ? new StoreUnavailableException("database: " + e.getMessage(), e)
                : new IllegalStateException(
                        "database refused (" + e.getSQLState() + "): " + e.getMessage()
                                + (SqlStates.isUnknownTable(e) ? "; is its schema up to date?" : ""),
                        e);
    }
}
