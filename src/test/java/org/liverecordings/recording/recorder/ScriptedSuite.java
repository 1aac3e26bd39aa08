package org.liverecordings.recording.recorder;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.RecordingTarget;

/** A suite that answers as a test tells it to; what it wasn't told about it does. */
public final class ScriptedSuite extends Script<ScriptedSuite> implements RecordingSuite {

    private final RecordingId started;
    private final List<ListFilter> filters = new ArrayList<>();
    private final List<RecordingMode> modes = new ArrayList<>();
    private CompletionStage<List<ListedRecording>> listed = CompletableFuture.completedStage(List.of());
    private CompletionStage<List<ListedRecording>> listedNext;

    /**
     * @param started the id that it gives to what it starts
     */
    public ScriptedSuite(RecordingId started) {
        this.started = started;
    }

    /** What it lists, whatever the filter says. */
    public ScriptedSuite lists(ListedRecording... recordings) {
        listed = CompletableFuture.completedStage(List.of(recordings));
        return this;
    }

    /** What it lists from the second time on. */
    public ScriptedSuite thenLists(ListedRecording... recordings) {
        listedNext = CompletableFuture.completedStage(List.of(recordings));
        return this;
    }

    /** From the second time on it can't list. */
    public ScriptedSuite thenListsNot(RuntimeException failure) {
        listedNext = CompletableFuture.failedStage(failure);
        return this;
    }

    /** It can't list. */
    public ScriptedSuite listsNot(RuntimeException failure) {
        listed = CompletableFuture.failedStage(failure);
        return this;
    }

    /** The filters that it was asked to list by. */
    public List<ListFilter> filters() {
        return filters;
    }

    /** The modes that it was asked to start in. */
    public List<RecordingMode> modes() {
        return modes;
    }

    @Override
    public CompletionStage<RecordingId> start(LineSelector line, RecordingMode mode) {
        modes.add(mode);
        return next(Did.START, line).thenApply(nothing -> started);
    }

    @Override
    public CompletionStage<Void> stop(RecordingTarget target) {
        return next(Did.STOP, named(target));
    }

    @Override
    public CompletionStage<Void> pause(RecordingTarget target) {
        return next(Did.PAUSE, named(target));
    }

    @Override
    public CompletionStage<Void> resume(RecordingTarget target) {
        return next(Did.RESUME, named(target));
    }

    private static Object named(RecordingTarget target) {
        return target instanceof RecordingTarget.ById byId ? byId.id() : ((RecordingTarget.OnLine) target).selector();
    }

    @Override
    public CompletionStage<List<ListedRecording>> list(ListFilter filter) {
        filters.add(filter);
        return filters.size() > 1 && listedNext != null ? listedNext : listed;
    }
}
