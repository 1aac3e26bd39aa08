package org.liverecordings.packaged;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code .ci/run} itself, with stand-ins for the programs that take their time. */
class CiRunTest {

    private static final String NATIVE_TESTS = "-B -ntp -f target/ci/native/pom.xml verify -Dnative -DskipUnitTests"
            + " -Djacoco.skip -Dquarkus.native.reuse-existing=true";

    @TempDir
    Path clone;

    @Test
    void unitTestsAndTheirCoverageAreRunOnceAndTheTestsOfThePackageForEachPackage() throws Exception {
        Files.createDirectory(clone.resolve(".ci"));
        for (String script : List.of("run", "native")) {
            Files.copy(Path.of(".ci", script), clone.resolve(".ci").resolve(script), COPY_ATTRIBUTES);
        }
        Files.createFile(
                Files.createDirectories(clone.resolve("src/test/resources")).resolve("kept"));
        Files.createDirectory(clone.resolve(".mvn"));
        Files.createFile(clone.resolve("pom.xml"));
        program(
                clone.resolve("mvnw"),
                "echo \"$@\" >>builds; case \"$*\" in *package*) ;; *) echo \"$OLD_PACKAGE\" >>old-packages;; esac;"
                        + " echo \"the closing lines of $*\"");
        program(clone.resolve(".ci/upgrade"), "echo /built/before");
        Path graal = Files.createDirectories(clone.resolve("graal/bin"));
        program(graal.resolve("native-image"), "echo native-image 25 2025-09-16");
        Path programs = Files.createDirectory(clone.resolve("programs"));
        program(programs.resolve("npx"), "exit 1");
        // Whoever isn't root installs nothing.
        program(programs.resolve("id"), "echo 1000");
        for (String present : List.of(
                "mvn",
                "curl",
                "nginx",
                "pgbouncer",
                "sipp",
                "chromium",
                "mcs",
                "prometheus",
                "patroni",
                "etcd",
                "haproxy",
                "pg_createcluster",
                "faketime",
                "gcc",
                "ar")) {
            program(programs.resolve(present), "exit 0");
        }

        ProcessBuilder builder =
                new ProcessBuilder("bash", clone.resolve(".ci/run").toString()).redirectErrorStream(true);
        builder.environment().put("GRAALVM_HOME", graal.getParent().toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("PATH", programs + File.pathSeparator + System.getenv("PATH"));
        Process process =
                builder.redirectOutput(clone.resolve("output").toFile()).start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);

        assertTrue(ended);
        assertEquals(0, process.exitValue(), Files.readString(clone.resolve("output")));
        List<String> builds = Files.readAllLines(clone.resolve("builds"));
        assertEquals("-B -ntp verify", builds.get(0));
        assertEquals(
                Set.of(
                        "-B -ntp verify",
                        "-B -ntp -f target/ci/native/pom.xml package -Dnative -DskipTests",
                        NATIVE_TESTS,
                        "-B -ntp verify -Dtraces -DskipUnitTests -Djacoco.skip -Dit.test=TracesIT"),
                Set.copyOf(builds));
        assertEquals(4, builds.size());
        assertTrue(Files.exists(clone.resolve("target/ci/native/src/test/resources/kept")));
        assertTrue(Files.notExists(clone.resolve("target/ci/native/target")));
        assertTrue(Files.readString(clone.resolve("output")).contains("the closing lines of " + NATIVE_TESTS));
        assertEquals(Collections.nCopies(3, "/built/before"), Files.readAllLines(clone.resolve("old-packages")));
    }

    private static void program(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("not executable: " + file);
        }
    }
}
