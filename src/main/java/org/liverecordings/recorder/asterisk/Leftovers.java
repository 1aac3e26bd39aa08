package org.liverecordings.recorder.asterisk;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jboss.logging.Logger;
import org.liverecordings.recorder.asterisk.ari.AriApplications.Application;
import org.liverecordings.recorder.asterisk.ari.Channel;
import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.recorder.RecorderAnswers;
import org.liverecordings.recording.recorder.RecorderException;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.text.LogText;

/**
 * Looks on a node after what nobody may be looking after: a replica may have died, or have been told of no outcome before Asterisk did
 * what it was asked. What is being recorded and isn't registered gets registered, so that it can be listed and stopped; a channel that
 * listens for nothing is ended; events of what another replica began come here too.
 */
final class Leftovers {

    private static final Logger LOG = Logger.getLogger(Leftovers.class);

    /** Channels of a call that ends don't go at the same moment. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final AsteriskNode node;
    private final Names names;
    private final LiveRecordingRepository registry;
    private final Vertx vertx;
    private final Duration patience;
    private final Duration grace;
    private final Map<String, Long> idleSince = new ConcurrentHashMap<>();

    /** For each channel of ours the id of the one that it listens to. */
    private final Map<String, String> listensTo = new ConcurrentHashMap<>();

    /**
     * @param patience how long a look may take
     * @param grace how long a channel that listens for nothing is left alone: a start may be about to record it
     */
    Leftovers(
            AsteriskNode node,
            Names names,
            LiveRecordingRepository registry,
            Vertx vertx,
            Duration patience,
            Duration grace) {
        this.node = node;
        this.names = names;
        this.registry = registry;
        this.vertx = vertx;
        this.patience = patience;
        this.grace = grace;
    }

    /**
     * Looks once, unless the node is out of reach. Blocks.
     *
     * @throws org.liverecordings.recording.store.StoreUnavailableException if the registry can't be reached
     */
    synchronized void look() {
        if (!node.events().isOpen()) {
            return;
        }
        try {
            Map<String, List<String>> endpoints = await(node.ari().endpoints(deadline()));
            node.knows(endpoints.keySet());
            Set<String> calls =
                    endpoints.values().stream().flatMap(List::stream).collect(Collectors.toSet());
            Set<String> heard = new HashSet<>();
            Set<String> there = new HashSet<>();
            boolean registered = false;
            for (Application application : await(node.ari().applications().list(deadline()))) {
                if (names.isOurs(application.name())) {
                    there.addAll(application.channels());
                }
                if (application.name().equals(names.application())) {
                    registered = true;
                    heard.addAll(application.channels());
                }
            }
            if (!registered) {
                node.events().reconnect();
            }
            idleSince.keySet().retainAll(there);
            listensTo.keySet().retainAll(there);
            for (String channel : there) {
                Optional<RecordingId> id = names.recording(channel);
                if (id.isPresent()) {
                    lookAfter(channel, id.get(), heard.contains(channel), calls);
                }
            }
        } catch (RecorderException e) {
            LOG.warnf("put off look after Asterisk %s cause=%s", node.name(), LogText.quoteMessage(e));
        }
    }

    private void lookAfter(String channel, RecordingId id, boolean heard, Set<String> calls) {
        if (!heard) {
            await(node.ari().applications().subscribe(names.application(), channel, deadline()));
        }
        // Registry first: if the entry is gone and it still records, nobody stopped it.
        Optional<LiveRecording> entry = registry.find(id);
        if (entry.isPresent() && entry.get().status() != RecordingStatus.START_PENDING) {
            endIfWithOthers(channel, calls);
            return;
        }
        Optional<String> state = await(node.recordings().state(id));
        if (state.isPresent()) {
            if (entry.isEmpty()) {
                adopt(channel, id, state.get());
            }
        } else if (System.nanoTime() - idleSince.computeIfAbsent(channel, first -> System.nanoTime())
                > grace.toNanos()) {
            await(node.ari().hangUp(channel, deadline()));
            LOG.infof("ended channel=%s node=%s cause=listens-for-nothing", LogText.quote(channel), node.name());
        }
    }

    /**
     * Ends what listens to other people by now. When a leg that is in an application, such as a queue, is transferred away, Asterisk puts
     * the other party in its place, where we listen. The leg's id goes with the leg, and is gone as soon as that is.
     */
    private void endIfWithOthers(String channel, Set<String> calls) {
        String call = listensTo.computeIfAbsent(
                channel,
                unknown -> await(node.ari().channel(channel, deadline()))
                        .flatMap(Channel::listensTo)
                        .orElse(null));
        if (call != null
                && !calls.contains(call)
                && await(node.ari().channel(call, deadline())).isEmpty()) {
            await(node.ari().hangUp(channel, deadline()));
            LOG.infof("ended channel=%s node=%s cause=its-line-left-the-call", LogText.quote(channel), node.name());
        }
    }

    /**
     * Looks why a recording ended that nobody stopped: when its call ends, what listens to it is soon gone too. Returns at once; what
     * can't be asked now is looked after later.
     */
    void ended(RecordingId id) {
        vertx.setTimer(FAREWELL.toMillis(), timer -> vertx.executeBlocking(() -> endIfIdle(id), false));
    }

    /** A start that is repeated with its key has the same id, and its channel the same name. */
    private Void endIfIdle(RecordingId id) {
        String channel = names.channel(id);
        try {
            if (registry.find(id).isEmpty()
                    && await(node.ari().channel(channel, deadline())).isPresent()
                    && await(node.recordings().state(id)).isEmpty()) {
                LOG.errorf(
                        "recording=%s ended before its call did. Asterisk %s does so when it can't write: see that its disk isn't full",
                        id, node.name());
                node.ari().hangUp(channel, deadline());
            }
        } catch (StoreUnavailableException | RecorderException e) {
            LOG.debugf("put off look after recording=%s cause=%s", id, LogText.quoteMessage(e));
        }
        return null;
    }

    private void adopt(String channel, RecordingId id, String state) {
        RecordingStatus status = state.equals("paused") ? RecordingStatus.PAUSED : RecordingStatus.RECORDING;
        Optional<LiveRecording> recording = await(node.ari().channel(channel, deadline()))
                .flatMap(listening -> RecordedLine.read(id, listening.applicationData(), status, node.name()));
        if (recording.isPresent()) {
            registry.addAll(List.of(recording.get()));
            LOG.infof(
                    "adopted recording=%s node=%s deviceName=%s directoryNumber=%s",
                    id,
                    node.name(),
                    LogText.quote(recording.get().deviceName().toString()),
                    LogText.quote(recording.get().directoryNumber().toString()));
        }
    }

    private Deadline deadline() {
        return Deadline.after(patience);
    }

    private static <T> T await(Future<T> answer) {
        return RecorderAnswers.await(answer.toCompletionStage());
    }
}
