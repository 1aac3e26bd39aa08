package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

/** OpenShift runs a container as a user that it invents, in the group 0. */
class AnyUserIT {

    private static final int USER = 1_000_680_000;

    @TempDir
    Path folder;

    @BeforeEach
    void needsRoot() throws IOException {
        assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "AnyUserIT is left out: only root can be somebody else");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void aUserWhomNobodyKnowsRunsTheServiceAndWritesNothing() throws IOException {
        Path key = Files.copy(TestTokens.publicKeyFile(), folder.resolve("key.pem"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--r--r--"));
        Map<String, String> settings = ServiceProcess.tokenSettings();
        settings.put("MP_JWT_VERIFY_PUBLICKEY_LOCATION", key.toString());

        try (ServiceProcess service = ServiceProcess.startAs(USER, folder, settings)) {
            RawHttp.Answer answer = RawHttp.delete(
                    service.uri(),
                    "/fw/Apps/Recorder/WebAPI/LiveRecordings/75a90276-e47e-4e9e-b463-e3c743d50001",
                    TestTokens.complete());

            assertEquals(409, answer.status(), answer.toString());
            String process = Files.readString(Path.of("/proc", Long.toString(service.pid()), "status"));
            assertTrue(process.contains("Uid:\t%1$d\t%1$d\t%1$d\t%1$d\n".formatted(USER)), process);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    Set.of("key.pem", "service"),
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
        }
    }
}
