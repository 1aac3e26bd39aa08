package org.liverecordings.replicas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.ServiceProcess;

/** With PostgreSQL, 200,000 lines in the heap that the native executable has. */
class ManyLinesIT {

    private static final int LINES = 200_000;

    @TempDir
    Path directory;

    @Test
    void theyAreImportedAndChanged() throws IOException {
        Path file = write("lines.csv", 1, "agent");
        try (Replicas replicas = new Replicas(PostgresServer.shared())) {
            Map<String, String> settings = replicas.embedded();
            settings.put("LIVE_RECORDINGS_LINES_FILE", file.toString());
            settings.put("LIVE_RECORDINGS_LINES_REFRESH", "3s");
            Path java = Path.of(System.getProperty("java.home"));
            try (ServiceProcess service = ServiceProcess.start(java, List.of("-Xmx192m"), settings)) {
                assertTrue(
                        service.log().contains("imported lines=200000 added=200000 changed=0 removed=1 "),
                        service::log);

                Files.move(write("changed.csv", 2, "supervisor"), file, StandardCopyOption.REPLACE_EXISTING);

                Awaitility.await()
                        .atMost(Duration.ofMinutes(2))
                        .until(() -> service.log().contains("imported lines=200000 added=1 changed=199999 removed=1 "));
                assertEquals(LINES, replicas.count("SELECT count(*) AS n FROM line"));
                assertTrue(!service.log().contains("OutOfMemoryError"), service::log);
            }
        }
    }

    private Path write(String name, int first, String user) throws IOException {
        Path file = directory.resolve(name);
        try (BufferedWriter csv = Files.newBufferedWriter(file)) {
            for (int i = first; i < first + LINES; i++) {
                csv.write(
                        "SEP%012X,+3905849%06d,%s%d@contact-centre.example.com,true,false\n".formatted(i, i, user, i));
            }
        }
        return file;
    }
}
