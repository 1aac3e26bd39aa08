package org.liverecordings.support;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/** Notes the prepared statements that run on a data source's connections, and how PostgreSQL goes about each. */
public final class Statements {

    private final DataSource source;
    private final List<Ran> ran = new CopyOnWriteArrayList<>();
    private final List<String> sent = new CopyOnWriteArrayList<>();

    private Statements(DataSource source) {
        this.source = source;
    }

    public static Statements on(DataSource source) {
        return new Statements(source);
    }

    /**
     * A statement that ran.
     *
     * @param plan what {@code EXPLAIN} says of it with its own parameters, right before it runs
     */
    public record Ran(String text, List<String> plan) {}

    /** The data source through which they are noted. */
    public DataSource source() {
        return proxy(
                DataSource.class,
                source,
                (method, arguments, result) ->
                        result.get() instanceof Connection connection ? noted(connection) : result.get());
    }

    /** What ran while this work did, each as often as it ran. */
    public List<Ran> during(Runnable work) {
        ran.clear();
        work.run();
        return List.copyOf(ran);
    }

    /** All that the database was sent while this work did, {@code BEGIN} and {@code COMMIT} as well. */
    public List<String> sentDuring(Runnable work) {
        sent.clear();
        work.run();
        return List.copyOf(sent);
    }

    private Connection noted(Connection connection) {
        return proxy(Connection.class, connection, (method, arguments, result) -> {
            if (method.getName().equals("setAutoCommit") && arguments[0].equals(false)) {
                sent.add("BEGIN");
            } else if (method.getName().equals("commit") || method.getName().equals("rollback")) {
                sent.add(method.getName().toUpperCase(Locale.ROOT));
            }
            Object made = result.get();
            return made instanceof PreparedStatement statement
                    ? noted(statement, connection, (String) arguments[0])
                    : made;
        });
    }

    private PreparedStatement noted(PreparedStatement statement, Connection connection, String text) {
        Map<Object, Call> parameters = new HashMap<>();
        return proxy(PreparedStatement.class, statement, (method, arguments, result) -> {
            if (method.getName().startsWith("set") && arguments.length > 1) {
                parameters.put(arguments[0], new Call(method, arguments));
            } else if (method.getName().startsWith("execute")) {
                sent.add(text);
                ran.add(new Ran(text, explain(connection, text, parameters)));
            }
            return result.get();
        });
    }

    private static List<String> explain(Connection connection, String text, Map<Object, Call> parameters)
            throws SQLException, ReflectiveOperationException {
        try (PreparedStatement explain = connection.prepareStatement("EXPLAIN " + text)) {
            for (Call parameter : parameters.values()) {
                parameter.method.invoke(explain, parameter.arguments);
            }
            List<String> plan = new ArrayList<>();
            try (ResultSet rows = explain.executeQuery()) {
                while (rows.next()) {
                    plan.add(rows.getString(1));
                }
            }
            return plan;
        }
    }

    private record Call(Method method, Object... arguments) {}

    private interface Result {

        /** Lets the call happen. */
        Object get() throws ReflectiveOperationException;
    }

    private interface Noting {

        /** What to return in the result's place. */
        Object call(Method method, Object[] arguments, Result result) throws SQLException, ReflectiveOperationException;
    }

    private static <T> T proxy(Class<T> type, T target, Noting noting) {
        return type.cast(Proxy.newProxyInstance(
                Statements.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return noting.call(method, arguments, () -> method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
