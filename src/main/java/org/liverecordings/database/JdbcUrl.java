package org.liverecordings.database;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import org.eclipse.microprofile.config.spi.Converter;
import org.postgresql.Driver;

/**
 * Refuses an address of the database that the driver can't use, or that has a password in it: pool, driver and migration write
 * addresses to their logs, so none may hold one. It is read with the configuration, before any of these sees it.
 */
public final class JdbcUrl {

    private static final String HOST = "(\\[[0-9A-Fa-f:.%]+]|[^\\[\\]:/?#@,\\s]*)(:\\d{1,5})?";

    private static final String PARAMETERS = "([\\w.%]+(=[^&\\p{Cntrl}]*)?(&|$))*";

    private static final Pattern URL = Pattern.compile(
            "jdbc:postgresql:(//" + HOST + "(," + HOST + ")*/[^/?@\\s]*|/?[^/?@:\\s]*)(\\?" + PARAMETERS + ")?");

    private JdbcUrl() {}

    /** Where the database is. */
    @ConfigMapping(prefix = "quarkus.datasource.jdbc")
    public interface Datasource {

        /** The address as the pool reads it. */
        Optional<@WithConverter(OfDatasource.class) String> url();
    }

    /** Where it is for the migration, if that goes another way. */
    @Unremovable
    @ConfigMapping(prefix = "quarkus.flyway")
    public interface Migration {

        /** The address as the migration reads it. */
        Optional<@WithConverter(OfMigration.class) String> jdbcUrl();
    }

    /** Made by the configuration. */
    @RegisterForReflection
    public static final class OfDatasource implements Converter<String> {

        private static final long serialVersionUID = 1L;

        @Override
        public String convert(String value) {
            return checked("quarkus.datasource.jdbc.url", value);
        }
    }

    /** Made by the configuration. */
    @RegisterForReflection
    public static final class OfMigration implements Converter<String> {

        private static final long serialVersionUID = 1L;

        @Override
        public String convert(String value) {
            return checked("quarkus.flyway.jdbc-url", value);
        }
    }

    private static String checked(String setting, String value) {
        String url = value.strip();
        if (url.isEmpty()) {
            return null;
        }
        String why = refusal(url);
        if (why != null) {
            // Without the value, which may hold a password in whatever way. The library's own exception would show it.
            throw new ConfigurationException(setting + ": " + why);
        }
        return url;
    }

    /** Null if there is none. */
    private static String refusal(String url) {
        int query = url.indexOf('?');
        for (String parameter :
                query < 0 ? new String[0] : url.substring(query + 1).split("&")) {
            if (isSecret(parameter.split("=", 2)[0])) {
                return "has a password among its parameters, where logs would show it; set quarkus.datasource.username and"
                        + " quarkus.datasource.password instead";
            }
        }
        boolean wellFormed = URL.matcher(url).matches();
        int at = url.indexOf('@');
        if (at >= 0 && (query < 0 || at < query || !wellFormed)) {
            return "may have no user and password before the host, where logs would show them; set"
                    + " quarkus.datasource.username and quarkus.datasource.password instead";
        }
        return wellFormed && Driver.parseURL(url, null) != null
                ? null
                : "must be like jdbc:postgresql://db.example.com:5432/live_recordings";
    }

    private static boolean isSecret(String parameter) {
        try {
            return URLDecoder.decode(parameter, StandardCharsets.UTF_8)
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .endsWith("password");
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}
