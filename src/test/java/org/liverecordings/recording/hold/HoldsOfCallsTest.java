package org.liverecordings.recording.hold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.liverecordings.recording.Recordings.on;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.audit.AuditTrail.Asked;
import org.liverecordings.recording.audit.AuditedRequests;
import org.liverecordings.recording.audit.NotedTrail;
import org.liverecordings.recording.event.EventType;
import org.liverecordings.recording.event.RecordingEvent;
import org.liverecordings.recording.store.Holds;
import org.liverecordings.recording.store.Holds.Hold;
import org.liverecordings.registry.memory.MemoryEvents;
import org.liverecordings.registry.memory.MemoryHolds;
import org.liverecordings.registry.memory.MemoryLiveRecordingRepository;

class HoldsOfCallsTest {

    private static final LineSelector FIRST = on("SEP1", "101");
    private static final LineSelector SECOND = on("SEP2", "102");

    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final Holds holds = new MemoryHolds(() -> now);
    private final MemoryEvents events =
            new MemoryEvents(new MemoryLiveRecordingRepository(InstantSource.system()), "asterisk", 100, () -> now);
    private final long begin = events.latest();
    private final NotedTrail trail = new NotedTrail();
    private final List<Collection<LineSelector>> asked = new ArrayList<>();
    private Set<LineSelector> free = Set.of();
    private Runnable whileAsked = () -> {};
    private boolean mine = true;
    private final HoldsOfCalls holdsOfCalls = new HoldsOfCalls(
            holds,
            this::noneOn,
            new AuditedRequests(trail, trail, trail.keys(), events),
            (job, duration) -> mine,
            Duration.ofSeconds(20));

    private Set<LineSelector> noneOn(Collection<LineSelector> lines) {
        asked.add(lines);
        whileAsked.run();
        return free;
    }

    private UUID put(LineSelector line) {
        List<Hold> put = holds.put(List.of(line), "consent-withdrawn", "alice", Duration.ofHours(4));
        now = now.plusSeconds(1);
        return put.isEmpty() ? null : put.get(0).id();
    }

    private List<LineSelector> held() {
        return holds.latest(10).stream().map(Hold::line).toList();
    }

    private List<RecordingEvent> published() {
        return events.after(begin, 10).stream().map(each -> each.event()).toList();
    }

    @Test
    void aHoldWhoseCallIsOverEndsAndThatIsPublished() {
        put(FIRST);
        put(SECOND);
        free = Set.of(FIRST);

        List<LineSelector> ended = holdsOfCalls.endThoseOver();

        assertEquals(List.of(FIRST), ended);
        assertEquals(List.of(SECOND), held());
        assertEquals(1, published().size());
        assertEquals(EventType.HOLD_ENDED, published().get(0).type());
        assertEquals("101", published().get(0).directoryNumber().value());
    }

    @Test
    void itsEndIsOnTheTrail() {
        UUID id = put(FIRST);
        free = Set.of(FIRST);

        holdsOfCalls.endThoseOver();

        assertEquals(List.of("begin", "asked END_HOLD", "confirmed null", "ended DONE", "commit"), trail.notes());
        Asked end = trail.everAsked().get(0);
        assertEquals(
                List.of(id.toString(), "SEP1", "101", "its call is over", "live-recordings"),
                List.of(
                        end.id(),
                        end.deviceName(),
                        end.directoryNumber(),
                        end.why(),
                        end.caller().name()));
    }

    @Test
    void aHoldThatIsPutAgainMeanwhileStays() {
        put(FIRST);
        free = Set.of(FIRST);
        whileAsked = () -> put(FIRST);

        List<LineSelector> ended = holdsOfCalls.endThoseOver();

        assertEquals(List.of(), ended);
        assertEquals(List.of(FIRST), held());
        assertEquals(List.of(), published());
    }

    @Test
    void aHoldThatIsLiftedMeanwhileIsNotPublishedTwice() {
        put(FIRST);
        free = Set.of(FIRST);
        whileAsked = () -> holds.lift(holds.latest(1).get(0).id());

        List<LineSelector> ended = holdsOfCalls.endThoseOver();

        assertEquals(List.of(), ended);
        assertEquals(List.of(), published());
    }

    @Test
    void withoutHoldsNobodyIsAsked() {
        free = Set.of(FIRST);

        List<LineSelector> ended = holdsOfCalls.endThoseOver();

        assertEquals(List.of(), ended);
        assertEquals(List.of(), asked);
    }

    @Test
    void whatAnotherReplicaDoesIsLeftToIt() {
        put(FIRST);
        free = Set.of(FIRST);
        mine = false;

        List<LineSelector> ended = holdsOfCalls.endThoseOver();

        assertEquals(List.of(), ended);
        assertEquals(List.of(), asked);
        assertEquals(List.of(FIRST), held());
    }
}
