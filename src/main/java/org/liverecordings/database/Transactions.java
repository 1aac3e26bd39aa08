package org.liverecordings.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;

/** The transactions of threads, one of each at a time. */
final class Transactions {

    private final Connections connections;
    private final ThreadLocal<Transaction> current = new ThreadLocal<>();

    Transactions(Connections connections) {
        this.connections = connections;
    }

    private record Transaction(Connection connection, List<Runnable> onceCommitted) {}

    /** Whether this thread has one. */
    boolean isOpen() {
        return current.get() != null;
    }

    /** Does work in this thread's transaction. */
    <T> T join(Database.Work<T> work) throws SQLException {
        return work.on(current.get().connection);
    }

    /** Does it once this thread's transaction has taken effect, never if it doesn't; at once if there is none. */
    void onceCommitted(Runnable action) {
        if (isOpen()) {
            current.get().onceCommitted.add(action);
        } else {
            action.run();
        }
    }

    /** Does work in a new one, which commits with its end and has no effect if it throws. */
    <T> T run(Database.Work<T> work) throws SQLException {
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
}
