package org.liverecordings.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.liverecordings.recording.Line;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.event.EventFeed;
import org.liverecordings.recording.event.EventLog;
import org.liverecordings.recording.event.RecordingEvent.Numbered;
import org.liverecordings.recording.store.LineCapabilities;

/**
 * The latest events, in memory, for all streams of this replica: however many listen, the database is asked once. Nobody has a queue of
 * his own: who is slow falls behind, and out of the window.
 */
public final class EventWindow implements EventFeed {

    /** Some two megabytes; what a busy site has in minutes. */
    static final int SIZE = 2000;

    private static final int BATCH = 500;

    private final EventLog log;
    private final LineCapabilities lines;
    private final Set<Handle> listeners = new CopyOnWriteArraySet<>();
    private volatile View view;

    /**
     * @param after the position after which the first event comes
     * @param events without a gap up to the latest
     */
    private record View(long after, List<FeedEvent> events) {

        long latest() {
            return events.isEmpty() ? after : events.get(events.size() - 1).position();
        }
    }

    /** Begins with the events that come from now on. */
    public EventWindow(EventLog log, LineCapabilities lines) {
        this.log = log;
        this.lines = lines;
        this.view = new View(log.latest(), List.of());
    }

    /**
     * Looks for new events. To be called again and again, by one thread.
     *
     * @throws org.liverecordings.recording.store.StoreUnavailableException if what keeps the events can't be reached
     */
    public void look() {
        try {
            List<Numbered> batch = log.after(view.latest(), BATCH);
            while (!batch.isEmpty()) {
                List<FeedEvent> events = new ArrayList<>(view.events);
                events.addAll(feedEvents(batch));
                int tooMany = Math.max(0, events.size() - SIZE);
                view = new View(
                        tooMany == 0 ? view.after : events.get(tooMany - 1).position(),
                        List.copyOf(events.subList(tooMany, events.size())));
                listeners.forEach(Handle::call);
                batch = batch.size() < BATCH ? List.of() : log.after(view.latest(), BATCH);
            }
        } finally {
            // Also without news, since streams have deadlines and heartbeats.
            listeners.forEach(Handle::call);
        }
    }

    private List<FeedEvent> feedEvents(List<Numbered> batch) {
        Function<LineSelector, List<Line>> on = lines.findAll(
                batch.stream().flatMap(each -> each.event().line().stream()).collect(Collectors.toSet()));
        return batch.stream()
                .map(each -> new FeedEvent(
                        each.position(),
                        each.event(),
                        each.event().line().map(on).orElse(List.of()),
                        CloudEvent.json(each.event())))
                .toList();
    }

    @Override
    public long latest() {
        return view.latest();
    }

    @Override
    public Optional<List<FeedEvent>> after(long position, int limit) {
        View now = view;
        if (position < now.after || position > now.latest()) {
            return Optional.empty();
        }
        // They are numbered without a gap, but those that are gone were never here.
        int from = 0;
        int to = now.events.size();
        while (from < to) {
            int middle = (from + to) / 2;
            if (now.events.get(middle).position() <= position) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return Optional.of(now.events.subList(from, Math.min(now.events.size(), from + limit)));
    }

    @Override
    public Optional<List<FeedEvent>> older(long position, int limit) {
        if (position < log.forgottenUpTo() || position > log.latest()) {
            return Optional.empty();
        }
        return Optional.of(feedEvents(log.after(position, limit)));
    }

    @Override
    public Listening listen(Runnable listener) {
        Handle handle = new Handle(listener);
        listeners.add(handle);
        return () -> listeners.remove(handle);
    }

    /** Two that are equal may both listen. */
    private static final class Handle {

        private final Runnable listener;

        Handle(Runnable listener) {
            this.listener = listener;
        }

        void call() {
            listener.run();
        }
    }
}
