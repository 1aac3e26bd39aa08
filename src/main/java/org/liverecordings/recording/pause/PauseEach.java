package org.liverecordings.recording.pause;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RejectedException;
import org.liverecordings.recording.audit.Auditing;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderAnswers;
import org.liverecordings.recording.recorder.RecorderException;
import org.liverecordings.recording.store.StoreUnavailableException;

/** Pauses or resumes several recordings, and makes one outcome of theirs. */
final class PauseEach {

    private final Auditing audit;
    private final PauseTimers timers;
    private final List<RecordingId> changed = new ArrayList<>();
    private final List<RecordingId> perhaps = new ArrayList<>();
    private final List<RecordingId> alreadySo = new ArrayList<>();
    private final List<RecordingId> refused = new ArrayList<>();
    private AlreadySoException already;
    private RuntimeException failure;

    private PauseEach(Auditing audit, PauseTimers timers) {
        this.audit = audit;
        this.timers = timers;
    }

    /**
     * The recorder is asked for all at once, so that one that is slow doesn't keep the others from being paused.
     *
     * @throws RuntimeException as {@link PauseRecordingUseCase#pause} says
     */
    static void run(
            List<RecordingId> ids,
            Function<RecordingId, CompletionStage<Void>> recorder,
            Auditing audit,
            PauseTimers timers) {
        timers.set(ids);
        Map<RecordingId, CompletionStage<Void>> asked = new LinkedHashMap<>();
        ids.forEach(id -> asked.put(id, recorder.apply(id)));
        PauseEach each = new PauseEach(audit, timers);
        asked.forEach(each::take);
        each.end();
    }

    private void take(RecordingId id, CompletionStage<Void> answer) {
        try {
            RecorderAnswers.await(answer);
            changed.add(id);
        } catch (NoLiveRecordingException e) {
            // It ended in the meantime: there is nothing left to pause, nor to record what must not be recorded.
            refused.add(id);
        } catch (AlreadySoException e) {
            already = e;
            alreadySo.add(id);
        } catch (RuntimeException e) {
            failure = RecorderAnswers.worse(failure, e);
            boolean certainlyNot =
                    e instanceof RejectedException || e instanceof RecorderException r && !r.mayHaveArrived();
            (certainlyNot ? refused : perhaps).add(id);
        }
    }

    private void end() {
        if (failure != null && !changed.isEmpty()) {
            audit.confirmed(changed, this::settleTimers);
            throw failure;
        }
        if (changed.isEmpty()) {
            throw settled(failure != null ? failure : already != null ? already : new NoLiveRecordingException());
        }
        audit.done(changed, null, this::settleTimers);
    }

    private void settleTimers() {
        timers.settle(changed, perhaps, alreadySo, refused);
    }

    /** Nothing was changed. If the timers can't be settled and nothing else failed, the caller gets that failure. */
    private RuntimeException settled(RuntimeException nothing) {
        try {
            settleTimers();
            return nothing;
        } catch (StoreUnavailableException e) {
            if (failure == null) {
                return e;
            }
            failure.addSuppressed(e);
            return failure;
        }
    }
}
