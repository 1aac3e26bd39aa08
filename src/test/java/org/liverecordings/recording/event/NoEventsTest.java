package org.liverecordings.recording.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.stream.Stream;

import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NoEventsTest {

    private static final NoEvents EVENTS = new NoEvents();

    @ParameterizedTest
    @MethodSource("requests")
    void whoeverAsksForEventsHearsWhyThereAreNone(Executable request) {
        NoEventsException none = assertThrows(NoEventsException.class, request);

        assertEquals("events are off, see live-recordings.events.enabled", none.getMessage());
    }

    static Stream<Executable> requests() {
        return Stream.of(
                EVENTS::latest,
                () -> EVENTS.after(0, 1),
                () -> EVENTS.older(0, 1),
                () -> EVENTS.listen(() -> {}),
                () -> EVENTS.replay("crm", Instant.EPOCH));
    }
}
