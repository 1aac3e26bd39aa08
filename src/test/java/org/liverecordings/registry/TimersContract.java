package org.liverecordings.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liverecordings.recording.Recordings.ALICE;
import static org.liverecordings.recording.Recordings.STOP;
import static org.liverecordings.recording.Recordings.forked;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.audit.AuditTrail;
import org.liverecordings.recording.audit.AuditTrail.Asked;
import org.liverecordings.recording.audit.AuditTrail.Operation;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.Settlement;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.recording.store.Timers;
import org.liverecordings.recording.store.Timers.Action;
import org.liverecordings.recording.store.Timers.Due;
import org.liverecordings.recording.store.Timers.Setter;
import org.liverecordings.recording.store.Timers.Times;

/** What every keeper of timers does. */
abstract class TimersContract {

    static final Duration SECOND = Duration.ofSeconds(1);
    static final Duration LEASE = Duration.ofSeconds(5);

    /** Whose recordings they are about. */
    enum Mode {
        REGISTRY,
        SUITE
    }

    final RecordingId a = new RecordingId(UUID.randomUUID());
    private final RecordingId b = new RecordingId(UUID.randomUUID());
    private final Setter setter = new Setter(UUID.randomUUID(), "alice", "c-1", Duration.ZERO);
    private final Setter other = new Setter(UUID.randomUUID(), "bob", "c-2", Duration.ZERO);

    abstract Timers timers();

    abstract LiveRecordingRepository registry();

    abstract StopLeases leases(Mode mode);

    abstract AuditTrail trail();

    /** Lets time pass, as far as timers can tell. */
    abstract void pass(Duration duration);

    @BeforeEach
    void register() {
        registry().addAll(List.of(forked(a, "SEP1", "101"), forked(b, "SEP2", "102")));
    }

    // When one is due

    @Test
    void aTimerIsTakenAtItsTimeAsItWasSet() {
        timers().set(List.of(a), Action.RESUME, SECOND.multipliedBy(90), setter);
        assertEquals(List.of(), taken());
        pass(SECOND.multipliedBy(90));
        Due due = timers().take(10, LEASE).get(0);
        assertEquals(a, due.recording());
        assertEquals(Action.RESUME, due.action());
        assertEquals("alice", due.user());
        assertEquals("c-1", due.correlationId());
        assertEquals(1, due.attempts());
    }

    @Test
    void thoseThatAreDueLongestAreTakenFirst() {
        timers().set(List.of(b), Action.STOP, SECOND.multipliedBy(2), setter);
        timers().set(List.of(a), Action.STOP, SECOND, setter);
        pass(SECOND.multipliedBy(3));
        assertEquals(List.of(a), ids(timers().take(1, LEASE)));
        assertEquals(List.of(b), ids(timers().take(1, LEASE)));
        assertEquals(List.of(), taken());
    }

    @Test
    void oneIsNotDueWhileItsRequestMayStillTakeEffect() {
        timers().set(List.of(a), Action.RESUME, SECOND, underWay());
        pass(SECOND.multipliedBy(2));
        assertEquals(List.of(), taken());
        timers().settle(setter.id(), List.of(a), List.of());
        assertEquals(List.of(a), taken());
    }

    @Test
    void aRequestThatIsSettledEarlyDoesntBringItsTimeForward() {
        timers().set(List.of(a), Action.RESUME, SECOND.multipliedBy(90), underWay());
        timers().settle(setter.id(), List.of(a), List.of());
        pass(SECOND.multipliedBy(80));
        assertEquals(List.of(), taken());
        pass(SECOND.multipliedBy(10));
        assertEquals(List.of(a), taken());
    }

    @Test
    void aRequestThatIsNeverSettledIsOverInTheEnd() {
        timers().set(List.of(a), Action.RESUME, SECOND, underWay());
        pass(SECOND.multipliedBy(10));
        assertEquals(List.of(a), taken());
    }

    // Who tries it

    @Test
    void oneIsTriedByOneAtATime() {
        due(Action.STOP);
        assertEquals(List.of(a), taken());
        assertEquals(List.of(), taken());
    }

    @Test
    void whoeverDiesWhileTryingIsReplaced() {
        due(Action.STOP);
        taken();
        pass(LEASE);
        assertEquals(
                List.of(2), timers().take(10, LEASE).stream().map(Due::attempts).toList());
    }

    @Test
    void ofManyWhoLookAtOnceEachTimerIsTakenByOne() throws Exception {
        List<RecordingId> many = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            many.add(new RecordingId(UUID.randomUUID()));
        }
        registry().addAll(many.stream().map(id -> forked(id, "SEP3", "103")).toList());
        timers().set(many, Action.STOP, SECOND, setter);
        pass(SECOND);
        CyclicBarrier together = new CyclicBarrier(4);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<RecordingId> all = new ArrayList<>();
        try {
            List<Future<List<RecordingId>>> looks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                looks.add(threads.submit(() -> {
                    together.await();
                    List<RecordingId> mine = new ArrayList<>();
                    for (List<RecordingId> more = take(7); !more.isEmpty(); more = take(7)) {
                        mine.addAll(more);
                    }
                    return mine;
                }));
            }
            for (Future<List<RecordingId>> look : looks) {
                all.addAll(look.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(60, all.size());
        assertEquals(Set.copyOf(many), Set.copyOf(all));
    }

    @Test
    void oneThatIsPutOffIsDueAgainThen() {
        due(Action.STOP);
        timers().putOff(timers().take(10, LEASE).get(0), SECOND.multipliedBy(60));
        pass(SECOND.multipliedBy(59));
        assertEquals(List.of(), taken());
        pass(SECOND);
        assertEquals(List.of(a), taken());
    }

    @Test
    void whoeverWasReplacedPutsNothingOff() {
        due(Action.STOP);
        Due first = timers().take(10, LEASE).get(0);
        pass(LEASE);
        timers().take(10, LEASE);
        timers().putOff(first, SECOND.multipliedBy(60));
        pass(LEASE);
        assertEquals(List.of(a), taken());
    }

    @Test
    void oneThatIsForgottenIsGone() {
        due(Action.STOP);
        timers().forget(timers().take(10, LEASE).get(0));
        pass(LEASE);
        assertEquals(List.of(), taken());
        assertTrue(timers().isEmpty());
    }

    // What does away with it

    @Test
    void aRequestTakesItsOwnTimersBack() {
        timers().set(List.of(a), Action.RESUME, SECOND, other);
        timers().set(List.of(a, b), Action.RESUME, SECOND.multipliedBy(2), underWay());
        timers().settle(setter.id(), List.of(b), List.of(a));
        pass(SECOND.multipliedBy(2));
        List<Due> due = timers().take(10, LEASE);
        assertEquals(List.of(a, b), ids(due));
        assertEquals(List.of("bob", "alice"), due.stream().map(Due::user).toList());
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void aChangedPauseEndsWhatWasMeantForEarlierOnes(Action action) {
        timers().set(List.of(a, b), action, SECOND, setter);
        pass(SECOND);
        timers().pauseChanged(List.of(a), asked());
        assertEquals(action == Action.STOP ? Set.of(a, b) : Set.of(b), Set.copyOf(taken()));
    }

    @Test
    void aPauseThatCrossesAResumeKeepsItsTimer() {
        Instant resumed = asked();
        pass(SECOND);
        timers().set(List.of(a), Action.RESUME, SECOND, underWay());
        timers().pauseChanged(List.of(a), resumed);
        timers().settle(setter.id(), List.of(a), List.of());
        timers().pauseChanged(List.of(a), resumed);
        pass(SECOND);
        assertEquals(List.of(a), taken());
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aSettledStopEndsThoseOfWhatItStopped(Mode mode) {
        timers().set(List.of(a), Action.RESUME, SECOND, setter);
        timers().set(List.of(a, b), Action.STOP, SECOND, setter);
        UUID holder = UUID.randomUUID();
        leases(mode).take(holder, Set.of(target(a)), null, LEASE);
        leases(mode).settle(settlement(holder, Set.of(target(a)), Set.of()));
        assertEquals(Set.of(b), timers().of(List.of(a, b)).keySet());
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void soDoesOneThatFindsTheRecordingOver(Mode mode) {
        timers().set(List.of(a, b), Action.STOP, SECOND, setter);
        UUID holder = UUID.randomUUID();
        leases(mode).take(holder, Set.of(target(a)), null, LEASE);
        leases(mode).settle(settlement(holder, Set.of(), Set.of(target(a))));
        assertEquals(Set.of(b), timers().of(List.of(a, b)).keySet());
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aStopThatWasOvertakenEndsNone(Mode mode) {
        timers().set(List.of(a), Action.STOP, SECOND, setter);
        UUID holder = UUID.randomUUID();
        assertEquals(Optional.empty(), leases(mode).settle(settlement(holder, Set.of(target(a)), Set.of())));
        assertEquals(Set.of(a), timers().of(List.of(a)).keySet());
    }

    @Test
    void aRecordingThatLeavesTheRegistryTakesItsTimersAlong() {
        timers().set(List.of(a, b), Action.STOP, SECOND, setter);
        registry().remove(a);
        assertEquals(Set.of(b), timers().of(List.of(a, b)).keySet());
        pass(SECOND);
        assertEquals(List.of(b), taken());
    }

    // What is told

    @Test
    void ofSeveralTheFirstIsTold() {
        timers().set(List.of(a), Action.RESUME, SECOND.multipliedBy(20), setter);
        timers().set(List.of(a), Action.RESUME, SECOND.multipliedBy(10), other);
        timers().set(List.of(a), Action.STOP, SECOND.multipliedBy(30), setter);
        timers().set(List.of(b), Action.ALARM, SECOND, setter);
        Map<RecordingId, Times> times = timers().of(List.of(a, b, new RecordingId(UUID.randomUUID())));
        assertEquals(Set.of(a), times.keySet());
        assertEquals(
                20,
                Duration.between(times.get(a).resumesAt(), times.get(a).stopsAt())
                        .plusMillis(500)
                        .toSeconds());
    }

    @Test
    void whatIsToldOfOthersIsntAskedFor() {
        timers().set(List.of(a), Action.STOP, SECOND, setter);
        assertEquals(Map.of(), timers().of(List.of(b)));
    }

    @Test
    void thereMayBeNone() {
        assertTrue(timers().isEmpty());
        timers().set(List.of(a), Action.STOP, SECOND, setter);
        assertFalse(timers().isEmpty());
    }

    @Test
    void aSetterMayHaveAnyName() {
        Setter strange = new Setter(UUID.randomUUID(), "O'Hara \"x\" é🎧", "c", Duration.ZERO);
        timers().set(List.of(a), Action.STOP, SECOND, strange);
        pass(SECOND);
        assertEquals(strange.user(), timers().take(1, LEASE).get(0).user());
    }

    @Test
    void whatWasTakenIsNobodyElsesUntilItIsTakenAgainOrGone() {
        due(Action.RESUME);
        Due first = timers().take(10, LEASE).get(0);
        assertTrue(timers().isTaken(first));
        pass(LEASE);
        Due second = timers().take(10, LEASE).get(0);
        assertFalse(timers().isTaken(first));
        assertTrue(timers().isTaken(second));
        timers().forget(second);
        assertFalse(timers().isTaken(second));
    }

    private Setter underWay() {
        return new Setter(setter.id(), setter.user(), setter.correlationId(), SECOND.multipliedBy(10));
    }

    private void due(Action action) {
        timers().set(List.of(a), action, SECOND, setter);
        pass(SECOND);
    }

    private List<RecordingId> taken() {
        return take(10);
    }

    private List<RecordingId> take(int limit) {
        return ids(timers().take(limit, LEASE));
    }

    private static List<RecordingId> ids(Collection<Due> due) {
        return due.stream().map(Due::recording).toList();
    }

    /** The moment at which something is asked for now, as the trail says. */
    private Instant asked() {
        return trail().asked(new Asked(Operation.RESUME, ALICE, null, null, null))
                .at();
    }

    private static RecordingTarget target(RecordingId id) {
        return new RecordingTarget.ById(id);
    }

    private Settlement settlement(UUID holder, Set<RecordingTarget> stopped, Set<RecordingTarget> over) {
        UUID entry = trail().asked(new Asked(Operation.STOP, ALICE, null, null, null))
                .id();
        return new Settlement(holder, stopped, Set.of(), over, entry, Duration.ZERO, null, STOP);
    }
}
