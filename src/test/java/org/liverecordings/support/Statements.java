package org.liverecordings.support;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/** Notes the prepared statements that run on a data source's connections. */
public final class Statements {

    private final DataSource source;
    private final List<String> texts = new CopyOnWriteArrayList<>();

    private Statements(DataSource source) {
        this.source = source;
    }

    public static Statements on(DataSource source) {
        return new Statements(source);
    }

    /** The data source through which they are noted. */
    public DataSource source() {
        return proxy(
                DataSource.class,
                source,
                (method, arguments, result) -> result instanceof Connection connection ? noted(connection) : result);
    }

    /** What ran while this work did, each as often as it ran. */
    public List<String> during(Runnable work) {
        texts.clear();
        work.run();
        return List.copyOf(texts);
    }

    private Connection noted(Connection connection) {
        return proxy(
                Connection.class,
                connection,
                (method, arguments, result) -> result instanceof PreparedStatement statement
                        ? noted(statement, (String) arguments[0])
                        : result);
    }

    private PreparedStatement noted(PreparedStatement statement, String text) {
        return proxy(PreparedStatement.class, statement, (method, arguments, result) -> {
            if (method.getName().startsWith("execute")) {
                texts.add(text);
            }
            return result;
        });
    }

    private interface After {

        /** What to return in the result's place. */
        Object call(Method method, Object[] arguments, Object result);
    }

    private static <T> T proxy(Class<T> type, T target, After after) {
        return type.cast(Proxy.newProxyInstance(
                Statements.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return after.call(method, arguments, method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
