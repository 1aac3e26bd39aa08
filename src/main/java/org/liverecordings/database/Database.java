package org.liverecordings.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
    private final Transactions transactions;

    /** Never null. Its connections are bounded in time; ours to decide is only what a failure means. */
    public Database(DataSource source) {
        this.connections = new Connections(source);
        this.transactions = new Transactions(connections);
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

    /** The rows that a statement yields, as {@link #call} says. */
    public <T> List<T> list(Sql statement, Sql.RowReader<T> reader) {
        return call(connection -> statement.list(connection, reader));
    }

    /** The first row that a statement yields, as {@link #call} says; its reader must not yield null. */
    public <T> Optional<T> first(Sql statement, Sql.RowReader<T> reader) {
        return call(connection -> statement.first(connection, reader));
    }

    /** Whether a statement yields a row, as {@link #call} says. */
    public boolean exists(Sql statement) {
        return first(statement, row -> true).isPresent();
    }

    /** The number of rows that a statement changes, as {@link #call} says. */
    public int update(Sql statement) {
        return call(statement::update);
    }

    /**
     * Does work of one statement: in this thread's transaction if there is one, else by itself.
     *
     * @throws StoreUnavailableException if the database can't be reached or doesn't answer in time
     * @throws IllegalStateException if it refuses the statement
     */
    public <T> T call(Work<T> work) {
        return joined(work, () -> connections.with(work));
    }

    /**
     * Does work of several statements: in this thread's transaction if there is one, else in one of its own.
     *
     * @throws StoreUnavailableException if the database can't be reached or doesn't answer in time
     * @throws IllegalStateException if it refuses a statement
     */
    public <T> T inTransaction(Work<T> work) {
        return joined(work, () -> transactions.run(work));
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
        return retried(() -> transactions.run(connection -> {
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
        transactions.onceCommitted(action);
    }

    /** Whether this thread has a transaction: one that fails may be run again. */
    public boolean isInTransaction() {
        return transactions.isOpen();
    }

    /** What conflicts within a transaction can only be run again with all of it. */
    private <T> T joined(Work<T> work, Conflicts.Attempt<T> alone) {
        return transactions.isOpen() ? translated(() -> transactions.join(work)) : retried(alone);
    }

    private <T> T retried(Conflicts.Attempt<T> attempt) {
        return translated(() -> Conflicts.retried(attempt));
    }

    private <T> T translated(Conflicts.Attempt<T> attempt) {
        try {
            return attempt.make();
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
