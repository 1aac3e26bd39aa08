package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DockerfileTest {

    /** By a whole version or a day: what names less moves with each new one. */
    private static final Pattern PINNED = Pattern.compile(
            "quay\\.io/quarkus/ubi10-[a-z-]+:(jdk-\\d+\\.\\d+\\.\\d+\\.\\d+|\\d+\\.\\d+-\\d{4}-\\d{2}-\\d{2})");

    private final List<Instruction> builder = new ArrayList<>();
    private final List<Instruction> runtime = new ArrayList<>();

    @BeforeEach
    void readTheFile() throws IOException {
        String joined = Files.readString(Path.of("Dockerfile.native"))
                .replaceAll("(?m)^\\s*#.*\\R", "")
                .replaceAll("\\\\\\R\\s*", " ");
        for (String line : joined.split("\\R")) {
            if (!line.isBlank()) {
                String[] words = line.split("\\s+", 2);
                Instruction instruction = new Instruction(words[0], words[1].strip());
                boolean inRuntime = !runtime.isEmpty() || (!builder.isEmpty() && words[0].equals("FROM"));
                (inRuntime ? runtime : builder).add(instruction);
            }
        }
    }

    @Test
    void thereAreTwoStagesOnPinnedImagesOfOneGeneration() {
        assertEquals(1, texts(builder, "FROM").size());
        assertEquals(1, texts(runtime, "FROM").size());
        String[] from = texts(builder, "FROM").get(0).split(" ");
        assertTrue(PINNED.matcher(from[0]).matches(), from[0]);
        assertEquals("AS build", from[1] + " " + from[2]);
        String base = texts(runtime, "FROM").get(0);
        assertTrue(PINNED.matcher(base).matches(), base);
        assertTrue(base.contains("-micro-image:"), base);
    }

    @Test
    void theBuilderIsTheOneOfABuildInAContainer() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(Path.of("src", "main", "resources", "application.properties"))) {
            properties.load(in);
        }

        assertEquals(
                properties.getProperty("quarkus.native.builder-image"),
                texts(builder, "FROM").get(0).split(" ")[0]);
    }

    @Test
    void dependenciesAreFetchedBeforeTheSourcesAreThere() {
        List<String> steps = builder.stream()
                .filter(instruction ->
                        instruction.name().equals("COPY") || instruction.name().equals("RUN"))
                .map(instruction ->
                        instruction.name() + " " + instruction.text().replaceAll(".* (\\S+ \\S+)$", "$1"))
                .toList();

        assertEquals("COPY pom.xml ./", steps.get(0));
        assertEquals("COPY .mvn .mvn", steps.get(1));
        assertEquals("RUN quarkus:go-offline dependency:go-offline", steps.get(2));
        assertEquals("COPY src/main src/main", steps.get(3));
        assertEquals("COPY src/traces src/traces", steps.get(4));
        assertTrue(texts(builder, "RUN").get(1).contains("package -Dnative"));
    }

    @Test
    void anArgumentMakesItTheBuildWithSpans() {
        assertEquals(List.of("TRACES="), texts(builder, "ARG"));
        for (String run : texts(builder, "RUN")) {
            assertTrue(run.contains(" ${TRACES:+-Dtraces} "), run);
        }
    }

    @Test
    void whatIsCopiedIsNotHiddenFromTheBuild() throws IOException {
        List<String> shown = Files.readAllLines(Path.of(".dockerignore")).stream()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();

        for (String source : List.of("mvnw", "pom.xml", ".mvn", "src/main", "src/traces")) {
            assertTrue(shown.contains(source), source);
            assertTrue(Files.exists(Path.of(source)), source);
        }
    }

    @Test
    void theImageRunsTheExecutableItselfAsAUserThatIsNotRoot() {
        assertEquals(List.of("1001:1001"), texts(runtime, "USER"));
        assertEquals(List.of("8080"), texts(runtime, "EXPOSE"));
        assertEquals(List.of("[\"/usr/local/bin/live-recordings\"]"), texts(runtime, "ENTRYPOINT"));
        assertEquals(
                List.of(
                        "--from=build --chown=0:0 --chmod=0555 /build/target/live-recordings /usr/local/bin/live-recordings",
                        "--from=build --chown=0:0 --chmod=0444 /build/target/sbom.json"
                                + " /usr/share/sbom/live-recordings.cdx.json"),
                texts(runtime, "COPY"));
    }

    @Test
    void theRuntimeStageNeedsNoShell() {
        assertFalse(runtime.stream().anyMatch(instruction -> instruction.name().equals("RUN")));
        assertFalse(runtime.stream().anyMatch(instruction -> instruction.name().equals("CMD")));
    }

    @Test
    void theImageIsLabelledAsTheOpenContainerInitiativeWantsIt() {
        String labels = texts(runtime, "LABEL").get(0);

        for (String label : List.of("title", "description", "licenses", "version", "revision", "base.name")) {
            assertTrue(labels.contains("org.opencontainers.image." + label + "="), label);
        }
        assertTrue(labels.contains("base.name=\"" + texts(runtime, "FROM").get(0) + "\""));
    }

    /** Without arguments an image says of itself what is true of every build: the version of the pom, and no revision. */
    @Test
    void versionAndRevisionComeFromTheBuild() throws IOException {
        String version = Files.readString(Path.of("pom.xml")).replaceFirst("(?s).*?<version>([^<]+)</version>.*", "$1");
        String labels = texts(runtime, "LABEL").get(0);

        assertEquals(List.of("VERSION=" + version, "REVISION=unknown"), texts(runtime, "ARG"));
        assertTrue(labels.contains("image.version=\"${VERSION}\""), labels);
        assertTrue(labels.contains("image.revision=\"${REVISION}\""), labels);
        assertTrue(Files.readString(Path.of("docs", "deploying.md"))
                .contains("--build-arg VERSION=" + version + " --build-arg REVISION=$(git rev-parse HEAD)"));
    }

    private static List<String> texts(List<Instruction> stage, String name) {
        return stage.stream()
                .filter(instruction -> instruction.name().equals(name))
                .map(Instruction::text)
                .toList();
    }

    private record Instruction(String name, String text) {}
}
