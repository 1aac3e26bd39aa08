package org.liverecordings.recording.recorder;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;

/** A recorder that nobody may ask: a test overrides what it expects to be asked. */
public class UnaskedRecorder implements CallRecorder {

    @Override
    public CompletionStage<Void> start(LiveRecording recording) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> stop(RecordingId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> pause(RecordingId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> resume(RecordingId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Optional<RecordingStatus>> status(RecordingId id) {
        throw new UnsupportedOperationException();
    }
}
