package org.liverecordings.observability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.liverecordings.support.Programs;

/** The alerts, as Prometheus' own tool reads them, and what their reader finds about them. */
class AlertsTest {

    private static final Path ALERTS = Path.of("src/main/observability/alerts.yml");
    private static final Path TESTS = Path.of("src/test/resources/observability/alerts-test.yml");
    private static final Path TESTS_OF_DAYS = Path.of("src/test/resources/observability/alerts-of-days-test.yml");
    private static final Path RUNBOOK = Path.of("docs/runbook.md");

    @Test
    void theRulesAreWellFormed() throws Exception {
        promtool("check", "rules", ALERTS.toString());
    }

    @Test
    void eachAlertFiresWhenItMustAndNotOtherwise() throws Exception {
        promtool("test", "rules", TESTS.toString(), TESTS_OF_DAYS.toString());
    }

    private static void promtool(String... arguments) throws Exception {
        assumeTrue(Programs.find("promtool").isPresent(), "LEFT OUT: promtool is not installed");
        Process process = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Arrays.stream(arguments))
                        .toList())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(5, TimeUnit.MINUTES), output);
        assertEquals(0, process.exitValue(), output);
    }

    @Test
    void everyAlertIsTestedWithSeriesThatMakeItFireAndWithSuchThatDoNot() throws IOException {
        Set<String> firing = new TreeSet<>();
        Set<String> quiet = new TreeSet<>();
        for (Path tests : List.of(TESTS, TESTS_OF_DAYS)) {
            for (JsonNode test : new YAMLMapper().readTree(tests.toFile()).get("tests")) {
                for (JsonNode alert : test.get("alert_rule_test")) {
                    (alert.get("exp_alerts").isEmpty() ? quiet : firing)
                            .add(alert.get("alertname").asText());
                }
            }
        }

        Set<String> all = new TreeSet<>(alerts().map(AlertsTest::name).toList());
        assertEquals(all, firing);
        assertEquals(all, quiet);
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void everyAlertSaysHowUrgentItIsAndWhatItMeans(JsonNode alert) {
        assertTrue(
                Set.of("page", "ticket").contains(alert.at("/labels/severity").asText()));
        assertTrue(alert.at("/annotations/summary").isTextual());
        assertTrue(alert.at("/annotations/description").isTextual());
        assertEquals(
                "docs/runbook.md#" + name(alert).toLowerCase(),
                alert.at("/annotations/runbook").asText());
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void theRunbookSaysWhatUsersFeelWhatToLookAtAndWhatToDo(JsonNode alert) throws IOException {
        List<String> chapters = List.of(Files.readString(RUNBOOK).split("\n## "));

        String chapter = chapters.stream()
                .filter(text -> text.startsWith(name(alert) + "\n"))
                .findFirst()
                .orElse("");

        for (String part : List.of("**Users:** ", "**Look at:** ", "**Do:** ")) {
            assertTrue(chapter.contains("\n" + part), () -> name(alert) + " lacks " + part);
        }
    }

    @Test
    void theRunbookHasNoChapterOfAnAlertThatThereIsNot() throws IOException {
        Set<String> all = new TreeSet<>(alerts().map(AlertsTest::name).toList());

        Set<String> chapters = new TreeSet<>();
        for (String chapter : Files.readString(RUNBOOK).split("\n## ")) {
            if (chapter.startsWith("LiveRecordings")) {
                chapters.add(chapter.lines().findFirst().orElseThrow());
            }
        }

        assertEquals(all, chapters);
    }

    static Stream<JsonNode> alerts() throws IOException {
        return new YAMLMapper()
                .readTree(ALERTS.toFile()).findValues("rules").stream()
                        .flatMap(rules -> Stream.iterate(0, i -> i < rules.size(), i -> i + 1)
                                .map(rules::get))
                        .filter(rule -> rule.has("alert"));
    }

    private static String name(JsonNode alert) {
        return alert.get("alert").asText();
    }
}
