package org.liverecordings.recorder.asterisk;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.store.LineCapabilities;

/**
 * The inventory, with what the nodes know in place of what it says of a line's being monitorable: a line is if some node knows its
 * endpoint. As long as a node has never answered, nobody can deny it of any line: rather does the recorder find out than that a stop is
 * refused which it could carry out.
 */
final class AsteriskLines implements LineCapabilities {

    private final LineCapabilities inventory;
    private final Collection<AsteriskNode> nodes;
    private final EndpointPattern endpoints;

    AsteriskLines(LineCapabilities inventory, Collection<AsteriskNode> nodes, EndpointPattern endpoints) {
        this.inventory = inventory;
        this.nodes = nodes;
        this.endpoints = endpoints;
    }

    @Override
    public Optional<Line> find(DeviceName deviceName, DirectoryNumber directoryNumber) {
        return inventory.find(deviceName, directoryNumber).map(this::judged);
    }

    @Override
    public List<Line> find(LineSelector selector) {
        return judged(inventory.find(selector));
    }

    @Override
    public List<Line> ofUser(String username) {
        return judged(inventory.ofUser(username));
    }

    @Override
    public List<Line> ofUsers(Collection<String> usernames) {
        return judged(inventory.ofUsers(usernames));
    }

    @Override
    public List<Line> ofNumbers(Collection<DirectoryNumber> numbers) {
        return judged(inventory.ofNumbers(numbers));
    }

    @Override
    public long count() {
        return inventory.count();
    }

    private List<Line> judged(List<Line> lines) {
        return lines.stream().map(this::judged).toList();
    }

    private Line judged(Line line) {
        return new Line(
                line.deviceName(),
                line.directoryNumber(),
                line.username(),
                isMonitorable(line),
                line.recording(),
                line.group());
    }

    private boolean isMonitorable(Line line) {
        String endpoint = endpoints.of(line.deviceName(), line.directoryNumber());
        boolean allHeard = true;
        for (AsteriskNode node : nodes) {
            if (node.endpoints() == null) {
                allHeard = false;
            } else if (node.endpoints().contains(endpoint)) {
                return true;
            }
        }
        return !allHeard;
    }
}
