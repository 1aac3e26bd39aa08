package org.liverecordings.recording.stop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.liverecordings.recording.Recordings.ALICE;
import static org.liverecordings.recording.Recordings.BOB;
import static org.liverecordings.recording.Recordings.id;
import static org.liverecordings.recording.Recordings.listed;
import static org.liverecordings.recording.Recordings.manager;
import static org.liverecordings.recording.Recordings.on;
import static org.liverecordings.recording.store.ListedLines.free;
import static org.liverecordings.recording.store.ListedLines.in;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.liverecordings.recording.Caller;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.audit.NotedTrail;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.NoUsableListException;
import org.liverecordings.recording.recorder.RecorderFailedException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.recorder.Script.Answer;
import org.liverecordings.recording.recorder.ScriptedSuite;
import org.liverecordings.recording.store.Holds.Hold;
import org.liverecordings.recording.store.ListedLines;
import org.liverecordings.registry.memory.MemoryHolds;
import org.liverecordings.support.TestLeases;

class SuiteStopRecordingTest {

    private static final RecordingId ID = id(1);
    private static final RecordingId OTHER = id(2);
    private static final StopRequest BY_ID = StopRequest.byId(ALICE, ID.toString());
    private static final LineSelector LINE = new LineSelector(DeviceName.of("SEP1"), DirectoryNumber.of("+39101"));
    private static final StopRequest BY_LINE = StopRequest.byLine(ALICE, "SEP1", "+39101");

    private final ScriptedSuite suite = new ScriptedSuite(null);
    private final NotedTrail trail = new NotedTrail();
    private final MemoryHolds holds = new MemoryHolds(InstantSource.system());
    private final StopRecordingUseCase stopRecording = new SuiteStopRecording(
            suite,
            new ListedLines(
                    ListedLines.of("carol", in("milan", free("SEP1", "+39101"))),
                    ListedLines.of("dave", in("rome", free("SEP2", "+39101"))),
                    ListedLines.of("dave", in("rome", free("SEP2", "102"))),
                    ListedLines.of("erin", free("SEP2", "103"))),
            TestLeases.of(null, trail.keys(), Duration.ofMinutes(5), InstantSource.system()),
            new StopHolds(holds, false, Duration.ofHours(1)),
            trail.requests());

    @Test
    void anIdIsForwardedAsAnId() {
        List<RecordingId> stopped = stopRecording.stop(BY_ID);
        assertEquals(List.of(ID), stopped);
        assertEquals(List.of(ID), suite.asked());
    }

    @Test
    void aLineIsForwardedAsALineAndNobodyKnowsWhatWasOnIt() {
        List<RecordingId> stopped = stopRecording.stop(BY_LINE);
        assertEquals(List.of(), stopped);
        assertEquals(List.of(LINE), suite.asked());
    }

    @Test
    void whatIsNoTargetIsNotForwarded() {
        StopRequest request = StopRequest.byLine(ALICE, " ", null);
        StopRejectedException rejected = assertThrows(StopRejectedException.class, () -> stopRecording.stop(request));
        assertEquals(StopRejection.INVALID_TARGET.code(), rejected.code());
        assertEquals(List.of(), suite.asked());
    }

    @Test
    void theSuitesRejectionIsPassedOn() {
        suite.answers(LINE, Answer.REJECTED);
        StopRejectedException rejected = assertThrows(StopRejectedException.class, () -> stopRecording.stop(BY_LINE));
        assertEquals(StopRejection.AUTOMATIC_RECORDING.code(), rejected.code());
    }

    @Test
    void whatTheSuiteDoesntRecordIsNotLive() {
        suite.answers(ID, Answer.NOT_LIVE);
        assertThrows(NoLiveRecordingException.class, () -> stopRecording.stop(BY_ID));
    }

    @Test
    void aLostReplyByIdIsConfirmedOnceToWhomeverRepeatsIt() {
        suite.answers(ID, Answer.REPLY_LOST, Answer.NOT_LIVE);
        assertThrows(RecorderUnavailableException.class, () -> stopRecording.stop(BY_ID));
        assertEquals(List.of(ID), stopRecording.stop(BY_ID));
        assertThrows(NoLiveRecordingException.class, () -> stopRecording.stop(BY_ID));
    }

    @Test
    void aLostReplyByLineIsConfirmedHoweverTheLineIsSpelledTheSecondTime() {
        suite.answers(LINE, Answer.REPLY_LOST, Answer.NOT_LIVE);
        assertThrows(RecorderUnavailableException.class, () -> stopRecording.stop(BY_LINE));
        assertEquals(List.of(), stopRecording.stop(StopRequest.byLine(ALICE, "sep1", "\\+39101")));
        assertThrows(NoLiveRecordingException.class, () -> stopRecording.stop(BY_LINE));
    }

    @Test
    void aLostReplyOfADeviceDoesntConfirmAStopOfItsLine() {
        LineSelector device = new LineSelector(DeviceName.of("SEP1"), null);
        suite.answers(device, Answer.REPLY_LOST).answers(LINE, Answer.NOT_LIVE);
        assertThrows(
                RecorderUnavailableException.class, () -> stopRecording.stop(StopRequest.byLine(ALICE, "SEP1", null)));
        assertThrows(NoLiveRecordingException.class, () -> stopRecording.stop(BY_LINE));
    }

    @Test
    void aStopByLineIsConfirmedOnTheTrailWithoutAnId() {
        stopRecording.stop(BY_LINE);
        assertEquals(List.of("asked STOP", "confirmed null", "ended DONE"), trail.notes());
        assertEquals(List.of(), trail.outcome().recordings());
    }

    // On lines of a group that the caller manages

    @Test
    void whoManagesTheGroupStopsARecordingThatTheSuiteListsThereById() {
        suite.lists(listed(ID, "Carol"), listed(OTHER, "dave"));
        List<RecordingId> stopped = stopRecording.stop(StopRequest.byId(manager("milan"), ID.toString()));
        assertEquals(List.of(ID), stopped);
        assertEquals(List.of(ID), suite.asked());
        assertEquals(List.of(ListFilter.ALL), suite.filters());
    }

    @ParameterizedTest
    @CsvSource({"dave", "erin", "mia", "nobody", "''", ","})
    void anothersIdIsNotForwardedWhetherItIsListedOrNot(String user) {
        ListedRecording[] listed =
                "nobody".equals(user) ? new ListedRecording[0] : new ListedRecording[] {listed(ID, user)};
        suite.lists(listed);
        assertThrows(
                NotPermittedException.class,
                () -> stopRecording.stop(StopRequest.byId(manager("milan"), ID.toString())));
        assertEquals(List.of(), suite.asked());
        assertEquals(List.of("asked STOP", "ended FORBIDDEN"), trail.notes());
    }

    @Test
    void aLostReplyIsConfirmedToTheManagerWhoRepeatsItThoughTheSuiteListsItNoMore() {
        suite.lists(listed(ID, "carol")).answers(ID, Answer.REPLY_LOST, Answer.NOT_LIVE);
        StopRequest request = StopRequest.byId(manager("milan"), ID.toString());
        assertThrows(RecorderUnavailableException.class, () -> stopRecording.stop(request));
        suite.lists();
        assertEquals(List.of(ID), stopRecording.stop(request));
        assertThrows(NotPermittedException.class, () -> stopRecording.stop(request));
    }

    @Test
    void aManagersLostReplyIsNoneOfTheirOwnRecordings() {
        suite.lists(listed(ID, "carol")).answers(ID, Answer.REPLY_LOST);
        StopRequest request = StopRequest.byId(manager("milan"), ID.toString());
        assertThrows(RecorderUnavailableException.class, () -> stopRecording.stop(request));
        suite.lists();
        assertThrows(NoLiveRecordingException.class, () -> stopRecording.stop(StopRequest.mine(manager("milan"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                    groups     | device | number | forwarded
                    milan      | SEP1   |        | SEP1/
                    milan      | SEP1   | +39101 | SEP1/+39101
                    milan rome |        | +39101 | /+39101
                    milan      |        | +39101 | SEP1/+39101
                    rome       | SEP2   |        | SEP2/+39101 SEP2/102
                    """)
    void onlyLinesThatTheCallerManagesAreForwarded(String groups, String device, String number, String forwarded) {
        suite.lists(listed(ID, "carol"), listed(OTHER, "dave"));
        stopRecording.stop(StopRequest.byLine(manager(groups.split(" ")), device, number));
        assertEquals(
                Stream.of(forwarded.split(" "))
                        .map(line -> line.split("/", 2))
                        .map(names -> on(names[0], names[1]))
                        .collect(Collectors.toSet()),
                Set.copyOf(suite.asked()));
    }

    @Test
    void theOneRecordingOfAManagedNumberIsStoppedById() {
        suite.lists(listed(ID, "dave"));
        stopRecording.stop(StopRequest.byLine(manager("rome"), null, "102"));
        assertEquals(List.of(ID), suite.asked());
        assertEquals(List.of(ListFilter.of(null, "102", null, null)), suite.filters());
    }

    @ParameterizedTest
    @CsvSource({"SEP2,", "SEP2,+39101", ",102", ",103", "SEP9,", ",109"})
    void aLineThatTheCallerDoesntManageIsNotAskedFor(String device, String number) {
        StopRequest request = StopRequest.byLine(manager("milan"), device, number);
        assertThrows(NotPermittedException.class, () -> stopRecording.stop(request));
        assertEquals(List.of(), suite.asked());
        assertEquals(List.of(), suite.filters());
    }

    @Test
    void whatIsNoIdIsRejectedForWhoManagesSomeLinesToo() {
        StopRequest request = StopRequest.byId(manager("milan"), "101");
        StopRejectedException rejected = assertThrows(StopRejectedException.class, () -> stopRecording.stop(request));
        assertEquals(StopRejection.INVALID_TARGET.code(), rejected.code());
    }

    // A number

    private static final LineSelector NUMBER = new LineSelector(null, DirectoryNumber.of("+39101"));
    private static final StopRequest BY_NUMBER = StopRequest.byLine(ALICE, null, "+39101");

    @Test
    void whatRunsOnANumberIsStoppedByItsId() {
        suite.lists(listed(ID, "alice"));
        List<RecordingId> stopped = stopRecording.stop(BY_NUMBER);
        assertEquals(List.of(ID), stopped);
        assertEquals(List.of(ID), suite.asked());
    }

    @Test
    void aNumberOfASuiteWithoutAListIsForwarded() {
        suite.listsNot(new NoUsableListException("UCX Suite answered 404", null));
        List<RecordingId> stopped = stopRecording.stop(BY_NUMBER);
        assertEquals(List.of(), stopped);
        assertEquals(List.of(NUMBER), suite.asked());
    }

    @Test
    void aListThatFailedMakesTheStopOfANumberFailAndNothingIsAsked() {
        suite.listsNot(new RecorderFailedException("UCX Suite answered 500", false, null));
        assertThrows(RecorderFailedException.class, () -> stopRecording.stop(BY_NUMBER));
        assertEquals(List.of(), suite.asked());
    }

    // Holds

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                    device | number | held
                    SEP1   | +39101 | SEP1/+39101
                    SEP1   |        | SEP1/
                           | +39101 | /+39101
                           | 102    | /102
                    """)
    void aStopForWantOfConsentHoldsWhatItNames(String device, String number, String held) {
        suite.lists(listed(ID, "dave"));
        stopRecording.stop(StopRequest.byLine(ALICE, device, number).because("Consent-Withdrawn"));
        assertEquals(List.of(held), held());
    }

    @Test
    void byIdItHoldsAllLinesOfTheUserWhomTheListNames() {
        suite.lists(listed(OTHER, "erin"), listed(ID, "DAVE"));
        stopRecording.stop(StopRequest.byId(ALICE, ID.toString()).because("consent-withdrawn"));
        assertEquals(List.of(ID), suite.asked());
        assertEquals(Set.of("SEP2/+39101", "SEP2/102"), Set.copyOf(held()));
    }

    @Test
    void itHoldsOnlyLinesThatTheCallerManages() {
        suite.lists(listed(ID, "carol"), listed(OTHER, "dave"));
        stopRecording.stop(StopRequest.byLine(manager("milan"), null, "+39101").because("consent-withdrawn"));
        assertEquals(List.of("SEP1/+39101"), held());
    }

    @Test
    void aStopOfMineHoldsTheCallersLines() {
        suite.lists(listed(ID, "erin"));
        Caller erin = new Caller("erin", 1, null, "c");
        stopRecording.stop(StopRequest.mine(erin).because("consent-withdrawn"));
        assertEquals(List.of("SEP2/103"), held());
    }

    @Test
    void aStartThatGotInBetweenTheListAndTheHoldIsStoppedWithIt() {
        suite.lists(listed(ID, "erin")).thenLists(listed(ID, "erin"), listed(OTHER, "erin"), listed(id(3), "dave"));
        Caller erin = new Caller("erin", 1, null, "c");

        List<RecordingId> stopped = stopRecording.stop(StopRequest.mine(erin).because("consent-withdrawn"));

        assertEquals(List.of(ID, OTHER), stopped);
        assertEquals(Set.of(ID, OTHER), Set.copyOf(suite.asked()));
    }

    @Test
    void aStartOnTheNumberThatGotInBetweenTheListAndTheHoldIsStoppedWithIt() {
        suite.lists(listed(ID, "dave")).thenLists(listed(ID, "dave"), listed(OTHER, "carol"));

        List<RecordingId> stopped =
                stopRecording.stop(StopRequest.byLine(ALICE, null, "+39101").because("consent-withdrawn"));

        assertEquals(List.of(ID, OTHER), stopped);
    }

    @ParameterizedTest
    @MethodSource("unusableLists")
    void ifItCantBeListedAgainWhatWasListedIsStopped(RuntimeException failure) {
        suite.lists(listed(ID, "dave")).thenListsNot(failure);

        List<RecordingId> stopped =
                stopRecording.stop(StopRequest.byLine(ALICE, null, "+39101").because("consent-withdrawn"));

        assertEquals(List.of(ID), stopped);
        assertEquals(List.of("/+39101"), held());
    }

    @Test
    void aHoldThatAnotherStopPutAsWellOutlivesAStopOfNothing() {
        suite.lists(listed(ID, "erin")).answers(ID, Answer.NOT_LIVE);
        suite.meanwhile(ID, () -> holds.put(List.of(on("SEP2", "103")), "legal", "bob", Duration.ofMinutes(1)));

        assertThrows(NoLiveRecordingException.class, () -> stopRecording.stop(BY_ID.because("consent-withdrawn")));

        assertEquals(List.of("SEP2/103"), held());
    }

    @Test
    void aStopOfNothingHoldsNothing() {
        suite.answers(LINE, Answer.NOT_LIVE);
        assertThrows(NoLiveRecordingException.class, () -> stopRecording.stop(BY_LINE.because("consent-withdrawn")));
        assertEquals(List.of(), held());
    }

    @Test
    void aStopThatTheSuiteRejectsHoldsNothing() {
        suite.answers(LINE, Answer.REJECTED);
        assertThrows(StopRejectedException.class, () -> stopRecording.stop(BY_LINE.because("consent-withdrawn")));
        assertEquals(List.of(), held());
    }

    @Test
    void ofSeveralOfWhichTheSuiteRejectsOneTheHoldsStay() {
        suite.lists(listed(ID, "erin"), listed(OTHER, "erin")).answers(OTHER, Answer.REJECTED);
        Caller erin = new Caller("erin", 1, null, "c");
        assertThrows(
                StopRejectedException.class,
                () -> stopRecording.stop(StopRequest.mine(erin).because("consent-withdrawn")));
        assertEquals(List.of("SEP2/103"), held());
    }

    @Test
    void aHoldIsOnTheTrailBesideItsStop() {
        stopRecording.stop(BY_LINE.because("consent-withdrawn"));
        assertEquals(
                List.of("asked STOP", "asked PUT_HOLD", "ended DONE"),
                trail.notes().stream()
                        .filter(note -> note.startsWith("asked") || note.startsWith("ended"))
                        .limit(3)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("unusableLists")
    void byIdItIsStoppedEvenIfNobodyKnowsItsLineAndTheTrailTellsThatThereIsNoHold(RuntimeException failure) {
        suite.listsNot(failure);
        List<RecordingId> stopped = stopRecording.stop(BY_ID.because("consent-withdrawn"));
        assertEquals(List.of(ID), stopped);
        assertEquals(List.of(), held());
        assertEquals(
                List.of("asked STOP", "asked PUT_HOLD", "ended FAILED"),
                trail.notes().stream()
                        .filter(note -> note.startsWith("asked") || note.startsWith("ended"))
                        .limit(3)
                        .toList());
    }

    static List<RuntimeException> unusableLists() {
        return List.of(
                new NoUsableListException("UCX Suite answered 404", null),
                new RecorderFailedException("UCX Suite answered 500", false, null),
                new RecorderUnavailableException("no answer in time", true, null));
    }

    @Test
    void withoutThatReasonNothingIsHeldAndTheSuiteIsNotAskedForItsList() {
        stopRecording.stop(BY_ID.because("payment"));
        assertEquals(List.of(), held());
        assertEquals(List.of(), suite.filters());
    }

    private List<String> held() {
        return holds.latest(10).stream()
                .map(Hold::line)
                .map(line ->
                        Objects.toString(line.deviceName(), "") + "/" + Objects.toString(line.directoryNumber(), ""))
                .toList();
    }

    // The caller's own

    @Test
    void mineStopsWhatTheSuiteListsForTheCallerOneByOne() {
        suite.lists(listed(ID, "Bob"), listed(OTHER, "bob"));
        List<RecordingId> stopped = stopRecording.stop(StopRequest.mine(BOB));
        assertEquals(List.of(ID, OTHER), stopped);
        assertEquals(List.of(ID, OTHER), suite.asked());
        assertEquals(List.of(new ListFilter(null, null, "bob", null)), suite.filters());
    }

    @Test
    void aSuiteThatListsOthersRecordingsAsMineIsNotTrusted() {
        suite.lists(listed(ID, "carol"), listed(OTHER, "bob"), listed(id(3), null));
        List<RecordingId> stopped = stopRecording.stop(StopRequest.mine(BOB));
        assertEquals(List.of(OTHER), stopped);
        assertEquals(List.of(OTHER), suite.asked());
    }

    @Test
    void ifTheSuiteListsNothingOfMineNothingIsLive() {
        suite.lists(listed(ID, "carol"));
        assertThrows(NoLiveRecordingException.class, () -> stopRecording.stop(StopRequest.mine(ALICE)));
        assertEquals(List.of(), suite.asked());
    }

    @Test
    void oneOfMineThatEndedByItselfIsNoFailure() {
        suite.lists(listed(ID, "bob"), listed(OTHER, "bob")).answers(ID, Answer.NOT_LIVE);
        List<RecordingId> stopped = stopRecording.stop(StopRequest.mine(BOB));
        assertEquals(List.of(OTHER), stopped);
    }

    @Test
    void ifOneOfMineFailsTheOthersAreStoppedAllTheSame() {
        suite.lists(listed(ID, "bob"), listed(OTHER, "bob")).answers(ID, Answer.OUT_OF_REACH);
        RecorderUnavailableException failure =
                assertThrows(RecorderUnavailableException.class, () -> stopRecording.stop(StopRequest.mine(BOB)));
        assertEquals("out of reach", failure.getMessage());
        assertEquals(List.of(OTHER), trail.outcome().recordings());
    }

    @Test
    void ifARuleForbidsOneOfMineWhatWasStoppedIsOnTheTrailAndToldByTheRepeatedStop() {
        suite.lists(listed(ID, "bob"), listed(OTHER, "bob"))
                .answers(ID, Answer.REJECTED)
                .answers(OTHER, Answer.DONE, Answer.NOT_LIVE);
        assertThrows(StopRejectedException.class, () -> stopRecording.stop(StopRequest.mine(BOB)));
        assertEquals(List.of("asked STOP", "begin", "confirmed " + OTHER, "ended REJECTED", "commit"), trail.notes());
        assertEquals(List.of(OTHER), trail.outcome().recordings());
        suite.lists();
        assertEquals(List.of(OTHER), stopRecording.stop(StopRequest.mine(BOB)));
        assertThrows(NoLiveRecordingException.class, () -> stopRecording.stop(StopRequest.mine(BOB)));
    }

    @Test
    void aRepeatedStopOfMineClaimsWhatALostReplyLeftUnknown() {
        suite.lists(listed(ID, "bob")).answers(ID, Answer.REPLY_LOST, Answer.NOT_LIVE);
        assertThrows(RecorderUnavailableException.class, () -> stopRecording.stop(StopRequest.mine(BOB)));
        suite.lists();
        assertEquals(List.of(ID), stopRecording.stop(StopRequest.mine(BOB)));
        assertThrows(NoLiveRecordingException.class, () -> stopRecording.stop(StopRequest.mine(BOB)));
    }

    @Test
    void aListThatDidntComeLeavesNothingToClaim() {
        suite.listsNot(new RecorderUnavailableException("reply lost", true, null));
        assertThrows(RecorderUnavailableException.class, () -> stopRecording.stop(StopRequest.mine(BOB)));
        suite.lists();
        assertThrows(NoLiveRecordingException.class, () -> stopRecording.stop(StopRequest.mine(BOB)));
    }

    @Test
    void aSuiteThatCantListStopsNothing() {
        RecorderUnavailableException down = new RecorderUnavailableException("down", false, null);
        suite.listsNot(down);
        RuntimeException failure =
                assertThrows(RecorderUnavailableException.class, () -> stopRecording.stop(StopRequest.mine(BOB)));
        assertSame(down, failure);
    }
}
