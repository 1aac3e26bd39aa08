package org.liverecordings.recorder.asterisk;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jboss.logging.Logger;
import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.recorder.Calls;
import org.liverecordings.recording.recorder.RecorderAnswers;
import org.liverecordings.recording.recorder.RecorderException;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.text.LogText;

/** Asks the nodes for the calls of lines. There is none on a line if all nodes say so, and at least one knows its endpoint. */
final class AsteriskCalls implements Calls {

    private static final Logger LOG = Logger.getLogger(AsteriskCalls.class);

    private final LineCapabilities inventory;
    private final Collection<AsteriskNode> nodes;
    private final EndpointPattern endpoints;
    private final Duration patience;

    /**
     * @param patience how long a node may take
     */
    AsteriskCalls(
            LineCapabilities inventory, Collection<AsteriskNode> nodes, EndpointPattern endpoints, Duration patience) {
        this.inventory = inventory;
        this.nodes = nodes;
        this.endpoints = endpoints;
        this.patience = patience;
    }

    @Override
    public Set<LineSelector> noneOn(Collection<LineSelector> lines) {
        Map<String, Boolean> known = new HashMap<>();
        for (AsteriskNode node : nodes) {
            if (!node.events().isOpen()) {
                return Set.of();
            }
            try {
                Map<String, List<String>> here = RecorderAnswers.await(
                        node.ari().endpoints(Deadline.after(patience)).toCompletionStage());
                here.forEach((endpoint, channels) -> known.merge(endpoint, !channels.isEmpty(), Boolean::logicalOr));
            } catch (RecorderException e) {
                LOG.warnf("put off look for calls on Asterisk %s cause=%s", node.name(), LogText.quoteMessage(e));
                return Set.of();
            }
        }
        return lines.stream().filter(line -> isFree(line, known)).collect(Collectors.toUnmodifiableSet());
    }

    private boolean isFree(LineSelector selector, Map<String, Boolean> known) {
        List<Line> lines = inventory.find(selector);
        return !lines.isEmpty()
                && lines.stream()
                        .map(line -> endpoints.of(line.deviceName(), line.directoryNumber()))
                        .allMatch(endpoint -> Boolean.FALSE.equals(known.get(endpoint)));
    }
}
