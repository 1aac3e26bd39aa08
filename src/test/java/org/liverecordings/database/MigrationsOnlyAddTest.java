package org.liverecordings.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.agroal.api.AgroalDataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.liverecordings.support.PostgresServer;

/**
 * During a rollout, and after a rollback, a replica of the version before works on a schema that is newer than it knows. Its statements
 * go on working if a migration takes nothing away and demands nothing new. The step to version 2 did both; docs/upgrading.md says how to
 * take it.
 */
class MigrationsOnlyAddTest {

    private static final int FIRST = 3;

    private static final String COLUMNS =
            "SELECT table_name || '.' || column_name || ' ' || udt_name || ' nullable=' || is_nullable"
                    + " FROM information_schema.columns WHERE table_schema = 'public'";

    /** What a new row must meet, and what ON CONFLICT relies on. */
    private static final String RULES =
            "SELECT conrelid::regclass || ': ' || pg_get_constraintdef(oid) FROM pg_constraint"
                    + " WHERE connamespace = 'public'::regnamespace AND contype <> 'n'"
                    + " UNION SELECT indrelid::regclass || ': ' || pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class t ON t.oid = indrelid"
                    + " WHERE indisunique AND t.relnamespace = 'public'::regnamespace"
                    + " UNION SELECT tgrelid::regclass || ': ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal";

    private static final String TO_BE_GIVEN = "SELECT table_name || '.' || column_name FROM information_schema.columns"
            + " WHERE table_schema = 'public' AND is_nullable = 'NO' AND column_default IS NULL";

    private final PostgresServer server = PostgresServer.shared();
    private final AgroalDataSource pool = server.pool(server.newDatabase());

    static Stream<Integer> versions() {
        return IntStream.rangeClosed(FIRST, Integer.parseInt(Schema.VERSION)).boxed();
    }

    @AfterEach
    void disconnect() {
        pool.close();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theStatementsOfTheVersionBeforeFindEverythingAsItWas(int version) {
        migrate(version - 1);
        Set<String> columns = select(COLUMNS);
        Set<String> rules = select(RULES);
        Set<String> toBeGiven = select(TO_BE_GIVEN);
        Set<String> tables = new TreeSet<>(columns.stream()
                .map(column -> column.substring(0, column.indexOf('.')))
                .toList());

        migrate(version);

        columns.removeAll(select(COLUMNS));
        assertEquals(Set.of(), columns);
        assertEquals(rules, ofTables(tables, select(RULES)));
        assertEquals(toBeGiven, ofTables(tables, select(TO_BE_GIVEN)));
    }

    private void migrate(int version) {
        Flyway.configure()
                .dataSource(pool)
                .target(Integer.toString(version))
                .load()
                .migrate();
    }

    private Set<String> select(String sql) {
        List<String> rows =
                new Database(pool).call(connection -> Sql.of(sql).list(connection, row -> row.getString(1)));
        return new TreeSet<>(rows);
    }

    /** Those of tables that were there before. */
    private static Set<String> ofTables(Set<String> tables, Set<String> rows) {
        return new TreeSet<>(rows.stream()
                .filter(row -> tables.contains(row.split("[.:]", 2)[0]))
                .toList());
    }
}
