package org.liverecordings.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** A statement and its parameters, bound in the order in which they are added. */
public final class Sql {

    private final String text;
    private final List<Object> parameters = new ArrayList<>();

    private Sql(String text) {
        this.text = text;
    }

    /** Never null; each {@code ?} is a parameter. */
    public static Sql of(String text) {
        return new Sql(text);
    }

    /**
     * Adds parameters.
     *
     * @param values texts, UUIDs, instants, numbers, booleans, arrays of UUIDs or texts; null for SQL's null
     */
    public Sql with(Object... values) {
        for (Object value : values) {
            parameters.add(value);
        }
        return this;
    }

    /** Reads a row. */
    @FunctionalInterface
    public interface RowReader<T> {

        /** Reads the row that the result set is at. */
        T read(ResultSet row) throws SQLException;
    }

    /** The rows that the statement yields. */
    public <T> List<T> list(Connection connection, RowReader<T> reader) throws SQLException {
        try (PreparedStatement statement = prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            List<T> list = new ArrayList<>();
            while (rows.next()) {
                list.add(reader.read(rows));
            }
            checkCommit(statement);
            return list;
        }
    }

    /** The first row that the statement yields; its reader must not yield null. */
    public <T> Optional<T> first(Connection connection, RowReader<T> reader) throws SQLException {
        try (PreparedStatement statement = prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            Optional<T> first = rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
            checkCommit(statement);
            return first;
        }
    }

    /** The number of rows that the statement changed. */
    public int update(Connection connection) throws SQLException {
        try (PreparedStatement statement = prepare(connection)) {
            int changed = statement.executeUpdate();
            checkCommit(statement);
            return changed;
        }
    }

    /** Runs the statement, whatever it yields. */
    public void execute(Connection connection) throws SQLException {
        try (PreparedStatement statement = prepare(connection)) {
            statement.execute();
            checkCommit(statement);
        }
    }

    /** Outside of a transaction a statement commits by itself, and may be warned that this isn't safe. */
    private static void checkCommit(PreparedStatement statement) throws SQLException {
        SQLWarning warning = SqlStates.ofUnsafeCommit(statement.getWarnings());
        if (warning != null && statement.getConnection().getAutoCommit()) {
            throw warning;
        }
    }

    private PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text);
        try {
            bind(statement, parameters.toArray());
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    /** Binds all parameters of a statement. */
    public static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof String string) {
                statement.setString(i + 1, storable(string));
            } else if (value instanceof Instant instant) {
                statement.setObject(i + 1, OffsetDateTime.ofInstant(instant, ZoneOffset.UTC));
            } else if (value instanceof UUID[] ids) {
                statement.setArray(i + 1, statement.getConnection().createArrayOf("uuid", ids));
            } else {
                statement.setObject(i + 1, value);
            }
        }
    }

    /** What each of these is called, as a parameter for {@code = ANY (?)}. */
    public static <T> String[] texts(Collection<T> values, Function<T, String> text) {
        return values.stream().map(text).map(Sql::storable).toArray(String[]::new);
    }

    /** PostgreSQL's text holds every character but one, and a client may well send that one. */
    static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    /** The instant in a column; null for SQL's null. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** The UUID in a column; null for SQL's null. */
    public static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }
}
