package org.liverecordings.recorder.asterisk;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.store.LiveRecordingRepository;

/**
 * Pauses and resumes, and notes it in the registry once Asterisk has confirmed it, so that nothing is listed as paused that goes on. Of
 * a pause and a resume that cross the one that was noted last need not be the one that Asterisk did last: hence it is looked at again.
 */
final class NotedPauses {

    private final LiveRecordingRepository registry;
    private final Vertx vertx;

    NotedPauses(LiveRecordingRepository registry, Vertx vertx) {
        this.registry = registry;
        this.vertx = vertx;
    }

    /** Pauses a recording of the node, or resumes it. May be repeated. */
    Future<Void> set(AsteriskNode node, RecordingId id, boolean paused) {
        return node.pauses()
                .set(id, paused)
                .compose(done -> note(id, paused))
                .compose(changed -> node.pauses()
                        .is(id, paused)
                        // It was confirmed a moment ago; only a later word to the contrary counts.
                        .recover(trouble -> trouble instanceof RecorderException
                                ? Future.succeededFuture(true)
                                : Future.failedFuture(trouble))
                        .compose(still -> still
                                ? Future.succeededFuture()
                                : note(id, !paused)
                                        .compose(crossed -> Future.failedFuture(new RecorderUnavailableException(
                                                "a pause and a resume crossed", true, null))))
                        .compose(still -> changed
                                ? Future.<Void>succeededFuture()
                                : Future.failedFuture(new AlreadySoException(
                                        paused ? "the recording is paused" : "the recording isn't paused"))));
    }

    /** Gives false if it was noted before. */
    private Future<Boolean> note(RecordingId id, boolean paused) {
        RecordingStatus expected = paused ? RecordingStatus.RECORDING : RecordingStatus.PAUSED;
        RecordingStatus changed = paused ? RecordingStatus.PAUSED : RecordingStatus.RECORDING;
        return vertx.executeBlocking(
                () -> registry.change(id, expected, changed).orElseThrow(NoLiveRecordingException::new) == expected,
                false);
    }
}
