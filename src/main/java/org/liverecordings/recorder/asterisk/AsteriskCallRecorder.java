package org.liverecordings.recorder.asterisk;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import io.vertx.core.Vertx;
import org.jboss.logging.Logger;
import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.LiveRecording.Call;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.recorder.CallRecorder;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderAnswers;
import org.liverecordings.recording.recorder.RecorderFailedException;
import org.liverecordings.recording.recorder.RecorderIncapableException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.StoreUnavailableException;

/**
 * Records calls on one or more nodes of Asterisk. Which node records what stands in the registry, where it is noted before the node is
 * asked: no replica's death leaves a recording of which nobody knows where it is.
 */
final class AsteriskCallRecorder implements CallRecorder {

    private static final Logger LOG = Logger.getLogger(AsteriskCallRecorder.class);

    private final Map<String, AsteriskNode> nodes;
    private final EndpointPattern endpoints;
    private final boolean muteIsHidden;
    private final LiveRecordingRepository registry;
    private final Vertx vertx;
    private final NotedPauses notedPauses;
    private final Deadline deadline;

    /** None is null. */
    AsteriskCallRecorder(
            Map<String, AsteriskNode> nodes,
            EndpointPattern endpoints,
            AsteriskConfig.Pause pause,
            LiveRecordingRepository registry,
            Vertx vertx) {
        this(nodes, endpoints, pause == AsteriskConfig.Pause.MUTE, registry, vertx, Deadline.NONE);
    }

    private AsteriskCallRecorder(
            Map<String, AsteriskNode> nodes,
            EndpointPattern endpoints,
            boolean muteIsHidden,
            LiveRecordingRepository registry,
            Vertx vertx,
            Deadline deadline) {
        this.nodes = nodes;
        this.endpoints = endpoints;
        this.muteIsHidden = muteIsHidden;
        this.registry = registry;
        this.vertx = vertx;
        this.notedPauses = new NotedPauses(registry, vertx);
        this.deadline = deadline;
    }

    @Override
    public CallRecorder within(Deadline until) {
        return new AsteriskCallRecorder(nodes, endpoints, muteIsHidden, registry, vertx, until);
    }

    /** {@link RecordingMode#DIAL_IN} isn't ours: nobody dials in here, the call is listened to where it is. */
    @Override
    public CompletionStage<Void> start(LiveRecording recording) {
        if (recording.mode() == RecordingMode.DIAL_IN) {
            return CompletableFuture.failedStage(new RecorderIncapableException(false));
        }
        String endpoint = endpoints.of(recording.deviceName(), recording.directoryNumber());
        return new CallSearch(nodes.values(), endpoint)
                .run(deadline)
                .thenCompose(found -> note(recording.id(), found).thenCompose(call -> begin(recording, call, found)));
    }

    private CompletionStage<Call> note(RecordingId id, CallSearch.Found found) {
        Call call = new Call(
                found.node().name(),
                found.channel().remoteName(),
                found.channel().remoteNumber());
        return vertx.executeBlocking(
                        () -> {
                            if (!registry.learn(id, call)) {
                                throw new RecorderUnavailableException("its entry is gone", false, null);
                            }
                            return call;
                        },
                        false)
                .toCompletionStage();
    }

    private CompletionStage<Void> begin(LiveRecording recording, Call call, CallSearch.Found found) {
        AsteriskNode node = found.node();
        String arguments = RecordedLine.write(recording, call);
        return node.guard()
                .once(
                        deadline,
                        () -> node.starts()
                                .start(recording.id(), found.channel().id(), arguments)
                                .toCompletionStage());
    }

    @Override
    public CompletionStage<Void> stop(RecordingId id) {
        return onItsNode(id, this::stop);
    }

    @Override
    public CompletionStage<Void> stop(LiveRecording entry) {
        return onItsNode(entry, this::stop);
    }

    private CompletionStage<Void> stop(AsteriskNode node, LiveRecording entry) {
        return node.guard()
                .repeatable(deadline, () -> node.recordings().stop(entry.id()).toCompletionStage());
    }

    @Override
    public CompletionStage<Void> pause(RecordingId id) {
        return set(id, true);
    }

    @Override
    public CompletionStage<Void> resume(RecordingId id) {
        return set(id, false);
    }

    private CompletionStage<Void> set(RecordingId id, boolean paused) {
        return onItsNode(id, (node, recording) -> {
            Supplier<CompletionStage<Void>> setting =
                    () -> notedPauses.set(node, id, paused).toCompletionStage();
            // A request to mute that comes twice may undo itself, and one that comes late another one.
            return muteIsHidden
                    ? node.guard().once(deadline, setting)
                    : node.guard().repeatable(deadline, setting);
        });
    }

    @Override
    public CompletionStage<Optional<RecordingStatus>> status(RecordingId id) {
        return onItsNode(
                        id,
                        (node, recording) -> node.guard()
                                .repeatable(
                                        deadline,
                                        () -> node.recordings().state(id).toCompletionStage())
                                .thenApply(state -> state.map(text -> status(text, recording))))
                .exceptionallyCompose(failure -> RecorderAnswers.cause(failure) instanceof NoLiveRecordingException
                        ? CompletableFuture.completedStage(Optional.empty())
                        : CompletableFuture.failedStage(failure));
    }

    private RecordingStatus status(String state, LiveRecording recording) {
        boolean paused = muteIsHidden ? recording.status() == RecordingStatus.PAUSED : state.equals("paused");
        return paused ? RecordingStatus.PAUSED : RecordingStatus.RECORDING;
    }

    private <T> CompletionStage<T> onItsNode(
            RecordingId id, BiFunction<AsteriskNode, LiveRecording, CompletionStage<T>> work) {
        try {
            return registry.find(id)
                    .map(entry -> onItsNode(entry, work))
                    .orElseGet(() -> CompletableFuture.failedStage(new NoLiveRecordingException()));
        } catch (StoreUnavailableException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private <T> CompletionStage<T> onItsNode(
            LiveRecording entry, BiFunction<AsteriskNode, LiveRecording, CompletionStage<T>> work) {
        String name = entry.call().node();
        if (name == null) {
            // No node was asked for it yet.
            return CompletableFuture.failedStage(new NoLiveRecordingException());
        }
        AsteriskNode node = nodes.get(name);
        if (node == null) {
            LOG.errorf(
                    "recording=%s is on Asterisk %s, and there is no live-recordings.asterisk.nodes.%s",
                    entry.id(), name, name);
            return CompletableFuture.failedStage(
                    new RecorderFailedException("Asterisk " + name + " isn't configured", false, null));
        }
        return work.apply(node, entry);
    }
}
