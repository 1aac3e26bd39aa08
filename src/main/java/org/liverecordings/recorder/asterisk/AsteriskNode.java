package org.liverecordings.recorder.asterisk;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.WebSocketClientOptions;
import org.liverecordings.metrics.RecorderMeters;
import org.liverecordings.recorder.asterisk.ari.Ari;
import org.liverecordings.recorder.asterisk.ari.AriEvents;
import org.liverecordings.recorder.asterisk.ari.RecordingStates;
import org.liverecordings.recorder.guard.GuardConfig;
import org.liverecordings.recorder.guard.RecorderGuard;
import org.liverecordings.recorder.upstream.UpstreamAddress;
import org.liverecordings.recorder.upstream.UpstreamClient;
import org.liverecordings.recorder.upstream.UpstreamTimes;
import org.liverecordings.settings.NamedTls;

/** One Asterisk, with a guard of its own, so that its trouble is no other one's. */
final class AsteriskNode {

    /** Some 100 bytes for each of 200,000 endpoints. */
    private static final int MAX_BODY_BYTES = 32 * 1024 * 1024;

    private final String name;
    private final RecorderGuard guard;
    private final Ari ari;
    private final AriEvents events;
    private final NodeStarts starts;
    private final NodeRecordings recordings;
    private final NodePauses pauses;
    private volatile Set<String> endpoints;

    /**
     * @throws IllegalArgumentException if a setting makes no sense
     */
    AsteriskNode(
            String name,
            AsteriskConfig config,
            GuardConfig guardConfig,
            Names names,
            Vertx vertx,
            TlsConfigurationRegistry tls,
            RecorderMeters meters) {
        String settings = "live-recordings.asterisk.nodes." + name;
        AsteriskConfig.Node node = config.nodes().get(name);
        UpstreamAddress address = UpstreamAddress.of(settings, node.url(), Ari.PATH);
        String password = node.password()
                .orElseThrow(() -> new IllegalArgumentException("the recorder asterisk needs " + settings
                        + ".password or " + settings + ".password-file to be set"));
        HttpClientOptions http = new HttpClientOptions().setMaxPoolSize(config.connections());
        WebSocketClientOptions webSocket = new WebSocketClientOptions();
        UpstreamTimes.connectWithin(config.connectTimeout(), http);
        UpstreamTimes.connectWithin(config.connectTimeout(), webSocket);
        Optional<TlsConfiguration> secure = NamedTls.of(tls, settings, node.tlsConfigurationName());
        secure.ifPresent(configuration -> TlsConfigUtils.configure(http, configuration));
        secure.ifPresent(configuration -> TlsConfigUtils.configure(webSocket, configuration));
        this.name = name;
        this.guard = new RecorderGuard("Asterisk " + name, guardConfig, meters);
        this.ari = new Ari(name, new UpstreamClient(vertx, http, address, node.username(), password, MAX_BODY_BYTES));
        this.events = new AriEvents(
                name, vertx, webSocket, address, UpstreamClient.basic(node.username(), password), names.application());
        Duration timeout = UpstreamTimes.below(guardConfig.attemptTimeout());
        RecordingStates states = new RecordingStates(vertx, ari);
        this.starts = new NodeStarts(ari, events, states, names, timeout);
        this.recordings = new NodeRecordings(ari, states, names, timeout);
        this.pauses = new NodePauses(ari, states, config.pause(), timeout);
    }

    String name() {
        return name;
    }

    RecorderGuard guard() {
        return guard;
    }

    Ari ari() {
        return ari;
    }

    AriEvents events() {
        return events;
    }

    NodeStarts starts() {
        return starts;
    }

    NodeRecordings recordings() {
        return recordings;
    }

    NodePauses pauses() {
        return pauses;
    }

    /** The endpoints that it knew when it was last asked; null if it has never answered. */
    Set<String> endpoints() {
        return endpoints;
    }

    void knows(Set<String> endpoints) {
        this.endpoints = endpoints;
    }
}
