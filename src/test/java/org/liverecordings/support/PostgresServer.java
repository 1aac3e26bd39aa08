package org.liverecordings.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;

/** A real PostgreSQL on a port of its own, which can be stopped and started again with its data. */
public final class PostgresServer implements AutoCloseable {

    /** How many migrations make the schema of a database that has none. */
    public static final int MIGRATIONS = 8;

    /** Adds a migration to the history of which this version knows nothing. */
    public static final String NEWER_MIGRATION =
            "INSERT INTO flyway_schema_history SELECT installed_rank + 98, '99', 'of a newer version', type,"
                    + " 'V99__of_a_newer_version.sql', checksum, installed_by, installed_on, execution_time, TRUE"
                    + " FROM flyway_schema_history WHERE installed_rank = 1";

    /** A function to call in a transaction of {@link #startWithoutStandby}. */
    public static final String WAIT_FOR_STANDBY = "set_config('synchronous_commit', 'on', TRUE)";

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static PostgresServer shared;

    private final Path directory;
    private final int port;
    private final Map<String, String> configuration;
    private EmbeddedPostgres server;

    private PostgresServer(Path directory, int port, Map<String, String> configuration) {
        this.directory = directory;
        this.port = port;
        this.configuration = configuration;
    }

    /** One for this JVM's tests that only need a database; it ends with the JVM. */
    public static synchronized PostgresServer shared() {
        if (shared == null) {
            shared = start();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /** One for a test that stops it. */
    public static PostgresServer start() {
        return start(Map.of());
    }

    /** One that shows this certificate to whoever wants TLS. */
    public static PostgresServer startTls(TestCertificate certificate) {
        return start(Map.of(
                "ssl", "on",
                "ssl_cert_file", certificate.pemFile().toString(),
                "ssl_key_file", certificate.keyFile().toString()));
    }

    /** One that asks everybody but {@code postgres} for a password. */
    public static PostgresServer startWithPasswords() {
        try {
            Path rules = Files.createTempFile("pg_hba", ".conf");
            rules.toFile().deleteOnExit();
            Files.writeString(rules, """
                    local all all trust
                    host all postgres 127.0.0.1/32 trust
                    host all all 127.0.0.1/32 scram-sha-256
                    """);
            return start(Map.of("hba_file", rules.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One whose standby is away: a transaction with {@link #WAIT_FOR_STANDBY} waits for it as it commits. */
    public static PostgresServer startWithoutStandby() {
        return start(Map.of("synchronous_standby_names", "away", "synchronous_commit", "local"));
    }

    private static PostgresServer start(Map<String, String> configuration) {
        try {
            Path directory = Files.createTempDirectory("postgres");
            PostgresServer started = new PostgresServer(directory, ServiceProcess.freePort(), configuration);
            started.startAgain();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After {@link #stop}. */
    public void startAgain() {
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
            configuration.forEach(builder::setServerConfig);
            server = builder.setDataDirectory(directory)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("fsync", "off")
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends all connections and the server; the data stay. */
    public void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** Makes a database without tables, and names it. */
    public String newDatabase() {
        String name = "test" + DATABASES.incrementAndGet();
        execute("CREATE DATABASE " + name);
        return name;
    }

    /** Runs statements on a connection of its own to the database {@code postgres}, where nobody else's settings apply. */
    public void execute(String... statements) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether sessions that begin from now on can only read. */
    public void readOnly(String database, boolean readOnly) {
        execute("ALTER DATABASE " + database + " SET default_transaction_read_only = " + (readOnly ? "on" : "off"));
    }

    /**
     * Waits for a commit that waits for its standby, and ends that wait.
     *
     * @param function {@code pg_cancel_backend} or {@code pg_terminate_backend}
     */
    public void endWaitForStandby(String function) {
        execute("DO $$ BEGIN FOR i IN 1..1000 LOOP PERFORM " + function
                + "(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'; EXIT WHEN FOUND;"
                + " PERFORM pg_sleep(0.01); PERFORM pg_stat_clear_snapshot(); END LOOP; END $$");
    }

    /** Where the database is. */
    public String url(String database) {
        return url(database, port);
    }

    /** Where the database is, through a proxy on that port. */
    public static String url(String database, int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Settings with which the service uses the database. */
    public static Map<String, String> settings(String url) {
        Map<String, String> settings = new HashMap<>();
        settings.put("LIVE_RECORDINGS_REGISTRY", "postgresql");
        settings.put("QUARKUS_DATASOURCE_JDBC_URL", url);
        settings.put("QUARKUS_DATASOURCE_USERNAME", "postgres");
        settings.put("QUARKUS_DATASOURCE_PASSWORD", "postgres");
        return settings;
    }

    /** A pool of connections to a new database with the service's tables, as the service has it. */
    public AgroalDataSource migrated() {
        return migrated(newDatabase());
    }

    /** A pool of connections to this database, which gets the service's tables. */
    public AgroalDataSource migrated(String database) {
        return migratedAt(url(database));
    }

    /** The same at any address. */
    public static AgroalDataSource migratedAt(String url) {
        AgroalDataSource pool = pool(url, true);
        Flyway.configure().dataSource(pool).load().migrate();
        return pool;
    }

    /**
     * The same, with transactions that conflict refused rather than put in a line, as engines that scale out have them.
     */
    public AgroalDataSource migratedSerializable() {
        String database = newDatabase();
        try (AgroalDataSource pool = migrated(database);
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + database + " SET default_transaction_isolation = 'serializable'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return pool(database);
    }

    /** A pool of connections to this database. */
    public AgroalDataSource pool(String database) {
        return pool(url(database), true);
    }

    /**
     * A pool of connections.
     *
     * @param validated whether each is tried before it is used
     */
    public static AgroalDataSource pool(String url, boolean validated) {
        try {
            return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .metricsEnabled()
                    .connectionPoolConfiguration(pool -> pool.maxSize(20)
                            .acquisitionTimeout(Duration.ofSeconds(10))
                            .connectionValidator(ConnectionValidator.defaultValidator())
                            .validateOnBorrow(validated)
                            .connectionFactoryConfiguration(factory -> factory.jdbcUrl(url)
                                    .principal(new NamePrincipal("postgres"))
                                    .jdbcProperty("options", "-c statement_timeout=1500")
                                    .jdbcProperty("prepareThreshold", "0"))));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
        delete(directory);
    }

    private static void delete(Path directory) {
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // What is left of it is temporary anyway.
        }
    }
}
