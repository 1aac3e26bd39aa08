package org.liverecordings.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liverecordings.recording.Recordings.ALICE;
import static org.liverecordings.recording.Recordings.STOP;
import static org.liverecordings.recording.Recordings.forked;
import static org.liverecordings.recording.Recordings.on;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.audit.AuditTrail;
import org.liverecordings.recording.audit.AuditTrail.Asked;
import org.liverecordings.recording.audit.AuditTrail.Operation;
import org.liverecordings.recording.event.Cause;
import org.liverecordings.recording.event.EventLog;
import org.liverecordings.recording.event.EventType;
import org.liverecordings.recording.event.Events;
import org.liverecordings.recording.event.RecordingEvent;
import org.liverecordings.recording.event.RecordingEvent.Numbered;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.Settlement;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.recording.store.StopLeases.Unsettled;

/** What everybody who keeps events does, in front of a registry and in front of a suite. */
abstract class EventsContract {

    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    static final Cause START = new Cause("alice", "start", "c-0", null, TRACEPARENT);
    static final Cause PAUSE = new Cause("bob", "pause", "c-2", null, null);

    final RecordingId a = new RecordingId(UUID.randomUUID());
    private final UUID holder = UUID.randomUUID();
    private final RecordingTarget target = new RecordingTarget.ById(a);
    long begin;

    abstract LiveRecordingRepository registry();

    abstract StopLeases leases(boolean entriesDecide);

    abstract Events events(boolean entriesDecide);

    abstract EventLog log(boolean entriesDecide);

    abstract AuditTrail trail();

    @BeforeEach
    void notTheOnesBefore() {
        log(true).after(0, 1000);
        begin = log(true).latest();
    }

    List<RecordingEvent> published() {
        return log(true).after(begin, 1000).stream().map(Numbered::event).toList();
    }

    private List<EventType> types() {
        return published().stream().map(RecordingEvent::type).toList();
    }

    LiveRecording live() {
        LiveRecording recording = forked(a, "SEP7", UUID.randomUUID().toString());
        registry().addAll(List.of(recording));
        return recording;
    }

    private LiveRecording pending() {
        LiveRecording recording =
                forked(a, "SEP7", UUID.randomUUID().toString()).with(RecordingStatus.START_PENDING);
        registry().addIfLineIsFree(recording);
        return recording;
    }

    void becomes(RecordingStatus expected, RecordingStatus changed, Cause cause) {
        registry().change(a, expected, changed);
        events(true).changed(List.of(a), cause);
    }

    @Test
    void aStartIsPublishedOnce() {
        LiveRecording recording = pending();
        becomes(RecordingStatus.START_PENDING, RecordingStatus.RECORDING, START);
        events(true).changed(List.of(a), START);
        RecordingEvent event = published().get(0);
        assertEquals(
                new RecordingEvent(
                        event.id(),
                        EventType.STARTED,
                        event.at(),
                        a,
                        recording.deviceName(),
                        recording.directoryNumber(),
                        "alice",
                        "start",
                        "c-0",
                        TRACEPARENT,
                        "embedded",
                        null,
                        false),
                event);
        assertEquals(1, published().size());
    }

    @Test
    void whatWasThereBeforeIsNotPublishedAsStarted() {
        live();
        becomes(RecordingStatus.RECORDING, RecordingStatus.PAUSED, PAUSE);
        assertEquals(List.of(EventType.PAUSED), types());
    }

    @Test
    void aPauseBeforeTheStartWasPublishedComesAfterIt() {
        pending();
        registry().change(a, RecordingStatus.START_PENDING, RecordingStatus.RECORDING);
        becomes(RecordingStatus.RECORDING, RecordingStatus.PAUSED, PAUSE);
        events(true).changed(List.of(a), START);
        assertEquals(List.of(EventType.STARTED, EventType.PAUSED), types());
    }

    @Test
    void pausesAndResumesTakeTurns() {
        live();
        becomes(RecordingStatus.RECORDING, RecordingStatus.PAUSED, PAUSE);
        becomes(RecordingStatus.PAUSED, RecordingStatus.RECORDING, null);
        becomes(RecordingStatus.RECORDING, RecordingStatus.PAUSED, PAUSE);
        assertEquals(List.of(EventType.PAUSED, EventType.RESUMED, EventType.PAUSED), types());
        assertEquals("bob", published().get(0).user());
        assertEquals(null, published().get(1).user());
    }

    /** Whoever was told last that it runs while it is paused, or the other way round, would act on it. */
    @Test
    void ofAPauseAndAResumeThatCrossNothingIsPublishedThatIsNotSo() {
        live();
        registry().change(a, RecordingStatus.RECORDING, RecordingStatus.PAUSED);
        becomes(RecordingStatus.PAUSED, RecordingStatus.RECORDING, null);
        events(true).changed(List.of(a), PAUSE);
        assertEquals(List.of(), types());
    }

    @Test
    void aStopIsPublishedWithWhoAskedForIt() {
        LiveRecording recording = live();
        settle(true, Set.of(target), Set.of(target), Set.of());
        RecordingEvent event = published().get(0);
        assertEquals(
                new RecordingEvent(
                        event.id(),
                        EventType.STOPPED,
                        event.at(),
                        a,
                        recording.deviceName(),
                        recording.directoryNumber(),
                        "alice",
                        "stop",
                        "c-1",
                        TRACEPARENT,
                        "embedded",
                        null,
                        true),
                event);
        assertEquals(1, published().size());
    }

    @Test
    void afterTheEndNothingIsPublished() {
        live();
        settle(true, Set.of(target), Set.of(), Set.of());
        events(true).changed(List.of(a), PAUSE);
        assertEquals(List.of(EventType.STOPPED), types());
    }

    @Test
    void whatEndedBeforeItWasStoppedEndedByItself() {
        live();
        settle(true, Set.of(), Set.of(), Set.of(target));
        assertEquals(List.of(EventType.ENDED), types());
        assertEquals(null, published().get(0).user());
    }

    @Test
    void whatNeverBeganIsAStartThatFailed() {
        pending();
        settle(true, Set.of(), Set.of(), Set.of(target));
        assertEquals(List.of(EventType.START_FAILED), types());
    }

    @Test
    void anEndThatTheReconcilerFoundIsPublished() {
        events(true).ended(live(), EventType.ENDED, null);
        assertEquals(List.of(EventType.ENDED), types());
        assertEquals(a, published().get(0).recording());
    }

    @Test
    void whatIsStoppedAndNotClaimedIsPublishedOnce() {
        live();
        StopLeases leases = leases(true);
        leases.take(holder, Set.of(target), null, Duration.ofMinutes(1));
        leases.giveBack(new Unsettled(holder, Set.of(target), Set.of(), Set.of(), STOP));
        settle(true, Set.of(target), Set.of(target), Set.of());
        assertEquals(List.of(EventType.STOPPED), types());
    }

    @Test
    void anUnknownOutcomeIsPublished() {
        live();
        StopLeases leases = leases(true);
        leases.take(holder, Set.of(target), null, Duration.ofMinutes(1));
        leases.giveBack(new Unsettled(holder, Set.of(), Set.of(target), Set.of(), STOP));
        assertEquals(List.of(EventType.STOP_UNKNOWN), types());
        assertEquals("alice", published().get(0).user());
    }

    @Test
    void aStopThatWasNotAskedForIsNotPublished() {
        live();
        StopLeases leases = leases(true);
        leases.take(holder, Set.of(target), null, Duration.ofMinutes(1));
        leases.giveBack(Unsettled.nothingOf(holder, Set.of(target)));
        assertEquals(List.of(), types());
    }

    @Test
    void whatALeaseIsNoLongerHeldForIsNotPublished() {
        live();
        leases(true).giveBack(new Unsettled(holder, Set.of(target), Set.of(target), Set.of(), STOP));
        assertEquals(List.of(), types());
    }

    // In front of a suite

    @Test
    void aStopByLineIsPublishedWithTheLineThatWasNamed() {
        RecordingTarget line =
                new RecordingTarget.OnLine(on("SEP9", UUID.randomUUID().toString()));
        settle(false, Set.of(line), Set.of(), Set.of());
        RecordingEvent event = publishedOfSuite().get(0);
        assertEquals(EventType.STOPPED, event.type());
        assertEquals(null, event.recording());
        assertEquals("SEP9", event.deviceName().value());
        assertEquals("101", event.directoryNumber().value());
    }

    @Test
    void aStopByIdIsPublished() {
        settle(false, Set.of(target), Set.of(), Set.of());
        assertEquals(a, publishedOfSuite().get(0).recording());
    }

    @Test
    void anUnknownOutcomeOfASuiteIsPublished() {
        StopLeases leases = leases(false);
        leases.take(holder, Set.of(target), null, Duration.ofMinutes(1));
        leases.giveBack(new Unsettled(holder, Set.of(), Set.of(target), Set.of(), STOP));
        assertEquals(
                List.of(EventType.STOP_UNKNOWN),
                publishedOfSuite().stream().map(RecordingEvent::type).toList());
    }

    @Test
    void whatASuiteConfirmedIsCalledAfterTheOperation() {
        events(false).changed(List.of(a), START);
        events(false).changed(List.of(), PAUSE);
        events(false).changed(List.of(a), STOP);
        assertEquals(
                List.of(EventType.STARTED, EventType.PAUSED),
                publishedOfSuite().stream().map(RecordingEvent::type).toList());
        assertEquals(null, publishedOfSuite().get(1).recording());
    }

    private List<RecordingEvent> publishedOfSuite() {
        return log(false).after(begin, 1000).stream().map(Numbered::event).toList();
    }

    // Reading

    @Test
    void theyAreReadInTheirOrderFromAnyPosition() {
        live();
        becomes(RecordingStatus.RECORDING, RecordingStatus.PAUSED, PAUSE);
        becomes(RecordingStatus.PAUSED, RecordingStatus.RECORDING, null);
        becomes(RecordingStatus.RECORDING, RecordingStatus.PAUSED, PAUSE);
        List<Numbered> all = log(true).after(begin, 1000);
        assertEquals(all.subList(0, 2), log(true).after(begin, 2));
        assertEquals(all.subList(1, 3), log(true).after(all.get(0).position(), 1000));
        assertEquals(all.get(2).position(), log(true).latest());
        assertEquals(3, all.stream().map(each -> each.event().id()).distinct().count());
    }

    @Test
    void theyAreFoundByTheirTime() {
        live();
        becomes(RecordingStatus.RECORDING, RecordingStatus.PAUSED, PAUSE);
        Numbered event = log(true).after(begin, 1000).get(0);
        assertTrue(log(true).before(event.event().at()) < event.position());
        assertEquals(log(true).latest(), log(true).before(Instant.now().plus(Duration.ofHours(1))));
    }

    @Test
    void oldOnesAreForgotten() {
        live();
        becomes(RecordingStatus.RECORDING, RecordingStatus.PAUSED, PAUSE);
        published();
        assertEquals(0, log(true).removeOlderThan(Duration.ofHours(1)));
        passAnHour();
        assertTrue(log(true).removeOlderThan(Duration.ofHours(1)) >= 1);
        assertEquals(List.of(), published());
        assertEquals(log(true).latest(), log(true).forgottenUpTo());
    }

    abstract void passAnHour();

    void settle(
            boolean entriesDecide,
            Set<RecordingTarget> stopped,
            Set<RecordingTarget> inferred,
            Set<RecordingTarget> over) {
        Asked asked = new Asked(Operation.STOP, ALICE, null, "SEP9", "101");
        Settlement settlement = new Settlement(
                holder,
                stopped,
                inferred,
                over,
                trail().asked(asked).id(),
                Duration.ZERO,
                null,
                new Cause("alice", "stop", "c-1", on("SEP9", "101"), TRACEPARENT));
        StopLeases leases = leases(entriesDecide);
        leases.take(holder, settlement.targets(), null, Duration.ofMinutes(1));
        assertEquals(stopped, leases.settle(settlement).orElseThrow());
    }

    @Test
    void whatBecomesOfHoldsIsPublished() {
        events(true).held(List.of(on("SEP7", "107"), on(null, "108")), EventType.HOLD_PLACED, STOP);
        events(true).held(List.of(on("SEP7", null)), EventType.HOLD_ENDED, null);
        events(true).held(List.of(), EventType.HOLD_LIFTED, STOP);

        assertEquals(
                Set.of(
                        "HOLD_PLACED null SEP7 107 " + STOP.user() + ' ' + STOP.operation() + ' '
                                + STOP.correlationId(),
                        "HOLD_PLACED null null 108 " + STOP.user() + ' ' + STOP.operation() + ' '
                                + STOP.correlationId(),
                        "HOLD_ENDED null SEP7 null null null null"),
                published().stream().map(EventsContract::text).collect(Collectors.toSet()));
    }

    private static String text(RecordingEvent event) {
        return event.type() + " " + event.recording() + ' ' + event.deviceName() + ' ' + event.directoryNumber() + ' '
                + event.user() + ' ' + event.operation() + ' ' + event.correlationId();
    }
}
