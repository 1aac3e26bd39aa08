package org.liverecordings.recording.hold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.liverecordings.recording.Recordings.ALICE;
import static org.liverecordings.recording.Recordings.manager;
import static org.liverecordings.recording.Recordings.on;
import static org.liverecordings.recording.store.ListedLines.free;
import static org.liverecordings.recording.store.ListedLines.in;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.recording.Caller;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.audit.NotedTrail;
import org.liverecordings.recording.permission.PermittedLines;
import org.liverecordings.recording.store.Holds;
import org.liverecordings.recording.store.Holds.Hold;
import org.liverecordings.recording.store.ListedLines;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.registry.memory.MemoryHolds;

class HeldLinesUseCaseTest {

    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final Holds holds = new MemoryHolds(() -> now);
    private final NotedTrail trail = new NotedTrail();
    private final PermittedLines lines = new PermittedLines(new ListedLines(
            in("milan", free("SEP1", "101")),
            in("milan", free("SEP1", "102")),
            in("milan", free("SEP2", "103")),
            in("rome", free("SEP3", "103"))));
    private final HeldLinesUseCase heldLines = new HeldLinesUseCase(holds, lines, trail.requests());

    /** Two pages of holds on lines of nobody's were put after them. */
    @BeforeEach
    void putHolds() {
        for (LineSelector line : List.of(on("SEP1", "101"), on("SEP1", null), on("SEP2", "103"), on(null, "103"))) {
            put(List.of(line));
        }
        put(IntStream.range(0, 2 * HeldLinesUseCase.MOST)
                .mapToObj(i -> on("SEP9", Integer.toString(9000 + i)))
                .toList());
    }

    private void put(List<LineSelector> lines) {
        holds.put(lines, "legal", "bob", Duration.ofHours(4));
        now = now.plusSeconds(1);
    }

    private List<LineSelector> shown(Caller caller, LineSelector asked) {
        return heldLines.list(caller, Optional.ofNullable(asked)).stream()
                .map(Hold::line)
                .toList();
    }

    @Test
    void whoManagesAGroupSeesItsHoldsHoweverManyOthersWerePutLater() {
        assertEquals(List.of(on("SEP2", "103"), on("SEP1", null), on("SEP1", "101")), shown(manager("milan"), null));
    }

    @Test
    void oneMoreThanIsShownSaysThatThereAreMore() {
        assertEquals(HeldLinesUseCase.MOST + 1, shown(ALICE, null).size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                    device | number | shown
                    SEP1   |        | /103 SEP1/ SEP1/101
                    sep1   | 101    | SEP1/ SEP1/101
                    SEP1   | 102    | SEP1/
                           | 101    | SEP1/ SEP1/101
                           | 103    | /103 SEP2/103 SEP1/
                    SEP2   |        | /103 SEP2/103
                    SEP7   |        | /103
                    """)
    void thoseOnALineAreFound(String device, String number, String shown) {
        LineSelector asked = LineSelector.of(device, number).orElseThrow();
        List<String> found = shown(ALICE, asked).stream()
                .map(line -> (line.deviceName() == null ? "" : line.deviceName()) + "/"
                        + (line.directoryNumber() == null ? "" : line.directoryNumber()))
                .toList();
        assertEquals(shown, String.join(" ", found));
    }

    @Test
    void anAttemptToLiftWhatCannotBeLookedUpIsOnTheTrail() {
        StoreUnavailableException away = new StoreUnavailableException("away", null);
        HeldLinesUseCase withoutStore = new HeldLinesUseCase(storeAway(away), lines, trail.requests());
        String id = UUID.randomUUID().toString();
        StoreUnavailableException thrown =
                assertThrows(StoreUnavailableException.class, () -> withoutStore.lift(ALICE, id));
        assertSame(away, thrown);
        assertEquals(List.of("asked LIFT_HOLD", "ended UNKNOWN"), trail.notes());
        assertEquals(id, trail.everAsked().get(0).id());
    }

    private static Holds storeAway(RuntimeException failure) {
        return (Holds) Proxy.newProxyInstance(Holds.class.getClassLoader(), new Class<?>[] {Holds.class}, (p, m, a) -> {
            throw failure;
        });
    }
}
