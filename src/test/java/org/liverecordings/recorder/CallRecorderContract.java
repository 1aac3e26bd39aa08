package org.liverecordings.recorder;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.RecordingOrigin;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.CallRecorder;
import org.liverecordings.recording.recorder.NoConnectedCallException;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderFailedException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;

/** What every recorder does. */
@Timeout(60)
public abstract class CallRecorderContract {

    /** A recording that is live. */
    protected static final RecordingId LIVE = id("10000000-0000-4000-8000-000000000000");

    /** Another one. */
    protected static final RecordingId ALSO_LIVE = id("20000000-0000-4000-8000-000000000000");

    /** A live recording for which the recorder can't be reached. */
    protected static final RecordingId OUT_OF_REACH = id("30000000-0000-4000-8000-000000000000");

    /** A live recording which the recorder fails to stop. */
    protected static final RecordingId FAILING = id("40000000-0000-4000-8000-000000000000");

    /** On a line with a connected call; the registry has it as pending. */
    protected static final LiveRecording STARTABLE = pending(id("60000000-0000-4000-8000-000000000000"), "SEP2", "102");

    /** On a line without one; the registry has it as pending. */
    protected static final LiveRecording WITHOUT_CALL =
            pending(id("70000000-0000-4000-8000-000000000000"), "SEP3", "199");

    private static final RecordingId UNKNOWN = id("50000000-0000-4000-8000-000000000000");

    private CallRecorder recorder;

    /** A recorder with the recordings above, those that are pending not yet begun. */
    protected abstract CallRecorder recorder();

    @BeforeEach
    void start() {
        recorder = recorder();
    }

    @Test
    void stoppingALiveRecordingIsConfirmed() {
        assertDoesNotThrow(() -> outcome(recorder.stop(LIVE)));
    }

    @Test
    void stoppingOneLeavesTheOthersLive() {
        outcome(recorder.stop(LIVE));
        assertDoesNotThrow(() -> outcome(recorder.stop(ALSO_LIVE)));
    }

    @Test
    void stoppingWhatIsNotRecordedIsNotLive() {
        assertThrows(NoLiveRecordingException.class, () -> outcome(recorder.stop(UNKNOWN)));
    }

    @Test
    void stoppingMayBeRepeated() {
        outcome(recorder.stop(LIVE));
        try {
            outcome(recorder.stop(LIVE));
        } catch (NoLiveRecordingException e) {
            // So says a recorder that keeps no memory of what it has stopped.
        }
        assertDoesNotThrow(() -> outcome(recorder.stop(ALSO_LIVE)));
    }

    @Test
    void aRecorderOutOfReachIsUnavailable() {
        assertThrows(RecorderUnavailableException.class, () -> outcome(recorder.stop(OUT_OF_REACH)));
    }

    @Test
    void aRecorderThatAnswersNonsenseHasFailed() {
        assertThrows(RecorderFailedException.class, () -> outcome(recorder.stop(FAILING)));
    }

    @Test
    void aFailureIsInTheStageNeverThrown() {
        for (RecordingId id : new RecordingId[] {UNKNOWN, OUT_OF_REACH, FAILING}) {
            CompletionStage<Void> stage = assertDoesNotThrow(() -> recorder.stop(id));
            assertEquals(
                    true,
                    stage.handle((nothing, failure) -> failure != null)
                            .toCompletableFuture()
                            .join());
        }
    }

    // Starting

    @Test
    void aCallIsRecordedUnderTheIdThatWasChosen() {
        outcome(recorder.start(STARTABLE));
        assertEquals(Optional.of(RecordingStatus.RECORDING), outcome(recorder.status(STARTABLE.id())));
    }

    @Test
    void whatWasStartedCanBeStopped() {
        outcome(recorder.start(STARTABLE));
        assertDoesNotThrow(() -> outcome(recorder.stop(STARTABLE.id())));
    }

    @Test
    void aLineWithoutACallIsNotRecorded() {
        assertThrows(NoConnectedCallException.class, () -> outcome(recorder.start(WITHOUT_CALL)));
        assertEquals(Optional.empty(), outcome(recorder.status(WITHOUT_CALL.id())));
    }

    // Pausing

    @Test
    void aPausedRecordingIsKnownAsPaused() {
        outcome(recorder.pause(LIVE));
        assertEquals(Optional.of(RecordingStatus.PAUSED), outcome(recorder.status(LIVE)));
        assertEquals(Optional.of(RecordingStatus.RECORDING), outcome(recorder.status(ALSO_LIVE)));
    }

    @Test
    void aResumedRecordingIsKnownAsRecording() {
        outcome(recorder.pause(LIVE));
        outcome(recorder.resume(LIVE));
        assertEquals(Optional.of(RecordingStatus.RECORDING), outcome(recorder.status(LIVE)));
    }

    @Test
    void aPausedRecordingIsAlreadyPaused() {
        outcome(recorder.pause(LIVE));
        assertThrows(AlreadySoException.class, () -> outcome(recorder.pause(LIVE)));
    }

    @Test
    void aRecordingThatIsNotPausedCantBeResumed() {
        assertThrows(AlreadySoException.class, () -> outcome(recorder.resume(LIVE)));
    }

    @Test
    void aPausedRecordingCanBeStopped() {
        outcome(recorder.pause(LIVE));
        assertDoesNotThrow(() -> outcome(recorder.stop(LIVE)));
    }

    @Test
    void whatIsNotRecordedCanBeNeitherPausedNorResumed() {
        assertThrows(NoLiveRecordingException.class, () -> outcome(recorder.pause(UNKNOWN)));
        assertThrows(NoLiveRecordingException.class, () -> outcome(recorder.resume(UNKNOWN)));
    }

    @Test
    void aRecordingThatNeverBeganCanBeNeitherPausedNorResumed() {
        assertThrows(NoLiveRecordingException.class, () -> outcome(recorder.pause(STARTABLE.id())));
        assertThrows(NoLiveRecordingException.class, () -> outcome(recorder.resume(STARTABLE.id())));
    }

    @Test
    void aRecorderOutOfReachPausesNothing() {
        assertThrows(RecorderUnavailableException.class, () -> outcome(recorder.pause(OUT_OF_REACH)));
        assertThrows(RecorderUnavailableException.class, () -> outcome(recorder.resume(OUT_OF_REACH)));
    }

    // What it knows

    @Test
    void aLiveRecordingIsKnownAsRecording() {
        assertEquals(Optional.of(RecordingStatus.RECORDING), outcome(recorder.status(LIVE)));
    }

    @Test
    void whatIsNotRecordedIsNotKnown() {
        assertEquals(Optional.empty(), outcome(recorder.status(UNKNOWN)));
    }

    @Test
    void whatNeverBeganIsNotKnown() {
        assertEquals(Optional.empty(), outcome(recorder.status(STARTABLE.id())));
    }

    @Test
    void ofARecorderOutOfReachNothingIsKnown() {
        assertThrows(RecorderUnavailableException.class, () -> outcome(recorder.status(OUT_OF_REACH)));
    }

    /** Waits for the stage's end; what went wrong is thrown as it is. */
    protected static <T> T outcome(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    private static LiveRecording pending(RecordingId id, String device, String number) {
        return new LiveRecording(
                id,
                DeviceName.of(device),
                DirectoryNumber.of(number),
                RecordingMode.MEDIA_FORKING,
                RecordingOrigin.MANUAL,
                Instant.parse("2026-01-01T12:00:00Z"),
                RecordingStatus.START_PENDING);
    }

    private static RecordingId id(String text) {
        return new RecordingId(UUID.fromString(text));
    }
}
