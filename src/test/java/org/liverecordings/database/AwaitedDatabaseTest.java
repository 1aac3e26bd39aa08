package org.liverecordings.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.support.LogLines;

class AwaitedDatabaseTest {

    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void whatSucceedsIsDoneOnce() {
        assertEquals("done", call(Duration.ofSeconds(30), 0, null));
        assertEquals(1, tries.get());
    }

    @ParameterizedTest
    @CsvSource({"08001", "08006", "57P03", "53300", "25006", "''"})
    void whatADatabaseThatIsAwayKeepsFromBeingDoneIsDoneWhenItIsBack(String state) {
        try (LogLines log = LogLines.listen()) {
            assertEquals("done", call(Duration.ofSeconds(30), 1, away(state)));
            assertEquals(
                    1,
                    log.with("waiting for the database try=1 cause=\"no? connection\"")
                            .size());
        }
        assertEquals(2, tries.get());
    }

    @Test
    void aDatabaseThatStaysAwayEndsIt() {
        StoreUnavailableException away = away("08001");
        IllegalStateException thrown =
                assertThrows(IllegalStateException.class, () -> call(Duration.ofSeconds(1), 99, away));
        assertEquals(
                "the database isn't ready, tries=2 (live-recordings.database.start-timeout=PT1S): no  connection",
                thrown.getMessage());
        assertSame(away, thrown.getCause());
    }

    @Test
    void withoutTimeItIsTriedOnce() {
        assertThrows(IllegalStateException.class, () -> call(Duration.ZERO, 99, away("08001")));
        assertEquals(1, tries.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"28P01", "28000", "3D000", "42501"})
    void aDatabaseThatTurnsUsAwayEndsItAtOnce(String state) {
        IllegalStateException thrown =
                assertThrows(IllegalStateException.class, () -> call(Duration.ofSeconds(30), 99, away(state)));
        assertTrue(thrown.getMessage().startsWith("can't use the database: database: no "), thrown::getMessage);
        assertEquals(1, tries.get());
    }

    @Test
    void whatElseGoesWrongIsThrownAsItIs() {
        IllegalStateException refused = new IllegalStateException("refused", new SQLException("no table", "42P01"));
        IllegalStateException thrown =
                assertThrows(IllegalStateException.class, () -> call(Duration.ofSeconds(30), 99, refused));
        assertSame(refused, thrown);
        assertEquals(1, tries.get());
    }

    @Test
    void anInterruptEndsTheWait() {
        Thread.currentThread().interrupt();
        IllegalStateException thrown =
                assertThrows(IllegalStateException.class, () -> call(Duration.ofSeconds(30), 99, away("08001")));
        assertEquals("interrupted while waiting for the database", thrown.getMessage());
        assertTrue(Thread.interrupted());
    }

    private String call(Duration timeout, int failures, RuntimeException failure) {
        return new AwaitedDatabase(timeout).call(() -> {
            if (tries.incrementAndGet() <= failures) {
                throw failure;
            }
            return "done";
        });
    }

    /** As {@link Database} has it; the pool's own failures have no state. */
    private static StoreUnavailableException away(String state) {
        SQLException cause = new SQLException("no\n connection", state.isEmpty() ? null : state);
        return new StoreUnavailableException("database: " + cause.getMessage(), cause);
    }
}
