package org.liverecordings.recording.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.liverecordings.recording.Recordings.ALICE;
import static org.liverecordings.recording.Recordings.id;
import static org.liverecordings.recording.Recordings.listed;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.liverecordings.recording.Caller;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.recording.store.Timers;
import org.liverecordings.recording.store.Timers.Action;
import org.liverecordings.recording.store.Timers.Times;
import org.liverecordings.registry.memory.MemoryTimers;

class ListWithTimersTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final ListedRecording A = listed(id(1), "alice");
    private static final ListedRecording B = listed(id(2), "bob");

    private final Timers timers = new MemoryTimers(null, 10, () -> NOW);
    private final ListRecordingsUseCase both = new ListRecordingsUseCase() {
        @Override
        public List<ListedRecording> list(Caller caller, ListFilter filter) {
            return List.of(A, B);
        }

        @Override
        public Optional<ListedRecording> find(Caller caller, RecordingId id) {
            return Optional.of(B);
        }
    };
    private final ListRecordingsUseCase list = new ListWithTimers(both, timers);

    private void set() {
        timers.set(
                List.of(id(2)),
                Action.STOP,
                Duration.ofHours(1),
                new Timers.Setter(UUID.randomUUID(), "alice", "c-1", Duration.ZERO));
    }

    @Test
    void whatStopsByItselfIsToldInTheList() {
        set();
        assertEquals(List.of(A, B.with(new Times(null, NOW.plusSeconds(3600)))), list.list(ALICE, ListFilter.ALL));
    }

    @Test
    void andOfOne() {
        set();
        assertEquals(Optional.of(B.with(new Times(null, NOW.plusSeconds(3600)))), list.find(ALICE, id(2)));
    }

    @Test
    void withoutTimersTheListIsAsItWas() {
        assertEquals(List.of(A, B), list.list(ALICE, ListFilter.ALL));
    }

    /** A suite lists although our own database is away. */
    @Test
    void recordingsAreListedWhoseTimersNobodyCanTell() {
        Timers away = (Timers) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Timers.class}, (proxy, method, arguments) -> {
                    throw new StoreUnavailableException("away", null);
                });
        assertEquals(List.of(A, B), new ListWithTimers(both, away).list(ALICE, ListFilter.ALL));
    }
}
