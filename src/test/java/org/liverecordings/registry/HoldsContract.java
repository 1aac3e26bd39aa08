package org.liverecordings.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liverecordings.recording.Recordings.on;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.store.Holds;
import org.liverecordings.recording.store.Holds.Hold;

/** What every store of holds does. */
abstract class HoldsContract {

    static final Duration HOUR = Duration.ofHours(1);

    private static final LineSelector LINE = on("SEP1", "101");

    abstract Holds holds();

    /** Lets all holds that there are end. */
    abstract void endAll();

    @Test
    void whatIsPutIsFoundAsItWasPut() {
        UUID id = put(LINE);
        Hold hold = holds().find(id).orElseThrow();
        assertEquals(id, hold.id());
        assertEquals(LINE, hold.line());
        assertEquals("SEP1", hold.line().deviceName().value());
        assertEquals("legal", hold.why());
        assertEquals("bob", hold.user());
        assertEquals(HOUR, Duration.between(hold.since(), hold.until()));
        assertEquals(Optional.of(hold), holds().covering(List.of(LINE)));
        assertEquals(List.of(hold), holds().latest(10));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                    put        | asked     | held
                    SEP1,101   | sep1,101  | true
                    SEP1,101   | SEP1,102  | false
                    SEP1,101   | SEP2,101  | false
                    SEP1,101   | SEP1,     | false
                    SEP1,101   | ,101      | false
                    SEP1,      | SEP1,101  | true
                    SEP1,      | SEP1,     | true
                    SEP1,      | ,101      | false
                    ,101       | SEP1,101  | true
                    ,101       | ,101      | true
                    ,101       | SEP1,     | false
                    """)
    void aHoldCoversTheLinesThatItNames(String put, String asked, boolean held) {
        put(line(put));
        assertEquals(
                held, holds().covering(List.of(on("SEP7", "107"), line(asked))).isPresent());
    }

    @Test
    void aNameMayHoldWhatNoDatabaseStores() {
        put(on("SEP\0", "1\0"));
        assertTrue(holds().covering(List.of(on("SEP\0", "1\0"))).isPresent());
        assertEquals(Optional.empty(), holds().covering(List.of(on("SEP", "1"))));
    }

    @Test
    void aReasonMayBeMissing() {
        holds().put(List.of(LINE), null, "bob", HOUR);
        assertNull(holds().covering(List.of(LINE)).orElseThrow().why());
    }

    @Test
    void aSecondHoldOnALineIsTheFirstMadeLonger() {
        UUID id = put(LINE);
        List<Hold> again = holds().put(List.of(LINE), "payment", "carol", HOUR.multipliedBy(2));
        Hold hold = holds().find(id).orElseThrow();
        assertEquals(List.of(), again);
        assertEquals(List.of("legal", "bob"), List.of(hold.why(), hold.user()));
        assertTrue(Duration.between(hold.since(), hold.until()).compareTo(HOUR.multipliedBy(2)) >= 0);
    }

    @Test
    void aShorterHoldShortensNone() {
        UUID id = put(LINE);
        Hold before = holds().find(id).orElseThrow();
        holds().put(List.of(LINE), "payment", "carol", Duration.ofMinutes(1));
        Hold after = holds().find(id).orElseThrow();
        assertEquals(before.since(), after.since());
        assertTrue(after.until().isAfter(before.until()));
        assertTrue(after.until().isBefore(before.until().plusMillis(1)));
    }

    @Test
    void ofSeveralTheLongestIsTold() {
        put(LINE);
        UUID longest = holds().put(List.of(on("SEP1", null)), "legal", "bob", HOUR.multipliedBy(3))
                .get(0)
                .id();
        holds().put(List.of(on(null, "101")), "legal", "bob", HOUR.multipliedBy(2));
        assertEquals(longest, holds().covering(List.of(LINE)).orElseThrow().id());
    }

    @Test
    void severalAreToldTheLatestFirst() {
        UUID first = put(on("SEP1", null));
        UUID second = put(on("SEP2", null));
        UUID third = put(on("SEP3", null));
        assertEquals(
                List.of(third, second, first),
                holds().latest(10).stream().map(Hold::id).toList());
        List<Hold> latest = holds().latest(1);
        assertEquals(List.of(third), latest.stream().map(Hold::id).toList());
        assertEquals(
                List.of(second, first),
                holds().before(latest.get(0), 10).stream().map(Hold::id).toList());
        assertEquals(
                List.of(second),
                holds().before(latest.get(0), 1).stream().map(Hold::id).toList());
    }

    @Test
    void itIsLiftedOnce() {
        UUID id = put(LINE);
        assertTrue(holds().lift(id));
        assertFalse(holds().lift(id));
        assertEquals(Optional.empty(), holds().covering(List.of(LINE)));
        assertEquals(Optional.empty(), holds().find(id));
    }

    @Test
    void whatWasLiftedCanBePutAgain() {
        UUID id = put(LINE);
        holds().lift(id);
        UUID again = put(LINE);
        assertFalse(id.equals(again));
        assertTrue(holds().find(again).isPresent());
    }

    @Test
    void anUnknownOneIsNotLifted() {
        put(LINE);
        assertFalse(holds().lift(UUID.randomUUID()));
        assertEquals(Optional.empty(), holds().find(UUID.randomUUID()));
    }

    @Test
    void itIsEndedBeforeItsTimeOnce() {
        Hold hold = holds().find(put(LINE)).orElseThrow();
        assertTrue(holds().end(hold));
        assertFalse(holds().end(hold));
        assertEquals(Optional.empty(), holds().covering(List.of(LINE)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3600, 7200})
    void oneThatWasPutAgainSinceItWasReadIsNotEnded(long seconds) {
        Hold read = holds().find(put(LINE)).orElseThrow();
        holds().put(List.of(LINE), "payment", "carol", Duration.ofSeconds(seconds));
        assertFalse(holds().end(read));
        assertTrue(holds().find(read.id()).isPresent());
    }

    @Test
    void oneThatWasPutAfterTheOneReadIsNotEnded() {
        Hold read = holds().find(put(LINE)).orElseThrow();
        holds().lift(read.id());
        UUID again = put(LINE);
        assertFalse(holds().end(read));
        assertTrue(holds().find(again).isPresent());
    }

    @Test
    void itEndsByItself() {
        UUID id = put(LINE);
        endAll();
        assertEquals(Optional.empty(), holds().covering(List.of(LINE)));
        assertEquals(Optional.empty(), holds().find(id));
        assertEquals(List.of(), holds().latest(10));
        assertFalse(holds().lift(id));
    }

    @Test
    void whereOneHasEndedTheNextIsANewOne() {
        UUID ended = put(LINE);
        endAll();
        UUID id = holds().put(List.of(LINE), "payment", "carol", HOUR).get(0).id();
        Hold hold = holds().find(id).orElseThrow();
        assertFalse(ended.equals(id));
        assertEquals(List.of("payment", "carol"), List.of(hold.why(), hold.user()));
        assertEquals(HOUR, Duration.between(hold.since(), hold.until()));
    }

    @Test
    void whatHasEndedIsRemovedSomeAtATime() {
        put(LINE);
        put(on("SEP2", null));
        put(on(null, "103"));
        endAll();
        put(on("SEP3", null));

        List<Hold> some = holds().removeLapsed(2);

        List<Hold> others = holds().removeLapsed(2);
        assertEquals(List.of(2, 1), List.of(some.size(), others.size()));
        assertEquals(
                Set.of(LINE, on("SEP2", null), on(null, "103")),
                Stream.concat(some.stream(), others.stream()).map(Hold::line).collect(Collectors.toSet()));
        assertEquals(List.of(), holds().removeLapsed(2));
        assertEquals(1, holds().latest(10).size());
    }

    @Test
    void whatHasEndedOnALineIsRemoved() {
        UUID ended = put(LINE);
        put(on("SEP2", null));
        endAll();
        put(on("SEP3", null));

        List<Hold> removed = holds().removeLapsed(List.of(LINE, LINE, on("SEP3", null), on("SEP4", null)));

        assertEquals(List.of(ended), removed.stream().map(Hold::id).toList());
        assertEquals(1, holds().removeLapsed(10).size());
        assertEquals(1, holds().latest(10).size());
    }

    private UUID put(LineSelector line) {
        return holds().put(List.of(line), "legal", "bob", HOUR).get(0).id();
    }

    private static LineSelector line(String text) {
        String[] names = text.split(",", 2);
        return on(names[0], names[1]);
    }
}
