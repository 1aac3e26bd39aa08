package org.liverecordings.recording.recorder;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.liverecordings.recording.stop.StopRejectedException;
import org.liverecordings.recording.stop.StopRejection;
import org.liverecordings.recording.store.StoreUnavailableException;

/** How a test's recorder answers, and what it was asked. */
public abstract class Script<S extends Script<S>> {

    /** What a recorder can answer. */
    public enum Answer {
        DONE,
        NOT_LIVE,
        NOT_LIVE_AFTER_LOST_REPLY,
        NO_CALL,
        ALREADY_SO,
        INCAPABLE,
        BUSY,
        OUT_OF_REACH,
        REPLY_LOST,
        BEING_UNDONE,
        REFUSED,
        NONSENSE,
        REJECTED,
        NO_STORE,
        BUG,
        CANCELLED,
        THROWS;

        public CompletionStage<Void> stage() {
            return switch (this) {
                case DONE -> CompletableFuture.completedStage(null);
                case NOT_LIVE -> CompletableFuture.failedStage(new NoLiveRecordingException());
                case NOT_LIVE_AFTER_LOST_REPLY -> CompletableFuture.failedStage(new NoLiveRecordingException(true));
                case NO_CALL -> CompletableFuture.failedStage(new NoConnectedCallException());
                case ALREADY_SO -> CompletableFuture.failedStage(new AlreadySoException("already so"));
                case INCAPABLE -> CompletableFuture.failedStage(new RecorderIncapableException(false));
                case BUSY -> CompletableFuture.failedStage(new RecorderIncapableException(true));
                case OUT_OF_REACH ->
                    CompletableFuture.failedStage(new RecorderUnavailableException("out of reach", false, null));
                case REPLY_LOST ->
                    CompletableFuture.failedStage(new RecorderUnavailableException("reply lost", true, null));
                case BEING_UNDONE ->
                    CompletableFuture.failedStage(RecorderUnavailableException.beingUndone("being undone", null));
                case REFUSED -> CompletableFuture.failedStage(new RecorderFailedException("refused", false, null));
                case NONSENSE -> CompletableFuture.failedStage(new RecorderFailedException("nonsense", true, null));
                case REJECTED ->
                    CompletableFuture.failedStage(new StopRejectedException(StopRejection.AUTOMATIC_RECORDING));
                case NO_STORE -> CompletableFuture.failedStage(new StoreUnavailableException("store is down", null));
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

    /** What a recorder can be asked to do. */
    public enum Did {
        START,
        STOP,
        PAUSE,
        RESUME
    }

    private final Map<Object, Deque<Answer>> script = new HashMap<>();
    private final Map<Object, Runnable> meanwhile = new HashMap<>();
    private final List<Object> asked = new ArrayList<>();
    private final List<Did> operations = new ArrayList<>();
    private Answer any = Answer.DONE;

    /**
     * @param what an id or a selector
     * @param answers one after the other; the last one from then on
     */
    public S answers(Object what, Answer... answers) {
        script.put(what, new ArrayDeque<>(Arrays.asList(answers)));
        return self();
    }

    /** How it answers about whatever it wasn't told about. */
    public S answersAny(Answer answer) {
        any = answer;
        return self();
    }

    /**
     * @param what an id or a selector
     * @param happens while the recorder is asked about it for the first time
     */
    public S meanwhile(Object what, Runnable happens) {
        meanwhile.put(what, happens);
        return self();
    }

    /** The ids and selectors that it was asked about. */
    public List<Object> asked() {
        return asked;
    }

    /** What it was asked to do with each. */
    public List<Did> operations() {
        return operations;
    }

    public CompletionStage<Void> next(Did operation, Object what) {
        asked.add(what);
        operations.add(operation);
        Runnable happens = meanwhile.remove(what);
        if (happens != null) {
            happens.run();
        }
        Deque<Answer> answers = script.get(what);
        Answer answer = answers == null ? any : answers.size() > 1 ? answers.poll() : answers.peek();
        return answer.stage();
    }

    @SuppressWarnings("unchecked") // S is the script's own type.
    private S self() {
        return (S) this;
    }
}
