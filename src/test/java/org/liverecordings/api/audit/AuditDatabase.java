package org.liverecordings.api.audit;

import java.util.HashMap;
import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.TestTokens;

/** A service whose registry is in PostgreSQL. */
public class AuditDatabase implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        PostgresServer server = PostgresServer.shared();
        Map<String, String> settings = new HashMap<>();
        settings.put("live-recordings.registry", "postgresql");
        settings.put("quarkus.http.proxy.proxy-address-forwarding", "true");
        settings.put("live-recordings.replica", "replica-1");
        settings.put("live-recordings.lines.file", "classpath:sample/lines.csv");
        settings.put("live-recordings.embedded.recordings-file", "classpath:sample/recordings.csv");
        settings.put("quarkus.datasource.jdbc.url", server.url(server.newDatabase()));
        settings.put("quarkus.datasource.username", "postgres");
        settings.put("quarkus.datasource.password", "postgres");
        // In tests the framework sets this to a key of its own, and it outranks the key's location.
        settings.put("mp.jwt.verify.publickey", TestTokens.publicKey());
        settings.put("mp.jwt.verify.issuer", TestTokens.ISSUER);
        return settings;
    }

    @Override
    public void stop() {
        // The server ends with the JVM.
    }
}
