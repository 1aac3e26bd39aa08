package org.liverecordings.recording.recorder;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;

/** A recorder that answers as a test tells it to; what it wasn't told about it does. */
public final class ScriptedRecorder extends Script<ScriptedRecorder> implements CallRecorder {

    private CompletionStage<Optional<RecordingStatus>> status = CompletableFuture.completedStage(Optional.empty());

    /** What it knows of any recording; null if no recording is live. */
    public ScriptedRecorder knows(RecordingStatus live) {
        status = CompletableFuture.completedStage(Optional.ofNullable(live));
        return this;
    }

    /** It can't tell what it knows. */
    public ScriptedRecorder knowsNot(RuntimeException failure) {
        status = CompletableFuture.failedStage(failure);
        return this;
    }

    /** The id is the asker's choice, so that a start is scripted by its line. */
    @Override
    public CompletionStage<Void> start(LiveRecording recording) {
        return next(Did.START, new LineSelector(recording.deviceName(), recording.directoryNumber()));
    }

    @Override
    public CompletionStage<Void> stop(RecordingId id) {
        return next(Did.STOP, id);
    }

    @Override
    public CompletionStage<Void> pause(RecordingId id) {
        return next(Did.PAUSE, id);
    }

    @Override
    public CompletionStage<Void> resume(RecordingId id) {
        return next(Did.RESUME, id);
    }

    @Override
    public CompletionStage<Optional<RecordingStatus>> status(RecordingId id) {
        return status;
    }
}
