package org.liverecordings.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.liverecordings.recording.AuditTrail.Outcome;
import org.liverecordings.recording.AuditTrail.StopAttempted;

class AuditedStopRecordingTest {

    private static final RecordingId ID = new RecordingId(new UUID(0, 1));
    private static final StopRequest REQUEST = StopRequest.byLine(new Caller("alice", "192.0.2.1", "c-1"), null, "101");

    private final List<StopAttempted> trail = new ArrayList<>();

    @Test
    void aStopIsOnTheTrailWithWhatWasStopped() {
        List<RecordingId> stopped = new AuditedStopRecording(request -> List.of(ID), trail::add).stop(REQUEST);
        assertEquals(List.of(ID), stopped);
        StopAttempted entry = onlyEntry();
        assertSame(REQUEST, entry.request());
        assertEquals(Outcome.STOPPED, entry.outcome());
        assertEquals(List.of(ID), entry.stopped());
        assertNull(entry.rejection());
        assertNull(entry.cause());
        assertFalse(entry.duration().isNegative());
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new NoLiveRecordingException(), Outcome.NOT_LIVE, false),
                Arguments.of(new RecorderUnavailableException("lost", true, null), Outcome.UNKNOWN, true),
                Arguments.of(new RecorderUnavailableException("open", false, null), Outcome.FAILED, true),
                Arguments.of(new RecorderFailedException("nonsense", true, null), Outcome.UNKNOWN, true),
                Arguments.of(new RecorderFailedException("refused", false, null), Outcome.FAILED, true),
                Arguments.of(new IllegalStateException("bug"), Outcome.FAILED, true));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsOnTheTrailAndPassedOn(RuntimeException failure, Outcome outcome, boolean hasCause) {
        StopRecordingUseCase audited = new AuditedStopRecording(failing(failure), trail::add);
        assertSame(failure, assertThrows(failure.getClass(), () -> audited.stop(REQUEST)));
        StopAttempted entry = onlyEntry();
        assertEquals(outcome, entry.outcome());
        assertEquals(List.of(), entry.stopped());
        assertNull(entry.rejection());
        assertSame(hasCause ? failure : null, entry.cause());
    }

    @Test
    void aRejectionIsOnTheTrailWithItsReason() {
        StopRejectedException rejected = new StopRejectedException(StopRejection.AUTOMATIC_RECORDING);
        StopRecordingUseCase audited = new AuditedStopRecording(failing(rejected), trail::add);
        assertThrows(StopRejectedException.class, () -> audited.stop(REQUEST));
        assertEquals(Outcome.REJECTED, onlyEntry().outcome());
        assertEquals(StopRejection.AUTOMATIC_RECORDING, onlyEntry().rejection());
    }

    @Test
    void whatAFailedCallStoppedNonethelessIsOnTheTrail() {
        RecorderException failure =
                new RecorderUnavailableException("out of reach", false, null).afterStopping(List.of(ID));
        StopRecordingUseCase audited = new AuditedStopRecording(failing(failure), trail::add);
        assertThrows(RecorderUnavailableException.class, () -> audited.stop(REQUEST));
        assertEquals(List.of(ID), onlyEntry().stopped());
    }

    @Test
    void aTrailThatFailsGetsNoSecondEntryThatContradictsTheFirst() {
        AuditTrail broken = entry -> {
            trail.add(entry);
            throw new IllegalStateException("disk full");
        };
        StopRecordingUseCase audited = new AuditedStopRecording(request -> List.of(ID), broken);
        assertThrows(IllegalStateException.class, () -> audited.stop(REQUEST));
        assertEquals(Outcome.STOPPED, onlyEntry().outcome());
    }

    private StopAttempted onlyEntry() {
        assertEquals(1, trail.size());
        return trail.get(0);
    }

    private static StopRecordingUseCase failing(RuntimeException failure) {
        return request -> {
            throw failure;
        };
    }
}
