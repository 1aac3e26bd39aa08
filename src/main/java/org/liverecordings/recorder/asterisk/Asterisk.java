package org.liverecordings.recorder.asterisk;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.liverecordings.metrics.RecorderMeters;
import org.liverecordings.recorder.guard.GuardConfig;
import org.liverecordings.recorder.guard.RecorderCondition;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.recorder.CallRecorder;
import org.liverecordings.recording.recorder.Calls;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.recording.store.LiveRecordingRepository;

/** The recorder {@code asterisk}: its nodes, and what is made of them. */
public final class Asterisk implements RecorderCondition, AutoCloseable {

    /** A start may reach a node that much later than its asker waited for it. */
    private static final Duration GRACE_MARGIN = Duration.ofSeconds(5);

    private final AsteriskConfig config;
    private final GuardConfig guard;
    private final EndpointPattern endpoints;
    private final Map<String, AsteriskNode> nodes = new TreeMap<>();
    private final Map<String, Leftovers> leftovers = new TreeMap<>();
    private final CallRecorder recorder;

    /**
     * Connects to nothing yet.
     *
     * @param meters makes those of a node
     * @throws IllegalArgumentException if a setting is missing or makes no sense
     */
    public Asterisk(
            AsteriskConfig config,
            GuardConfig guard,
            LiveRecordingRepository registry,
            Vertx vertx,
            TlsConfigurationRegistry tls,
            Function<String, RecorderMeters> meters) {
        check(config);
        this.config = config;
        this.guard = guard;
        this.endpoints = new EndpointPattern(config.endpoint());
        Names names = new Names(config.application(), UUID.randomUUID().toString());
        Duration grace = guard.deadline().plus(GRACE_MARGIN);
        for (String name : config.nodes().keySet()) {
            AsteriskNode node = new AsteriskNode(name, config, guard, names, vertx, tls, meters.apply(name));
            nodes.put(name, node);
            leftovers.put(name, new Leftovers(node, names, registry, vertx, guard.attemptTimeout(), grace));
        }
        this.recorder = new AsteriskCallRecorder(nodes, endpoints, config.pause(), registry, vertx);
    }

    private static void check(AsteriskConfig config) {
        if (config.nodes().isEmpty()) {
            throw new IllegalArgumentException(
                    "the recorder asterisk needs a live-recordings.asterisk.nodes.<name>.url to be set");
        }
        for (String name : config.nodes().keySet()) {
            if (!name.matches("[\\w-]{1,40}")) {
                throw new IllegalArgumentException("live-recordings.asterisk.nodes: a name is up to 40 letters, digits,"
                        + " hyphens and underscores, not " + name);
            }
        }
    }

    /** Guards each node by itself. */
    public CallRecorder recorder() {
        return recorder;
    }

    /** The inventory's lines, monitorable if a node knows their endpoint. */
    public LineCapabilities monitorable(LineCapabilities inventory) {
        return new AsteriskLines(inventory, nodes.values(), endpoints);
    }

    /** The calls on the inventory's lines. */
    public Calls calls(LineCapabilities inventory) {
        return new AsteriskCalls(inventory, nodes.values(), endpoints, guard.attemptTimeout());
    }

    /** Whether the time paused is part of a recording's file. */
    public boolean pausesCount() {
        return config.pause() == AsteriskConfig.Pause.MUTE;
    }

    /** The nodes' names. */
    public Set<String> nodes() {
        return nodes.keySet();
    }

    /** How often {@link #look}, and a look at {@link #calls}, is due. */
    public Duration sweepInterval() {
        return config.sweepInterval();
    }

    /**
     * Connects to a node's events, and stays connected.
     *
     * @param connected called each time that its events begin to come: it missed what happened before; must not block
     * @param over is given a recording that is over, of whatever replica; must not block
     */
    public void connect(String node, Runnable connected, Consumer<RecordingId> over) {
        nodes.get(node).events().start(connected, event -> onEvent(event, over));
    }

    /** Hears of no more events. */
    @Override
    public void close() {
        nodes.values().forEach(node -> node.events().close());
    }

    /**
     * Asks a node for its endpoints, and looks after what was left there. Blocks.
     *
     * @throws org.liverecordings.recording.store.StoreUnavailableException if the registry can't be reached
     */
    public void look(String node) {
        leftovers.get(node).look();
    }

    /** Looks why a recording ended that nobody stopped, and tells the operator if its call goes on. Returns at once. */
    public void ended(String node, RecordingId recording) {
        leftovers.get(node).ended(recording);
    }

    private static void onEvent(JsonObject event, Consumer<RecordingId> over) {
        String type = event.getString("type");
        if (type.equals("RecordingFinished") || type.equals("RecordingFailed")) {
            RecordingId.parse(event.getJsonObject("recording").getString("name"))
                    .ifPresent(over);
        }
    }

    @Override
    public boolean isWell() {
        return nodes.values().stream()
                .allMatch(node -> node.events().isOpen() && node.guard().isWell());
    }

    @Override
    public Map<String, String> details() {
        Map<String, String> details = new LinkedHashMap<>();
        nodes.forEach((name, node) -> {
            node.guard().details().forEach((key, value) -> details.put(name + '.' + key, value));
            details.put(name + ".events", node.events().isOpen() ? "connected" : "unconnected");
        });
        return details;
    }
}
