package org.liverecordings.recorder.upstream;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.vertx.core.net.ClientOptionsBase;

/** How long what is asked of a recorder may take. */
public final class UpstreamTimes {

    private UpstreamTimes() {}

    /** Sets how long setting up a connection may take, and as long again for the handshake of TLS. */
    public static void connectWithin(Duration timeout, ClientOptionsBase options) {
        options.setConnectTimeout((int) timeout.toMillis());
        options.setSslHandshakeTimeout(timeout.toMillis());
        options.setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    /** A little less time than its asker waits: who speaks with a recorder alone knows what had left when the time was over. */
    public static Duration below(Duration askers) {
        return askers.multipliedBy(19).dividedBy(20);
    }
}
