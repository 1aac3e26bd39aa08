package org.liverecordings.recording;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A recorder that answers as a test tells it to; what it wasn't told about is stopped. */
final class ScriptedRecorder implements RecordingSuite {

    /** What a recorder can answer. */
    enum Answer {
        STOPPED,
        NOT_LIVE,
        NOT_LIVE_AFTER_LOST_REPLY,
        OUT_OF_REACH,
        REPLY_LOST,
        REFUSED,
        NONSENSE,
        REJECTED,
        BUG,
        CANCELLED,
        THROWS;

        CompletionStage<Void> stage() {
            return switch (this) {
                case STOPPED -> CompletableFuture.completedStage(null);
                case NOT_LIVE -> CompletableFuture.failedStage(new NoLiveRecordingException());
                case NOT_LIVE_AFTER_LOST_REPLY -> CompletableFuture.failedStage(new NoLiveRecordingException(true));
                case OUT_OF_REACH ->
                    CompletableFuture.failedStage(new RecorderUnavailableException("out of reach", false, null));
                case REPLY_LOST ->
                    CompletableFuture.failedStage(new RecorderUnavailableException("reply lost", true, null));
                case REFUSED -> CompletableFuture.failedStage(new RecorderFailedException("refused", false, null));
                case NONSENSE -> CompletableFuture.failedStage(new RecorderFailedException("nonsense", true, null));
                case REJECTED ->
                    CompletableFuture.failedStage(new StopRejectedException(StopRejection.AUTOMATIC_RECORDING));
                case BUG -> CompletableFuture.failedStage(new IllegalStateException("bug"));
                case CANCELLED -> {
                    CompletableFuture<Void> cancelled = new CompletableFuture<>();
                    cancelled.cancel(false);
                    yield cancelled;
                }
                case THROWS -> throw new IllegalStateException("thrown");
            };
        }
    }

    private final Map<Object, Deque<Answer>> script = new HashMap<>();
    private final List<Object> asked = new ArrayList<>();

    /**
     * @param what an id or a selector
     * @param answers one after the other; the last one from then on
     */
    ScriptedRecorder answers(Object what, Answer... answers) {
        script.put(what, new ArrayDeque<>(Arrays.asList(answers)));
        return this;
    }

    /** The ids and selectors that it was asked to stop. */
    List<Object> asked() {
        return asked;
    }

    @Override
    public CompletionStage<Void> stop(RecordingId id) {
        return next(id);
    }

    @Override
    public CompletionStage<Void> stop(LineSelector selector) {
        return next(selector);
    }

    private CompletionStage<Void> next(Object what) {
        asked.add(what);
        Deque<Answer> answers = script.get(what);
        Answer answer = answers == null ? Answer.STOPPED : answers.size() > 1 ? answers.poll() : answers.peek();
        return answer.stage();
    }
}
