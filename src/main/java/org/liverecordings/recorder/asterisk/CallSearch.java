package org.liverecordings.recorder.asterisk;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.liverecordings.recorder.asterisk.ari.Channel;
import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.recorder.NoConnectedCallException;
import org.liverecordings.recording.recorder.RecorderAnswers;

/**
 * Looks on all nodes at once for the call of an endpoint. The first node that has one will do, so that nobody waits for a node that is
 * slow. If none has, what those say that know the endpoint counts, whatever is the matter with the others.
 */
final class CallSearch {

    private final Collection<AsteriskNode> nodes;
    private final String endpoint;
    private final CompletableFuture<Found> found = new CompletableFuture<>();
    private int outstanding;
    private boolean known;
    private RuntimeException failure;

    CallSearch(Collection<AsteriskNode> nodes, String endpoint) {
        this.nodes = nodes;
        this.endpoint = endpoint;
        this.outstanding = nodes.size();
    }

    /** A connected channel of the endpoint, and where it is. */
    record Found(AsteriskNode node, Channel channel) {}

    /**
     * Looks once.
     *
     * @return fails with {@link NoConnectedCallException} if there is no call; with a
     *     {@link org.liverecordings.recording.recorder.RecorderException} if only a node could know that can't be asked
     */
    CompletionStage<Found> run(Deadline deadline) {
        for (AsteriskNode node : nodes) {
            node.guard()
                    .once(deadline, () -> node.recordings().callsOf(endpoint).toCompletionStage())
                    .whenComplete((calls, trouble) -> answered(node, calls, trouble));
        }
        return found;
    }

    private synchronized void answered(AsteriskNode node, Optional<List<Channel>> calls, Throwable trouble) {
        outstanding--;
        if (trouble != null) {
            failure = RecorderAnswers.worse(failure, (RuntimeException) RecorderAnswers.cause(trouble));
        } else if (calls.isPresent()) {
            known = true;
            // The youngest is the one that isn't on hold.
            calls.get().stream().findFirst().ifPresent(channel -> found.complete(new Found(node, channel)));
        }
        if (outstanding == 0) {
            found.completeExceptionally(known || failure == null ? new NoConnectedCallException() : failure);
        }
    }
}
