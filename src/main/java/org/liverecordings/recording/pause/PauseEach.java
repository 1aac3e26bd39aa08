package org.liverecordings.recording.pause;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.audit.Auditing;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderAnswers;

/** Pauses or resumes several recordings, and makes one outcome of theirs. */
final class PauseEach {

    private PauseEach() {}

    /**
     * The recorder is asked for all at once, so that one that is slow doesn't keep the others from being paused.
     *
     * @throws RuntimeException as {@link PauseRecordingUseCase#pause} says
     */
    static void run(List<RecordingId> ids, Function<RecordingId, CompletionStage<Void>> recorder, Auditing audit) {
        Map<RecordingId, CompletionStage<Void>> asked = new LinkedHashMap<>();
        ids.forEach(id -> asked.put(id, recorder.apply(id)));
        List<RecordingId> changed = new ArrayList<>();
        AlreadySoException already = null;
        RuntimeException failure = null;
        for (Map.Entry<RecordingId, CompletionStage<Void>> each : asked.entrySet()) {
            try {
                RecorderAnswers.await(each.getValue());
                changed.add(each.getKey());
            } catch (NoLiveRecordingException e) {
                // It ended in the meantime: there is nothing left to pause, nor to record what must not be recorded.
            } catch (AlreadySoException e) {
                already = e;
            } catch (RuntimeException e) {
                failure = RecorderAnswers.worse(failure, e);
            }
        }
        if (failure != null) {
            audit.confirmed(changed);
            throw failure;
        }
        if (changed.isEmpty()) {
            throw already != null ? already : new NoLiveRecordingException();
        }
        audit.done(changed, null, () -> {});
    }
}
