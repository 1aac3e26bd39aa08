package org.liverecordings.recorder.asterisk;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.vertx.core.Future;
import io.vertx.core.Promise;
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
 *
 * <p>Whether a recording is muted Asterisk doesn't tell, so there is nothing to look at. Instead this process does one after the other,
 * and asks for no mute that is noted already: a second one would undo the first.
 */
final class NotedPauses {

    private final LiveRecordingRepository registry;
    private final Vertx vertx;

    /** The last one of those that are under way, for each recording that has any. */
    private final Map<RecordingId, Future<Void>> turns = new ConcurrentHashMap<>();

    NotedPauses(LiveRecordingRepository registry, Vertx vertx) {
        this.registry = registry;
        this.vertx = vertx;
    }

    /** Pauses a recording of the node, or resumes it. May be repeated, unless pauses are hidden. */
    Future<Void> set(AsteriskNode node, RecordingId id, boolean paused) {
        return node.pauses().areHidden() ? inTurn(id, () -> setHidden(node, id, paused)) : setShown(node, id, paused);
    }

    private Future<Void> inTurn(RecordingId id, Supplier<Future<Void>> work) {
        Promise<Void> turn = Promise.promise();
        Future<Void> before = turns.put(id, turn.future());
        (before == null ? Future.<Void>succeededFuture() : before)
                .transform(over -> work.get())
                .onComplete(done -> turns.remove(id, turn.future()))
                .onComplete(turn);
        return turn.future();
    }

    private Future<Void> setHidden(AsteriskNode node, RecordingId id, boolean paused) {
        return isNoted(id)
                .compose(noted -> noted && paused
                        ? already(true)
                        : node.pauses()
                                .set(id, paused)
                                .compose(done -> note(id, paused))
                                .compose(changed ->
                                        changed ? Future.succeededFuture() : paused ? crossed() : already(false)));
    }

    private Future<Boolean> isNoted(RecordingId id) {
        return vertx.executeBlocking(
                () -> registry.find(id)
                                .orElseThrow(NoLiveRecordingException::new)
                                .status()
                        == RecordingStatus.PAUSED,
                false);
    }

    private Future<Void> setShown(AsteriskNode node, RecordingId id, boolean paused) {
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
                                : note(id, !paused).compose(back -> crossed()))
                        .compose(still -> changed ? Future.succeededFuture() : already(paused)));
    }

    private static Future<Void> crossed() {
        return Future.failedFuture(new RecorderUnavailableException("a pause and a resume crossed", true, null));
    }

    private static Future<Void> already(boolean paused) {
        return Future.failedFuture(
                new AlreadySoException(paused ? "the recording is paused" : "the recording isn't paused"));
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
