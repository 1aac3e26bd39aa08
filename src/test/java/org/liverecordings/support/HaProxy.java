package org.liverecordings.support;

import java.util.List;

/** An HAProxy on 127.0.0.1 that leads to whichever member of a {@link PatroniCluster} is its leader, as docs/failover.md says. */
public final class HaProxy implements AutoCloseable {

    private final int port = ServiceProcess.freePort();
    private final OtherProgram program = new OtherProgram("haproxy");

    private HaProxy() {}

    /** Starts one, and waits until it listens. */
    public static HaProxy start(PatroniCluster cluster) {
        HaProxy started = new HaProxy();
        String recipe =
                cluster.local(Recipe.of("failover.md", "haproxy.cfg")).replace("*:5432", "127.0.0.1:" + started.port);
        String configuration = started.program.write("haproxy.cfg", recipe).toString();
        started.program.start(List.of(Programs.find("haproxy").orElseThrow().toString(), "-db", "-f", configuration));
        started.program.awaitListening(started.port);
        return started;
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        program.close();
    }
}
