package org.liverecordings.randomized;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What happened, for a person to read; and in which order, for the checks. Safe for use by many threads. */
final class History {

    private static final AtomicLong ORDER = new AtomicLong();

    private final List<Event> events = new ArrayList<>();

    /** The next moment; moments are in the order in which things happened, whatever becomes of the clock. */
    static long moment() {
        return ORDER.incrementAndGet();
    }

    synchronized void note(String text) {
        events.add(new Event(Instant.now(), text));
    }

    synchronized List<Event> events() {
        return List.copyOf(events);
    }

    synchronized void forget() {
        events.clear();
    }

    /** A line for each of these events, in order. */
    static String text(Stream<Event> events) {
        return events.sorted(Comparator.comparing(Event::at))
                .map(Event::toString)
                .collect(Collectors.joining("\n"));
    }

    /** Something that happened. */
    record Event(Instant at, String text) {

        @Override
        public String toString() {
            return "  " + at.truncatedTo(ChronoUnit.MILLIS) + "  " + text;
        }
    }
}
