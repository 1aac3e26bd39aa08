package org.liverecordings.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcUrlTest {

    private final JdbcUrl.OfDatasource converter = new JdbcUrl.OfDatasource();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db.example.com:5432/live_recordings",
                "jdbc:postgresql://db/live_recordings",
                "jdbc:postgresql://db/",
                "jdbc:postgresql://[2001:db8::1]:5432/live_recordings",
                "jdbc:postgresql://one:5432,two:5433/live_recordings?targetServerType=primary",
                "jdbc:postgresql://db/live%40recordings",
                "jdbc:postgresql:live_recordings",
                "jdbc:postgresql://db/x?sslmode=verify-full&sslrootcert=/etc/ssl/ca.pem",
                "jdbc:postgresql://db/x?options=-c%20search_path=a@b&user=service",
                "jdbc:postgresql://db/x?ssl&sslmode=verify-full",
                "jdbc:postgresql://db/x?sslpasswordcallback=a.b.C"
            })
    void anAddressOfPostgresqlIsTakenAsItIs(String url) {
        assertEquals(url, converter.convert(url));
    }

    @Test
    void whiteSpaceAroundItDoesntMatter() {
        assertEquals("jdbc:postgresql://db/x", converter.convert(" jdbc:postgresql://db/x\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void aBlankOneIsNone(String blank) {
        assertNull(converter.convert(blank));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://db.secret:5432/live_recordings",
                "postgres://db.secret/live_recordings",
                "jdbc:mysql://db.secret/live_recordings",
                "jdbc:postgres://db.secret/live_recordings",
                "JDBC:postgresql://db.secret/live_recordings",
                "db.secret",
                "jdbc:postgresql",
                "jdbc:postgresql://secret",
                "jdbc:postgresql://db:secret/live_recordings",
                "jdbc:postgresql://db:99999/secret",
                "jdbc:postgresql://db/secret\nmore"
            })
    void whatIsNoAddressOfPostgresqlIsRefused(String url) {
        assertEquals(
                "quarkus.datasource.jdbc.url: must be like jdbc:postgresql://db.example.com:5432/live_recordings",
                refusal(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/x?user=service&password=secret",
                "jdbc:postgresql://db/x?password=secret&user=service",
                "jdbc:postgresql://db/x?sslpassword=secret",
                "jdbc:postgresql://db/x?PassWord=secret",
                "jdbc:postgresql://db/x?pass%77ord=secret",
                "jdbc:mysql://db/x?password=secret",
                "postgresql://db/x?password=secret",
                "jdbc:postgresql://db/x?password"
            })
    void aPasswordAmongTheParametersIsRefused(String url) {
        assertTrue(refusal(url).contains(" a password among its parameters"), () -> refusal(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://service:secret@db/x",
                "postgresql://service:secret@db:5432/x",
                "jdbc:postgresql://service:se/cret@db/x",
                "jdbc:postgresql://service:se?cret@db/x",
                "jdbc:postgresql://service:1234@db/x",
                "jdbc:postgresql://service:12/secret?34@db/x",
                "jdbc:postgresql://secret@db/x"
            })
    void aUserBeforeTheHostIsRefused(String url) {
        assertTrue(refusal(url).contains(" no user and password before the host"), () -> refusal(url));
    }

    /** The message is without the address, whatever is in it. */
    private String refusal(String url) {
        String message = assertThrows(ConfigurationException.class, () -> converter.convert(url))
                .getMessage();
        assertFalse(message.contains("secret"), message);
        assertTrue(message.startsWith("quarkus.datasource.jdbc.url: "), message);
        return message;
    }
}
