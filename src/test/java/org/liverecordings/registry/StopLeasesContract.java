package org.liverecordings.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liverecordings.recording.Recordings.ALICE;
import static org.liverecordings.recording.Recordings.STOP;
import static org.liverecordings.recording.Recordings.forked;
import static org.liverecordings.recording.Recordings.on;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.audit.AuditTrail;
import org.liverecordings.recording.audit.AuditTrail.Asked;
import org.liverecordings.recording.audit.AuditTrail.Operation;
import org.liverecordings.recording.idempotency.IdempotencyKey;
import org.liverecordings.recording.idempotency.IdempotencyKeys;
import org.liverecordings.recording.idempotency.IdempotencyKeys.Outcome;
import org.liverecordings.recording.idempotency.IdempotencyKeys.Taken;
import org.liverecordings.recording.idempotency.StoredAnswer;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.Settlement;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.recording.store.StopLeases.Earlier;
import org.liverecordings.recording.store.StopLeases.Unsettled;

/** What every keeper of leases does, in front of a registry and in front of a suite. */
abstract class StopLeasesContract {

    static final Duration KEEP = Duration.ofMinutes(5);
    static final Duration LONG = Duration.ofMinutes(1);
    private static final StoredAnswer DONE = new StoredAnswer(204, null, null);
    private static final StoredAnswer NOTHING = new StoredAnswer(409, "application/problem+json", "{\"status\":409}");

    /** Whose entries decide who claims an end. */
    enum Mode {
        REGISTRY,
        SUITE
    }

    private final UUID holder = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();
    private final RecordingId a = new RecordingId(UUID.randomUUID());
    private final RecordingTarget target = new RecordingTarget.ById(a);
    private final RecordingTarget second = new RecordingTarget.ById(new RecordingId(UUID.randomUUID()));
    private final RecordingTarget number =
            new RecordingTarget.OnLine(on(null, UUID.randomUUID().toString()));

    abstract LiveRecordingRepository registry();

    abstract StopLeases leases(Mode mode);

    abstract IdempotencyKeys keys();

    abstract AuditTrail trail();

    /** Lets time pass, as far as leases and keys can tell. */
    abstract void pass(Duration duration);

    // Taking

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aLeaseIsHeldByOneAtATime(Mode mode) {
        StopLeases leases = leases(mode);
        assertEquals(Map.of(target, new Earlier(false, false)), take(leases, holder, target));
        assertEquals(Map.of(), take(leases, other, target));
        assertTrue(leases.isOpen(a));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void ofSeveralThoseAreTakenThatAreToBeHad(Mode mode) {
        StopLeases leases = leases(mode);
        take(leases, holder, target);
        assertEquals(Set.of(second), take(leases, other, target, second).keySet());
    }

    @Test
    void aLineMayHoldWhatNoDatabaseStores() {
        StopLeases leases = leases(Mode.SUITE);
        RecordingTarget line = new RecordingTarget.OnLine(on("SEP\0", null));

        Map<RecordingTarget, Earlier> taken = leases.take(holder, Set.of(line), line, Duration.ofSeconds(10));

        assertEquals(Set.of(line), taken.keySet());
        assertEquals(Set.of(line), leases.foundBy(line));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aLeaseWhoseHoldersTimeIsOverPassesOnAnUnknownOutcome(Mode mode) {
        StopLeases leases = leases(mode);
        take(leases, holder, target);
        pass(LONG);
        assertTrue(leases.isOpen(a));
        assertEquals(Map.of(target, new Earlier(true, false)), take(leases, other, target));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void anUnknownOutcomeIsPassedOnUntilTheKeepIsOver(Mode mode) {
        StopLeases leases = leases(mode);
        take(leases, holder, target, second);
        leases.giveBack(new Unsettled(holder, Set.of(), Set.of(target, second), Set.of(), STOP));
        assertEquals(Map.of(target, new Earlier(true, false)), take(leases, other, target));
        pass(KEEP);
        assertEquals(Map.of(second, new Earlier(false, false)), take(leases, other, second));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void whatWasNotStoppedLeavesNothing(Mode mode) {
        StopLeases leases = leases(mode);
        take(leases, holder, target);
        leases.giveBack(Unsettled.nothingOf(holder, Set.of(target)));
        assertFalse(leases.isOpen(a));
        assertEquals(Map.of(target, new Earlier(false, false)), take(leases, other, target));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void whatWasInheritedStaysIfTheHolderStoppedNothing(Mode mode) {
        StopLeases leases = leases(mode);
        take(leases, holder, target);
        pass(LONG);
        take(leases, other, target);
        leases.giveBack(Unsettled.nothingOf(other, Set.of(target)));
        assertEquals(Map.of(target, new Earlier(true, false)), take(leases, holder, target));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void whoWasOvertakenGivesNothingBack(Mode mode) {
        StopLeases leases = leases(mode);
        take(leases, holder, target);
        pass(LONG);
        take(leases, other, target);
        leases.giveBack(Unsettled.nothingOf(holder, Set.of(target)));
        assertEquals(Map.of(), take(leases, holder, target));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void ofManyAtOnceOneTakesTheLease(Mode mode) throws Exception {
        StopLeases leases = leases(mode);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            CyclicBarrier start = new CyclicBarrier(16);
            List<Future<Boolean>> taken = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                taken.add(threads.submit(() -> {
                    start.await();
                    return !take(leases, UUID.randomUUID(), target, second).isEmpty();
                }));
            }
            int winners = 0;
            for (Future<Boolean> each : taken) {
                winners += each.get() ? 1 : 0;
            }
            assertEquals(1, winners);
        } finally {
            threads.shutdownNow();
        }
    }

    // Finding

    @Test
    void aLeaseIsFoundByTheLineAndTheUserThatItWasFoundBy() {
        StopLeases leases = leases(Mode.SUITE);
        RecordingTarget user = new RecordingTarget.OfUser(UUID.randomUUID().toString());
        leases.take(holder, Set.of(target), number, LONG);
        assertEquals(Set.of(target), leases.foundBy(number));
        pass(LONG);
        leases.take(other, Set.of(target), user, LONG);
        assertEquals(Set.of(target), leases.foundBy(number));
        assertEquals(Set.of(target), leases.foundBy(user));
        assertEquals(Set.of(), leases.foundBy(new RecordingTarget.OfUser("nobody")));
    }

    @Test
    void aLeaseIsFoundByWhoManagesItsLineWhoeverElseFindsIt() {
        StopLeases leases = leases(Mode.SUITE);
        String name = UUID.randomUUID().toString();
        RecordingTarget manager = new RecordingTarget.OfManager(name);
        RecordingTarget user = new RecordingTarget.OfUser(name);
        leases.take(holder, Set.of(target), manager, LONG);
        assertEquals(Set.of(target), leases.foundBy(manager));
        assertEquals(Set.of(), leases.foundBy(user));
        pass(LONG);
        leases.take(other, Set.of(target), user, LONG);
        assertEquals(Set.of(target), leases.foundBy(manager));
        assertEquals(Set.of(target), leases.foundBy(user));
    }

    /** A line may have been used again since. */
    @Test
    void byWhatALeaseWasFoundIsForgottenWithIt() {
        // Given
        StopLeases leases = leases(Mode.SUITE);
        leases.take(holder, Set.of(target), number, LONG);
        pass(LONG.plus(KEEP));
        leases.take(other, Set.of(target), null, LONG);
        // When
        Set<RecordingTarget> found = leases.foundBy(number);
        // Then
        assertEquals(Set.of(), found);
    }

    @Test
    void aClaimedEndIsNotFound() {
        StopLeases leases = leases(Mode.SUITE);
        leases.take(holder, Set.of(target), number, LONG);
        claim(leases, holder, target);
        assertEquals(Set.of(), leases.foundBy(number));
        assertFalse(leases.isOpen(a));
    }

    // Settling

    @Test
    void whoRemovesTheEntryClaims() {
        StopLeases leases = leases(Mode.REGISTRY);
        registry().addAll(List.of(forked(a, "SEP1", "101")));
        take(leases, holder, target);
        assertEquals(Optional.of(Set.of(target)), claim(leases, holder, target));
        assertEquals(Optional.empty(), registry().find(a));
        take(leases, other, target);
        assertEquals(Optional.of(Set.of()), claim(leases, other, target));
    }

    @Test
    void inFrontOfASuiteAnEndIsClaimedOnceWhileTheKeepLasts() {
        StopLeases leases = leases(Mode.SUITE);
        take(leases, holder, target);
        assertEquals(Optional.of(Set.of(target)), claim(leases, holder, target));
        assertEquals(Map.of(target, new Earlier(false, true)), take(leases, other, target));
        assertEquals(Optional.of(Set.of()), claim(leases, other, target));
        pass(KEEP);
        assertEquals(Map.of(target, new Earlier(false, false)), take(leases, other, target));
    }

    @Test
    void aClaimOutlivesAHolderThatLeavesAnUnknownOutcome() {
        StopLeases leases = leases(Mode.SUITE);
        take(leases, holder, target);
        claim(leases, holder, target);
        take(leases, other, target);
        leases.giveBack(new Unsettled(other, Set.of(), Set.of(target), Set.of(), STOP));
        assertEquals(Map.of(target, new Earlier(true, true)), take(leases, holder, target));
        assertEquals(Optional.of(Set.of()), claim(leases, holder, target));
    }

    @Test
    void aLineIsClaimedAgainSinceLinesAreUsedTwice() {
        StopLeases leases = leases(Mode.SUITE);
        take(leases, holder, number);
        assertEquals(Optional.of(Set.of(number)), claim(leases, holder, number));
        assertEquals(Map.of(number, new Earlier(false, false)), take(leases, other, number));
        assertEquals(Optional.of(Set.of(number)), claim(leases, other, number));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void whoWasOvertakenClaimsNothingAndRemovesNothing(Mode mode) {
        StopLeases leases = leases(mode);
        registry().addAll(List.of(forked(a, "SEP1", "101")));
        take(leases, holder, target);
        pass(LONG);
        take(leases, other, target);
        assertEquals(Optional.empty(), claim(leases, holder, target));
        assertEquals(Optional.empty(), leases.settle(over(holder, target)));
        assertTrue(registry().find(a).isPresent());
        assertEquals(Optional.of(Set.of(target)), claim(leases, other, target));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void ofSeveralNothingIsClaimedUnlessAllLeasesAreHeld(Mode mode) {
        StopLeases leases = leases(mode);
        registry().addAll(List.of(forked(a, "SEP1", "101")));
        take(leases, holder, target);
        take(leases, other, second);
        assertEquals(Optional.empty(), claim(leases, holder, target, second));
        assertTrue(registry().find(a).isPresent());
        assertEquals(Optional.of(Set.of(target)), claim(leases, holder, target));
    }

    @Test
    void whatIsOverLeavesTheRegistryAndNothingToClaim() {
        StopLeases leases = leases(Mode.REGISTRY);
        registry().addAll(List.of(forked(a, "SEP1", "101")));
        take(leases, holder, target);
        assertEquals(Optional.of(Set.of()), leases.settle(over(holder, target)));
        assertEquals(Optional.empty(), registry().find(a));
        assertFalse(leases.isOpen(a));
    }

    @Test
    void whatIsOverInFrontOfASuiteLeavesNothing() {
        StopLeases leases = leases(Mode.SUITE);
        take(leases, holder, target);
        leases.settle(over(holder, target));
        assertEquals(Map.of(target, new Earlier(false, false)), take(leases, other, target));
    }

    @Test
    void whatTheRecorderConfirmedAndNobodyClaimedIsNeitherLiveNorInTheWayOfAStart() {
        StopLeases leases = leases(Mode.REGISTRY);
        String line = UUID.randomUUID().toString();
        registry().addIfLineIsFree(forked(a, "SEP1", line));
        take(leases, holder, target);
        leases.giveBack(new Unsettled(holder, Set.of(target), Set.of(), Set.of(), STOP));
        assertEquals(RecordingStatus.STOPPED, registry().find(a).orElseThrow().status());
        assertTrue(registry().addIfLineIsFree(forked(new RecordingId(UUID.randomUUID()), "SEP1", line)));
        assertEquals(Map.of(target, new Earlier(true, false)), take(leases, other, target));
        assertEquals(Optional.of(Set.of(target)), claim(leases, other, target));
    }

    @Test
    void whoWasOvertakenMarksNoEntryAsStopped() {
        StopLeases leases = leases(Mode.REGISTRY);
        registry().addAll(List.of(forked(a, "SEP1", "101")));
        take(leases, holder, target);
        pass(LONG);
        take(leases, other, target);
        leases.giveBack(new Unsettled(holder, Set.of(target), Set.of(), Set.of(), STOP));
        assertEquals(RecordingStatus.RECORDING, registry().find(a).orElseThrow().status());
    }

    // The answer under the key

    @ParameterizedTest
    @EnumSource(Mode.class)
    void theAnswerIsStoredWithTheClaim(Mode mode) {
        StopLeases leases = leases(mode);
        registry().addAll(List.of(forked(a, "SEP1", "101")));
        IdempotencyKey key = key();
        keys().take(key, holder, LONG);
        take(leases, holder, target);
        leases.settle(settlement(holder, key, Set.of(target), Set.of()));
        assertEquals(new Taken(Outcome.ANSWERED, DONE), keys().take(key, other, LONG));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void thatThereWasNothingToClaimIsStoredAsWell(Mode mode) {
        StopLeases leases = leases(mode);
        IdempotencyKey key = key();
        keys().take(key, holder, LONG);
        take(leases, holder, target);
        leases.settle(settlement(holder, key, Set.of(), Set.of(target)));
        assertEquals(new Taken(Outcome.ANSWERED, NOTHING), keys().take(key, other, LONG));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void whoLostTheKeyClaimsNothing(Mode mode) {
        StopLeases leases = leases(mode);
        registry().addAll(List.of(forked(a, "SEP1", "101")));
        IdempotencyKey key = key();
        keys().take(key, holder, Duration.ofSeconds(1));
        take(leases, holder, target);
        pass(Duration.ofSeconds(1));
        keys().take(key, other, LONG);
        assertEquals(Optional.empty(), leases.settle(settlement(holder, key, Set.of(target), Set.of())));
        assertTrue(registry().find(a).isPresent());
        assertEquals(new Taken(Outcome.HELD, null), keys().take(key, holder, LONG));
    }

    // Sweeping

    @ParameterizedTest
    @EnumSource(Mode.class)
    void whatWasKeptLongEnoughIsSweptAndNothingElse(Mode mode) {
        StopLeases leases = leases(mode);
        leases.removeLapsed();
        take(leases, holder, target);
        pass(LONG.plus(KEEP));
        take(leases, holder, second);
        assertTrue(leases.removeLapsed() >= 1);
        assertEquals(Map.of(), take(leases, other, second));
        assertEquals(Map.of(target, new Earlier(false, false)), take(leases, other, target));
    }

    private static Map<RecordingTarget, Earlier> take(StopLeases leases, UUID holder, RecordingTarget... targets) {
        return leases.take(holder, Set.of(targets), null, LONG);
    }

    private Optional<Set<RecordingTarget>> claim(StopLeases leases, UUID holder, RecordingTarget... targets) {
        return leases.settle(settlement(holder, null, Set.of(targets), Set.of()));
    }

    private Settlement over(UUID holder, RecordingTarget over) {
        return settlement(holder, null, Set.of(), Set.of(over));
    }

    private Settlement settlement(
            UUID holder, IdempotencyKey key, Set<RecordingTarget> stopped, Set<RecordingTarget> over) {
        UUID entry = trail().asked(new Asked(Operation.STOP, ALICE, null, null, null))
                .id();
        return new Settlement(
                holder,
                stopped,
                Set.of(),
                over,
                entry,
                Duration.ZERO,
                key == null ? null : new Settlement.Answers(key, DONE, NOTHING),
                STOP);
    }

    private static IdempotencyKey key() {
        return new IdempotencyKey("alice", UUID.randomUUID().toString(), "f", null);
    }
}
