package org.liverecordings.recorder;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liverecordings.recording.CallRecorder;
import org.liverecordings.recording.NoLiveRecordingException;
import org.liverecordings.recording.RecorderFailedException;
import org.liverecordings.recording.RecorderUnavailableException;
import org.liverecordings.recording.RecordingId;

/** What every recorder does. */
@Timeout(60)
abstract class CallRecorderContract {

    /** A recording that is live. */
    protected static final RecordingId LIVE = id("10000000-0000-4000-8000-000000000000");

    /** Another one. */
    protected static final RecordingId ALSO_LIVE = id("20000000-0000-4000-8000-000000000000");

    /** A live recording for which the recorder can't be reached. */
    protected static final RecordingId OUT_OF_REACH = id("30000000-0000-4000-8000-000000000000");

    /** A live recording which the recorder fails to stop. */
    protected static final RecordingId FAILING = id("40000000-0000-4000-8000-000000000000");

    private static final RecordingId UNKNOWN = id("50000000-0000-4000-8000-000000000000");

    private CallRecorder recorder;

    /** A recorder with the recordings above. */
    abstract CallRecorder recorder();

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

    /** Waits for the stage's end; what went wrong is thrown as it is. */
    static void outcome(CompletionStage<Void> stage) {
        try {
            stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    private static RecordingId id(String text) {
        return new RecordingId(UUID.fromString(text));
    }
}
