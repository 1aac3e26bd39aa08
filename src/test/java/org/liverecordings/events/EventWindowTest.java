package org.liverecordings.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.liverecordings.recording.Recordings.forked;
import static org.liverecordings.recording.Recordings.id;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.event.EventFeed.FeedEvent;
import org.liverecordings.recording.event.EventFeed.Listening;
import org.liverecordings.recording.event.EventType;
import org.liverecordings.recording.store.ListedLines;
import org.liverecordings.registry.memory.MemoryEvents;

class EventWindowTest {

    private static final Line BOBS =
            new Line(DeviceName.of("SEP1"), DirectoryNumber.of("101"), "bob", true, Line.RecordingType.SELECTIVE, null);
    private static final Line OTHER =
            new Line(DeviceName.of("SEP2"), DirectoryNumber.of("101"), "eve", true, Line.RecordingType.SELECTIVE, null);

    private final MemoryEvents events = new MemoryEvents(null, "embedded", 5000, InstantSource.system());
    private final EventWindow window = new EventWindow(events, new ListedLines(BOBS, OTHER));
    private final long begin = window.latest();

    private void happen(int number) {
        for (int i = 0; i < number; i++) {
            events.ended(forked(id(i), "SEP1", "101"), EventType.ENDED, null);
        }
    }

    @Test
    void whatHappenedIsThereAfterALook() {
        happen(3);
        assertEquals(Optional.of(List.of()), window.after(begin, 10));
        window.look();
        List<FeedEvent> events = window.after(begin, 10).orElseThrow();
        assertEquals(
                List.of(begin + 1, begin + 2, begin + 3),
                events.stream().map(FeedEvent::position).toList());
        assertEquals(CloudEvent.json(events.get(0).event()), events.get(0).json());
        assertEquals(events.subList(1, 2), window.after(begin + 1, 1).orElseThrow());
    }

    @Test
    void itIsKnownOnWhoseLineItHappened() {
        happen(1);
        window.look();
        assertEquals(List.of(BOBS), window.after(begin, 1).orElseThrow().get(0).lines());
    }

    @Test
    void onADeviceItMayHaveHappenedOnAllItsLines() {
        events.held(List.of(new LineSelector(DeviceName.of("SEP1"), null)), EventType.HOLD_PLACED, null);
        window.look();
        assertEquals(List.of(BOBS), window.after(begin, 1).orElseThrow().get(0).lines());
    }

    @Test
    void whoComesFromFurtherBackOrFromElsewhereGetsNothing() {
        assertEquals(Optional.empty(), window.after(begin - 1, 1));
        assertEquals(Optional.empty(), window.after(begin + 1, 1));
    }

    @Test
    void theOldestLeaveTheWindowAndAreStillToBeHad() {
        happen(EventWindow.SIZE + 700);
        window.look();
        assertEquals(begin + EventWindow.SIZE + 700, window.latest());
        assertEquals(Optional.empty(), window.after(begin + 699, 1));
        assertEquals(
                begin + 701, window.after(begin + 700, 1).orElseThrow().get(0).position());
        assertEquals(begin + 1, window.older(begin, 1).orElseThrow().get(0).position());
    }

    @Test
    void whatIsNotKeptAnyMoreAndWhatNeverWasIsNotToBeHad() {
        assertEquals(Optional.empty(), window.older(begin - 1, 1));
        assertEquals(Optional.empty(), window.older(begin + 1, 1));
    }

    @Test
    void whoListensIsCalledUntilHeDoesNotAnyMore() {
        List<Long> seen = new ArrayList<>();
        Listening listening = window.listen(() -> seen.add(window.latest()));
        happen(1);
        window.look();
        assertEquals(begin + 1, seen.get(0));
        listening.close();
        seen.clear();
        window.look();
        assertEquals(List.of(), seen);
    }
}
