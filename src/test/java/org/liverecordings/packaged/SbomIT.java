package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.support.BuildFolder;

/** What the build says the service is made of. */
class SbomIT {

    private JsonNode sbom;
    private String pom;

    @BeforeEach
    void readTheFiles() throws IOException {
        Path file = BuildFolder.path("sbom.json");
        assumeTrue(Files.exists(file), "SbomIT is left out: the plugin that writes it doesn't when Maven is offline");
        sbom = new ObjectMapper().readTree(file.toFile());
        pom = Files.readString(Path.of("pom.xml"));
    }

    @Test
    void itIsOneOfThisServiceInTheFormatOfCycloneDx() {
        assertEquals("CycloneDX", sbom.at("/bomFormat").asText());
        assertEquals("application", sbom.at("/metadata/component/type").asText());
        assertEquals("live-recordings", sbom.at("/metadata/component/name").asText());
        assertEquals(
                pom.replaceFirst("(?s).*?<version>([^<]+)</version>.*", "$1"),
                sbom.at("/metadata/component/version").asText());
    }

    /** Two builds of one commit would differ. */
    @Test
    void itHasNoTimeAndNoSerialNumber() {
        assertFalse(sbom.has("serialNumber"));
        assertFalse(sbom.at("/metadata").has("timestamp"));
    }

    /** The package lies there whatever else was built: a native executable is made of the same. */
    @Test
    void itNamesEveryJarThatTheServiceIsMadeOf() throws IOException {
        Set<String> named = components()
                .map(component -> component.at("/group").asText() + "."
                        + component.at("/name").asText() + "-"
                        + component.at("/version").asText() + ".jar")
                .collect(Collectors.toSet());

        Set<String> unnamed = jars();
        unnamed.removeAll(named);

        assertEquals(Set.of(), unnamed);
    }

    private static Set<String> jars() throws IOException {
        Path target = BuildFolder.path();
        try (Stream<Path> files = Files.walk(target, 4)) {
            Set<String> jars = files.filter(
                            file -> file.getFileName().toString().endsWith(".jar"))
                    // The build with spans is in there as well, and has an SBOM of its own.
                    .filter(file -> !target.relativize(file).startsWith("traces"))
                    .filter(file -> file.getParent().endsWith("main")
                            || file.getParent().endsWith("boot")
                            || file.getParent().endsWith("lib"))
                    // So is a jar called that the build takes classes out of.
                    .map(file -> file.getFileName().toString().replaceFirst("^modified-", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertTrue(jars.size() > 100, "jars below target: " + jars);
            return jars;
        }
    }

    /** Jackson's annotations have a number of their own. */
    @ParameterizedTest
    @CsvSource({
        "io.netty, netty-.*, netty.version",
        "com.fasterxml.jackson.*, jackson-(?!annotations).*, jackson.version",
        "org.postgresql, postgresql, postgresql.version",
        "io.smallrye.config, smallrye-config(-core|-common)?, smallrye-config.version"
    })
    void whatIsManagedOverQuarkusComesInThatVersionOnly(String group, String name, String property) {
        Set<String> versions = components()
                .filter(component -> component.at("/group").asText().matches(group)
                        && component.at("/name").asText().matches(name))
                .map(component -> component.at("/version").asText())
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(Set.of(property(property)), versions);
    }

    private String property(String name) {
        Matcher matcher =
                Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<").matcher(pom);
        assertTrue(matcher.find(), name);
        return matcher.group(1);
    }

    private Stream<JsonNode> components() {
        return StreamSupport.stream(sbom.at("/components").spliterator(), false);
    }
}
