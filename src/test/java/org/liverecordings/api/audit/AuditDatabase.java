package org.liverecordings.api.audit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

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
        settings.put("live-recordings.lines.file", lines());
        settings.put("live-recordings.sign-in.levels", "supervisors-milan=10:milan,supervisors-rome=10:rome");
        settings.put("live-recordings.embedded.recordings-file", "classpath:sample/recordings.csv");
        settings.put("quarkus.datasource.jdbc.url", server.url(server.newDatabase()));
        settings.put("quarkus.datasource.username", "postgres");
        settings.put("quarkus.datasource.password", "postgres");
        // In tests the framework sets this to a key of its own, and it outranks the key's location.
        settings.put("mp.jwt.verify.publickey", TestTokens.publicKey());
        settings.put("mp.jwt.verify.issuer", TestTokens.ISSUER);
        return settings;
    }

    /** The sample's lines, and two of a team. */
    private static String lines() {
        try (InputStream sample = AuditDatabase.class.getResourceAsStream("/sample/lines.csv")) {
            String lines = new String(sample.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line + (line.startsWith("deviceName") ? ",group" : ","))
                    .collect(Collectors.joining("\n"));
            Path file = Files.createTempFile("audit-lines", ".csv");
            file.toFile().deleteOnExit();
            return Files.writeString(
                            file,
                            lines
                                    + "\nSEP00000000A001,7001,ann,true,false,milan\nSEP00000000A002,7002,rob,true,false,rome\n")
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // The server ends with the JVM.
    }
}
