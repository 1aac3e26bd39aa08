package org.liverecordings.api.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.api.TooManyStreamsException;
import org.liverecordings.recording.event.EventFeed;
import org.liverecordings.support.Settings;

/** Who finds a place. */
class EventStreamsTest {

    /** Nothing happens. */
    private static final EventFeed QUIET = new EventFeed() {

        @Override
        public long latest() {
            return 0;
        }

        @Override
        public Optional<List<FeedEvent>> after(long position, int limit) {
            return Optional.of(List.of());
        }

        @Override
        public Optional<List<FeedEvent>> older(long position, int limit) {
            return Optional.of(List.of());
        }

        @Override
        public Listening listen(Runnable listener) {
            return () -> {};
        }
    };

    private static EventStreams streams(int limit) {
        return new EventStreams(
                Settings.of(StreamsConfig.class, Map.of("live-recordings.events.streams", Integer.toString(limit))));
    }

    private static int takeAll(EventStreams streams, String user) {
        int taken = 0;
        while (true) {
            try {
                streams.take(user);
                taken++;
            } catch (TooManyStreamsException e) {
                return taken;
            }
        }
    }

    private static EventStream opened(EventStreams streams) {
        EventStream stream = new EventStream(QUIET, event -> true, null, 0, Runnable::run, () -> {}, () -> {});
        streams.opened(stream);
        return stream;
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0, 0", "2, 1, 1, 0", "5, 3, 2, 0", "6, 3, 3, 0", "1000, 500, 500, 0"})
    void oneUserFindsHalfOfThePlaces(int limit, int alices, int bobs, int carols) {
        // Given
        EventStreams streams = streams(limit);

        // When
        List<Integer> taken = Stream.of("alice", "bob", "carol")
                .map(user -> takeAll(streams, user))
                .toList();

        // Then
        assertEquals(List.of(alices, bobs, carols), taken);
    }

    @Test
    void aUserIsTheSameInAnySpelling() {
        // Given
        EventStreams streams = streams(4);
        takeAll(streams, "alice");

        // When
        int taken = takeAll(streams, " ALICE");

        // Then
        assertEquals(0, taken);
    }

    @Test
    void aPlaceThatIsLeftIsFreeOnce() {
        // Given
        EventStreams streams = streams(4);
        takeAll(streams, "alice");
        EventStream left = opened(streams);

        // When
        streams.ended(left, "Alice");
        streams.ended(left, "Alice");

        // Then
        assertEquals(List.of(1, 2), List.of(takeAll(streams, "alice"), takeAll(streams, "bob")));
    }

    @Test
    void whoEndsLeavesNoPlaceToAnybody() {
        // Given
        EventStreams streams = streams(4);

        // When
        streams.endAll(new ShutdownDelayInitiatedEvent());

        // Then
        assertThrows(TooManyStreamsException.class, () -> streams.take("alice"));
    }
}
