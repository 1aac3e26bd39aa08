package org.liverecordings.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import org.liverecordings.support.ServiceProcess;

/** An identity provider's JWKS address; what it answers is what was PUT there last, and 503 until then. */
public class JwksServer implements QuarkusTestResourceLifecycleManager {

    /** A system property because the framework loads the tests' classes more than once. */
    private static final String PORT = "test.jwks.port";

    private HttpServer server;
    private volatile byte[] keys = {};

    /** The same from the first call on. */
    static int port() {
        if (System.getProperty(PORT) == null) {
            System.setProperty(PORT, Integer.toString(ServiceProcess.freePort()));
        }
        return Integer.getInteger(PORT);
    }

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/jwks", exchange -> {
            try (exchange) {
                if (exchange.getRequestMethod().equals("PUT")) {
                    keys = exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(204, -1);
                } else if (keys.length == 0) {
                    exchange.sendResponseHeaders(503, -1);
                } else {
                    exchange.sendResponseHeaders(200, keys.length);
                    exchange.getResponseBody().write(keys);
                }
            }
        });
        server.start();
        return Map.of();
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }
}
