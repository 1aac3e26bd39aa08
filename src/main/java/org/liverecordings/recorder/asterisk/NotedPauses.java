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
                .compose(changed -> hasStayed(node, id, paused)
                        .compose(stayed -> stayed ? Future.succeededFuture() : crossed())
                        .compose(stayed -> changed
                                ? Future.<Void>succeededFuture()
                                : Future.failedFuture(new AlreadySoException(
                                        paused ? "the recording is paused" : "the recording isn't paused"))));
    }

    private static Future<Void> crossed() {
        return Future.failedFuture(new RecorderUnavailableException("a pause and a resume crossed", true, null));
    }

    private Future<Boolean> hasStayed(AsteriskNode node, RecordingId id, boolean paused) {
        Future<Boolean> stayed = node.pauses().areHidden()
                ? asNoted(node, id, paused).map(noted -> noted == paused)
                : node.pauses()
                        .is(id, paused)
                        .compose(still -> still
                                ? Future.succeededFuture(true)
                                : note(id, !paused).map(false));
        // It was confirmed a moment ago; only a later word to the contrary counts.
        return stayed.recover(trouble ->
                trouble instanceof RecorderException ? Future.succeededFuture(true) : Future.failedFuture(trouble));
    }

    /** Asterisk is told again what was noted, until nothing else is. */
    private Future<Boolean> asNoted(AsteriskNode node, RecordingId id, boolean paused) {
        return node.pauses()
                .set(id, paused)
                .compose(done -> isNoted(id))
                .compose(noted -> noted == paused ? Future.succeededFuture(noted) : asNoted(node, id, noted));
    }

    private Future<Boolean> isNoted(RecordingId id) {
        return vertx.executeBlocking(
                () -> registry.find(id)
                                .orElseThrow(NoLiveRecordingException::new)
                                .status()
                        == RecordingStatus.PAUSED,
                false);
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
