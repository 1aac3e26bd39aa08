package org.liverecordings.api.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liverecordings.recording.Recordings.id;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Flow;

import org.junit.jupiter.api.Test;
import org.liverecordings.api.events.EventStream.Message;
import org.liverecordings.recording.event.EventFeed;
import org.liverecordings.recording.event.EventType;
import org.liverecordings.recording.event.RecordingEvent;
import org.liverecordings.recording.store.StoreUnavailableException;

class EventStreamTest {

    private final Feed feed = new Feed();
    private final Client client = new Client();
    private int ends;
    private int cuts;

    /** Of the events after 100 those after {@code window} are at hand, the others have to be fetched. */
    private static final class Feed implements EventFeed {

        private final List<FeedEvent> events = new ArrayList<>();
        private final List<Runnable> listeners = new ArrayList<>();
        private long window = 100;
        private boolean away;

        void happen(EventType type) {
            long position = latestOfAll() + 1;
            RecordingEvent event = new RecordingEvent(
                    new UUID(0, position),
                    type,
                    Instant.EPOCH,
                    id(1),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    "embedded",
                    null,
                    false);
            events.add(new FeedEvent(position, event, List.of(), "{" + position + "}"));
        }

        void call() {
            List.copyOf(listeners).forEach(Runnable::run);
        }

        private long latestOfAll() {
            return 100 + events.size();
        }

        @Override
        public long latest() {
            return latestOfAll();
        }

        @Override
        public Optional<List<FeedEvent>> after(long position, int limit) {
            return position < window || position > latestOfAll()
                    ? Optional.empty()
                    : Optional.of(from(position, limit));
        }

        @Override
        public Optional<List<FeedEvent>> older(long position, int limit) {
            if (away) {
                throw new StoreUnavailableException("away", null);
            }
            return position < 100 || position > latestOfAll() ? Optional.empty() : Optional.of(from(position, limit));
        }

        private List<FeedEvent> from(long position, int limit) {
            return events.stream()
                    .filter(event -> event.position() > position)
                    .limit(limit)
                    .toList();
        }

        @Override
        public Listening listen(Runnable listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }
    }

    private static final class Client implements Flow.Subscriber<Message> {

        private final List<String> read = new ArrayList<>();
        private Flow.Subscription subscription;
        private boolean complete;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(Message message) {
            read.add((message.id() == null ? "" : message.id() + " ") + message.name() + " " + message.data());
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onComplete() {
            complete = true;
        }
    }

    private EventStream stream(Long lastId, Duration longest) {
        EventStream stream = new EventStream(
                feed,
                event -> event.event().type() != EventType.PAUSED,
                lastId,
                System.nanoTime() + longest.toNanos(),
                Runnable::run,
                () -> ends++,
                () -> cuts++);
        stream.subscribe(client);
        return stream;
    }

    private EventStream stream(Long lastId) {
        EventStream stream = stream(lastId, Duration.ofHours(1));
        client.subscription.request(Long.MAX_VALUE);
        return stream;
    }

    @Test
    void whoBeginsAnewIsToldWhatComes() {
        feed.happen(EventType.STARTED);
        stream(null);
        feed.happen(EventType.STOPPED);
        feed.call();
        assertEquals(List.of("101 ready {\"resumed\":false}", "102 recording.stopped {102}"), client.read);
    }

    @Test
    void whoComesBackIsToldWhatCameMeanwhile() {
        feed.happen(EventType.STARTED);
        feed.happen(EventType.STOPPED);
        stream(101L);
        assertEquals(List.of("101 ready {\"resumed\":true}", "102 recording.stopped {102}"), client.read);
    }

    @Test
    void whoWasAwayForLongGetsItFromTheLog() {
        for (int i = 0; i < 250; i++) {
            feed.happen(EventType.STARTED);
        }
        feed.window = 340;
        stream(100L);
        assertEquals(251, client.read.size());
        assertEquals("100 ready {\"resumed\":true}", client.read.get(0));
        assertEquals("101 recording.started {101}", client.read.get(1));
        assertEquals("350 recording.started {350}", client.read.get(250));
    }

    @Test
    void whoWasAwayForTooLongIsToldSoAndBeginsAnew() {
        feed.happen(EventType.STARTED);
        stream(99L);
        feed.happen(EventType.STOPPED);
        feed.call();
        assertEquals(List.of("101 ready {\"resumed\":false}", "102 recording.stopped {102}"), client.read);
    }

    @Test
    void whatTheFilterLeavesOutIsNotTold() {
        stream(null);
        feed.happen(EventType.PAUSED);
        feed.happen(EventType.STOPPED);
        feed.call();
        assertEquals(List.of("100 ready {\"resumed\":false}", "102 recording.stopped {102}"), client.read);
    }

    @Test
    void nothingIsSentThatTheClientHasNoRoomFor() {
        stream(null, Duration.ofHours(1));
        client.subscription.request(1);
        feed.happen(EventType.STARTED);
        feed.happen(EventType.STOPPED);
        feed.call();
        assertEquals(1, client.read.size());
        client.subscription.request(1);
        assertEquals("101 recording.started {101}", client.read.get(1));
        assertEquals(2, client.read.size());
    }

    @Test
    void whoFallsOutOfTheWindowIsToldSo() {
        stream(null, Duration.ofHours(1));
        client.subscription.request(2);
        for (int i = 0; i < 3; i++) {
            feed.happen(EventType.STARTED);
        }
        feed.call();
        feed.window = 102;
        client.subscription.request(2);
        assertEquals("end {\"reason\":\"too-slow\"}", client.read.get(2));
        assertTrue(client.complete);
        assertEquals(1, ends);
        assertEquals(List.of(), feed.listeners);
    }

    @Test
    void itEndsWithTheSignIn() {
        stream(null, Duration.ofHours(-1));
        client.subscription.request(10);
        assertEquals(List.of("end {\"reason\":\"sign-in-expired\"}"), client.read);
        assertTrue(client.complete);
        assertEquals(1, ends);
    }

    @Test
    void itEndsWhenTheServiceDoes() {
        EventStream stream = stream(null);
        stream.end("shutdown");
        assertEquals("end {\"reason\":\"shutdown\"}", client.read.get(1));
        assertEquals(1, ends);
    }

    @Test
    void itEndsOnceWhenTheClientGoes() {
        EventStream stream = stream(null);
        client.subscription.cancel();
        stream.end("shutdown");
        feed.call();
        assertEquals(1, client.read.size());
        assertEquals(1, ends);
        assertEquals(List.of(), feed.listeners);
    }

    @Test
    void aDatabaseThatIsAwayEndsItWithAWordWhy() {
        feed.happen(EventType.STARTED);
        feed.window = 101;
        feed.away = true;
        stream(100L);
        assertEquals(List.of("end {\"reason\":\"database-away\"}"), client.read);
    }
}
