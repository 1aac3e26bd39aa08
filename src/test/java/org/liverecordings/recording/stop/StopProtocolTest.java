package org.liverecordings.recording.stop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liverecordings.recording.Recordings.STOP;
import static org.liverecordings.recording.Recordings.forked;
import static org.liverecordings.recording.Recordings.id;
import static org.liverecordings.recording.Recordings.listed;
import static org.liverecordings.recording.store.ListedLines.free;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liverecordings.recording.Caller;
import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.audit.AuditTrail.Result;
import org.liverecordings.recording.audit.NotedTrail;
import org.liverecordings.recording.audit.StillUnderWayException;
import org.liverecordings.recording.idempotency.AnswerWriter;
import org.liverecordings.recording.idempotency.IdempotencyKey;
import org.liverecordings.recording.idempotency.KeyReusedException;
import org.liverecordings.recording.idempotency.RepeatedAnswerException;
import org.liverecordings.recording.idempotency.StoredAnswer;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.recorder.Script.Answer;
import org.liverecordings.recording.recorder.ScriptedRecorder;
import org.liverecordings.recording.recorder.ScriptedSuite;
import org.liverecordings.recording.store.ListedLines;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.Settlement;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.recording.store.StopLeases.Unsettled;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.registry.memory.MemoryHolds;
import org.liverecordings.registry.memory.MemoryLiveRecordingRepository;
import org.liverecordings.support.TestLeases;

/** For each rule of the protocol the shortest way in which things would go wrong without it, and what its waiting means. */
@Timeout(60)
class StopProtocolTest {

    private static final RecordingId A = id(1);
    private static final RecordingId B = id(2);
    private static final RecordingTarget TARGET = new RecordingTarget.ById(A);
    private static final UUID OTHER = new UUID(9, 9);
    private static final Duration KEEP = Duration.ofMinutes(5);
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private Instant now = Instant.parse("2026-06-01T12:00:00Z");
    private final LiveRecordingRepository registry = new MemoryLiveRecordingRepository(InstantSource.system());
    private final NotedTrail trail = new NotedTrail();
    private final StopLeases leases = TestLeases.of(registry, trail.keys(), KEEP, () -> now);
    private final StopLeases suiteLeases = TestLeases.of(null, trail.keys(), KEEP, () -> now);
    private final ScriptedRecorder recorder = new ScriptedRecorder();
    private final ScriptedSuite suite = new ScriptedSuite(null);

    /** A request with a deadline of its own. */
    private static Caller caller(IdempotencyKey key) {
        return new Caller("alice", 10, Set.of(), null, "c-1", Deadline.after(DEADLINE), key);
    }

    private List<RecordingId> stop(StopLeases by) {
        return stopping(by).stop(StopRequest.byId(caller(null), A.toString()));
    }

    private StopRecordingUseCase stopping(StopLeases by) {
        return new RegistryStopRecording(
                registry,
                new ListedLines(free("SEP1", "101"), free("SEP2", "101")),
                recorder,
                by,
                new StopHolds(new MemoryHolds(InstantSource.system()), false, Duration.ofHours(1)),
                trail,
                trail.requests(),
                DEADLINE,
                () -> now);
    }

    private StopRecordingUseCase forwarding() {
        return new SuiteStopRecording(
                suite,
                new ListedLines(),
                suiteLeases,
                new StopHolds(new MemoryHolds(() -> now), false, KEEP),
                trail.requests());
    }

    private List<RecordingId> forwardId() {
        return forwarding().stop(StopRequest.byId(caller(null), A.toString()));
    }

    private List<RecordingId> forwardNumber(String number) {
        return forwarding().stop(StopRequest.byLine(caller(null), null, number));
    }

    private void recorded(RecordingId... ids) {
        for (int i = 0; i < ids.length; i++) {
            registry.addAll(List.of(forked(ids[i], "SEP" + (i + 1), "101")));
        }
    }

    // entry: who claims must have removed the registry entry himself

    @Test
    void whoseOwnFirstReplyGotLostClaimsNothingThatAnotherClaimedBefore() {
        recorded(A);
        recorder.answers(A, Answer.DONE, Answer.NOT_LIVE_AFTER_LOST_REPLY).meanwhile(A, () -> {
            assertEquals(Map.of(), leases.take(OTHER, Set.of(TARGET), null, DEADLINE));
        });
        assertEquals(List.of(A), stop(leases));
        recorded(A);
        StopLeases late = new Leases(leases) {
            @Override
            public Optional<Set<RecordingTarget>> settle(Settlement settlement) {
                registry.remove(A);
                return super.settle(settlement);
            }
        };
        assertThrows(NoLiveRecordingException.class, () -> stop(late));
    }

    // claimed: in front of a suite an end is claimed once

    @Test
    void whoseOwnFirstReplyGotLostClaimsNothingThatTheSuiteConfirmedToAnother() {
        suite.answers(A, Answer.DONE, Answer.NOT_LIVE_AFTER_LOST_REPLY);
        assertEquals(List.of(A), forwardId());
        assertThrows(NoLiveRecordingException.class, this::forwardId);
    }

    // fence: who was overtaken settles nothing, a 409 neither

    @Test
    void whoWasOvertakenRemovesNoEntryAndLeavesTheClaimToWhoeverComesNext() {
        recorded(A);
        recorder.answers(A, Answer.NOT_LIVE, Answer.NOT_LIVE).meanwhile(A, () -> {
            // Its time is over: the next one takes the lease over, and is told by the recorder that it stopped the
            // recording.
            now = now.plus(Duration.ofDays(1));
            leases.take(OTHER, Set.of(TARGET), null, DEADLINE);
            leases.giveBack(new Unsettled(OTHER, Set.of(TARGET), Set.of(), Set.of(), STOP));
        });
        assertThrows(StillUnderWayException.class, () -> stop(leases));
        assertEquals(RecordingStatus.STOPPED, registry.find(A).orElseThrow().status());
        assertEquals(List.of(A), stop(leases));
    }

    // own-try: an earlier try of the same call counts like an earlier request

    @Test
    void whoseFirstReplyGotLostClaimsWhatItsSecondTryFindsGone() {
        recorded(A);
        recorder.answers(A, Answer.NOT_LIVE_AFTER_LOST_REPLY);
        assertEquals(List.of(A), stop(leases));
        assertTrue(trail.outcome().inferred());
    }

    @Test
    void whatTheRecorderConfirmedIsNotInferred() {
        recorded(A);
        stop(leases);
        assertEquals(false, trail.outcome().inferred());
    }

    // one-commit: if a part fails, nothing is claimed, and all of it is told to whoever repeats the stop

    @Test
    void whatWasStoppedOfAStopThatFailedInPartIsToldByTheRepeatedOneThoughTheRestIsGone() {
        recorded(A, B);
        recorder.answers(A, Answer.OUT_OF_REACH).answers(B, Answer.DONE, Answer.NOT_LIVE);
        StopRequest line = StopRequest.byLine(caller(null), null, "101");
        assertThrows(RecorderUnavailableException.class, () -> stopping(leases).stop(line));
        assertEquals(RecordingStatus.STOPPED, registry.find(B).orElseThrow().status());
        registry.remove(A);
        assertEquals(List.of(B), stopping(leases).stop(StopRequest.byLine(caller(null), null, "101")));
    }

    // key-lease

    private static final AnswerWriter ANSWERS = new AnswerWriter() {
        @Override
        public StoredAnswer done(Object result) {
            return new StoredAnswer(204, null, null);
        }

        @Override
        public Optional<StoredAnswer> failed(RuntimeException failure) {
            return failure instanceof NoLiveRecordingException
                    ? Optional.of(new StoredAnswer(409, "text/plain", "none"))
                    : Optional.empty();
        }

        @Override
        public Refusal refusal(StoredAnswer answer) {
            return answer.status() == 204 ? Refusal.NONE : new Refusal(Refusal.Kind.NOT_LIVE, null);
        }
    };

    private static IdempotencyKey key(String fingerprint) {
        return new IdempotencyKey("alice", "k", fingerprint, ANSWERS);
    }

    private List<RecordingId> stopWithKey(String fingerprint) {
        return stopping(leases).stop(StopRequest.byId(caller(key(fingerprint)), A.toString()));
    }

    @Test
    void whoRepeatsWithTheKeyIsToldTheSameAgain() {
        recorded(A);
        stopWithKey("f");
        RepeatedAnswerException again = assertThrows(RepeatedAnswerException.class, () -> stopWithKey("f"));
        assertEquals(new StoredAnswer(204, null, null), again.answer());
        assertEquals(List.of(A), recorder.asked());
        assertEquals("ended DONE", trail.notes().get(trail.notes().size() - 1));
    }

    @Test
    void thatNothingIsLiveIsToldAgainAsWell() {
        assertThrows(NoLiveRecordingException.class, () -> stopWithKey("f"));
        recorded(A);
        RepeatedAnswerException again = assertThrows(RepeatedAnswerException.class, () -> stopWithKey("f"));
        assertEquals(409, again.answer().status());
    }

    @Test
    void aKeyIsNotGoodForSomethingElse() {
        recorded(A);
        stopWithKey("f");
        assertThrows(KeyReusedException.class, () -> stopWithKey("g"));
    }

    @Test
    void afterAFailureTheKeyIsANewAttempt() {
        recorded(A);
        recorder.answers(A, Answer.REPLY_LOST, Answer.NOT_LIVE);
        assertThrows(RecorderUnavailableException.class, () -> stopWithKey("f"));
        assertEquals(List.of(A), stopWithKey("f"));
    }

    // verify: a commit that wasn't answered

    @Test
    void aClaimWhoseCommitWasNotAnsweredIsFoundOnTheTrail() {
        recorded(A);
        trail.knows(Result.DONE);
        StopLeases unanswered = new Leases(leases) {
            private boolean lost;

            @Override
            public Optional<Set<RecordingTarget>> settle(Settlement settlement) {
                Optional<Set<RecordingTarget>> settled = super.settle(settlement);
                if (!lost) {
                    lost = true;
                    throw new StoreUnavailableException("no answer to the commit", null);
                }
                return settled;
            }
        };
        assertEquals(List.of(A), stop(unanswered));
    }

    @Test
    void aClaimThatWasNotCommittedIsCommittedOnceMore() {
        recorded(A);
        StopLeases unanswered = new Leases(leases) {
            private boolean lost;

            @Override
            public Optional<Set<RecordingTarget>> settle(Settlement settlement) {
                if (!lost) {
                    lost = true;
                    throw new StoreUnavailableException("no answer to the commit", null);
                }
                return super.settle(settlement);
            }
        };
        assertEquals(List.of(A), stop(unanswered));
    }

    // by-id: a line's stop names the recordings that it found

    @Test
    void aNumberIsListedAndItsRecordingStoppedByItsId() {
        suite.lists(listed(A, "alice"));
        assertEquals(List.of(A), forwardNumber("101"));
        assertEquals(List.of(A), suite.asked());
        assertEquals(List.of(ListFilter.of(null, "101", null, null)), suite.filters());
    }

    @Test
    void aLostReplyByNumberIsClaimedWhenTheNumberIsStoppedAgainAndItsNextRecordingIsLeftAlone() {
        suite.lists(listed(A, "alice")).answers(A, Answer.REPLY_LOST, Answer.NOT_LIVE);
        assertThrows(RecorderUnavailableException.class, () -> forwardNumber("101"));
        suite.lists();
        assertEquals(List.of(A), forwardNumber("101"));
        assertEquals(List.of(A, A), suite.asked());
        assertThrows(NoLiveRecordingException.class, () -> forwardNumber("101"));
    }

    @Test
    void aLostReplyByNumberIsClaimedByWhoeverNamesTheId() {
        suite.lists(listed(A, "alice")).answers(A, Answer.REPLY_LOST, Answer.NOT_LIVE);
        assertThrows(RecorderUnavailableException.class, () -> forwardNumber("101"));
        assertEquals(List.of(A), forwardId());
        suite.lists();
        assertThrows(NoLiveRecordingException.class, () -> forwardNumber("101"));
    }

    @Test
    void severalOnANumberAreStoppedAsOneSinceARuleForOneForbidsAll() {
        suite.lists(listed(A, "alice"), listed(B, "bob"));
        assertEquals(List.of(), forwardNumber("101"));
        assertEquals(1, suite.asked().size());
    }

    @Test
    void whatASuiteThatWasAskedForALineMayHaveStoppedIsClaimedOnceNothingIsListedAnyMore() {
        suite.lists(listed(A, "alice"), listed(B, "bob")).answersAny(Answer.REPLY_LOST);
        assertThrows(RecorderUnavailableException.class, () -> forwardNumber("101"));
        suite.lists();
        assertEquals(List.of(), forwardNumber("101"));
        assertEquals(1, suite.asked().size());
        assertThrows(NoLiveRecordingException.class, () -> forwardNumber("101"));
    }

    // Waiting

    @Test
    void whileAnotherStopsItTheNextOneWaitsAndFindsItStopped() {
        recorded(A);
        CompletableFuture<List<RecordingId>> other = new CompletableFuture<>();
        recorder.meanwhile(A, () -> other.completeAsync(() -> stop(leases)));
        assertEquals(List.of(A), stop(leases));
        CompletionException failure = assertThrows(CompletionException.class, other::join);
        assertEquals(NoLiveRecordingException.class, failure.getCause().getClass());
        assertEquals(List.of(A), recorder.asked());
    }

    @Test
    void whoWaitsPastItsDeadlineIsToldToAskAgainAndNobodyIsAsked() {
        recorded(A);
        leases.take(OTHER, Set.of(TARGET), null, KEEP);
        Caller impatient = new Caller("alice", 10, Set.of(), null, "c-1", Deadline.after(Duration.ofMillis(200)), null);
        StillUnderWayException failure = assertThrows(
                StillUnderWayException.class, () -> stopping(leases).stop(StopRequest.byId(impatient, A.toString())));
        assertEquals(false, failure.mayHaveArrived());
        assertEquals(List.of(), recorder.asked());
        assertEquals(1, registry.count());
    }

    @Test
    void afterTheDeadlineNothingIsTakenAndNobodyIsAsked() {
        recorded(A);
        Caller late = new Caller("alice", 10, Set.of(), null, "c-1", Deadline.after(Duration.ZERO), null);
        assertThrows(
                RecorderUnavailableException.class, () -> stopping(leases).stop(StopRequest.byId(late, A.toString())));
        assertEquals(List.of(), recorder.asked());
        assertEquals(false, leases.isOpen(A));
    }

    @Test
    void whoWaitsAndIsInterruptedLeavesItsThreadInterrupted() {
        recorded(A);
        leases.take(OTHER, Set.of(TARGET), null, KEEP);
        Thread.currentThread().interrupt();
        assertThrows(RecorderUnavailableException.class, () -> stop(leases));
        assertTrue(Thread.interrupted());
    }

    // A store that is away

    @Test
    void ifItCantBeSettledWhatTheRecorderStoppedIsToldByTheRepeatedStop() {
        recorded(A);
        recorder.answers(A, Answer.DONE, Answer.NOT_LIVE);
        StopLeases away = new Leases(leases) {
            @Override
            public Optional<Set<RecordingTarget>> settle(Settlement settlement) {
                throw new StoreUnavailableException("away", null);
            }
        };
        Caller impatient = new Caller("alice", 10, Set.of(), null, "c-1", Deadline.after(Duration.ofMillis(200)), null);
        assertThrows(
                StoreUnavailableException.class, () -> stopping(away).stop(StopRequest.byId(impatient, A.toString())));
        assertEquals(Result.UNKNOWN, trail.outcome().result());
        assertEquals(List.of(), trail.outcome().recordings());
        assertEquals(List.of(A), stop(leases));
    }

    @Test
    void ifItCantBeSettledWhatEndedByItselfIsClaimedByNobody() {
        recorded(A);
        recorder.answers(A, Answer.NOT_LIVE);
        StopLeases away = new Leases(leases) {
            @Override
            public Optional<Set<RecordingTarget>> settle(Settlement settlement) {
                throw new StoreUnavailableException("away", null);
            }
        };
        Caller impatient = new Caller("alice", 10, Set.of(), null, "c-1", Deadline.after(Duration.ofMillis(200)), null);
        assertThrows(
                StoreUnavailableException.class, () -> stopping(away).stop(StopRequest.byId(impatient, A.toString())));
        assertThrows(NoLiveRecordingException.class, () -> stop(leases));
    }

    /** Leases that a test gets in the way of. */
    private abstract static class Leases implements StopLeases {

        private final StopLeases leases;

        Leases(StopLeases leases) {
            this.leases = leases;
        }

        @Override
        public Map<RecordingTarget, Earlier> take(
                UUID holder, Collection<RecordingTarget> targets, RecordingTarget foundBy, Duration duration) {
            return leases.take(holder, targets, foundBy, duration);
        }

        @Override
        public Set<RecordingTarget> foundBy(RecordingTarget lineOrUser) {
            return leases.foundBy(lineOrUser);
        }

        @Override
        public Optional<Set<RecordingTarget>> settle(Settlement settlement) {
            return leases.settle(settlement);
        }

        @Override
        public void giveBack(Unsettled unsettled) {
            leases.giveBack(unsettled);
        }

        @Override
        public boolean isOpen(RecordingId recording) {
            return leases.isOpen(recording);
        }

        @Override
        public int removeLapsed() {
            return leases.removeLapsed();
        }
    }
}
