package org.liverecordings.observability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** The dashboard as a file. That its expressions find metrics is {@code PrometheusIT}'s to say, with a real Prometheus. */
class DashboardTest {

    private static final int COLUMNS = 24;
    /** A series is named by its metric and, of a histogram, what it counts. */
    private static final Pattern METRIC = Pattern.compile("\\b(live_recordings_\\w+?)(_bucket|_count|_sum)?\\b");

    private static final Pattern EXPLAINED = Pattern.compile("(?m)^\\| (`live_recordings_.*?`) \\|");

    private final JsonNode dashboard = read(Path.of("src/main/observability/dashboard.json"));
    private final List<JsonNode> panels =
            StreamSupport.stream(dashboard.at("/panels").spliterator(), false).toList();

    @Test
    void everyMetricIsOnIt() throws IOException {
        Set<String> explained = new TreeSet<>();
        Matcher names = EXPLAINED.matcher(Files.readString(Path.of("docs/observing.md")));
        while (names.find()) {
            explained.addAll(List.of(names.group(1).replace("`", "").split(", ")));
        }

        Set<String> shown = new TreeSet<>();
        for (String expression : dashboard.findValuesAsText("expr")) {
            Matcher metrics = METRIC.matcher(expression);
            while (metrics.find()) {
                shown.add(metrics.group(1));
            }
        }

        assertEquals(explained, shown);
    }

    /** Grafana moves what overlaps, and shows one of two panels that have the same id. */
    @Test
    void everyPanelHasAPlaceAndAnIdOfItsOwn() {
        Set<Integer> ids = new HashSet<>();
        Set<String> places = new HashSet<>();
        for (JsonNode panel : panels) {
            String title = panel.at("/title").asText();
            JsonNode grid = panel.at("/gridPos");
            int left = grid.at("/x").asInt();
            int top = grid.at("/y").asInt();
            assertTrue(ids.add(panel.at("/id").asInt()), title);
            assertTrue(left + grid.at("/w").asInt() <= COLUMNS, title);
            for (int x = left; x < left + grid.at("/w").asInt(); x++) {
                for (int y = top; y < top + grid.at("/h").asInt(); y++) {
                    assertTrue(places.add(x + " " + y), title);
                }
            }
        }
    }

    @Test
    void everyPanelAsksTheDataSourceThatItsReaderChose() {
        for (JsonNode panel : panels) {
            if (!panel.at("/type").asText().equals("row")) {
                assertEquals(
                        "{\"type\":\"prometheus\",\"uid\":\"${datasource}\"}",
                        panel.at("/datasource").toString());
                assertTrue(panel.at("/targets").size() > 0, panel.at("/title").asText());
            }
        }
    }

    /** A reader of the runbook is sent to panels by their titles. */
    @Test
    void thePanelsThatTheRunbookNamesAreThere() throws IOException {
        Set<String> titles = new TreeSet<>(
                panels.stream().map(panel -> panel.at("/title").asText()).toList());
        Set<String> missing = new TreeSet<>();
        Matcher named = Pattern.compile("(?<!\\*)\\*([A-Z][^*]+)\\*(?!\\*)")
                .matcher(Files.readString(Path.of("docs/runbook.md")));
        int found = 0;
        while (named.find()) {
            found++;
            if (!titles.contains(named.group(1).replaceAll("\\s+", " "))) {
                missing.add(named.group(1));
            }
        }

        assertTrue(found > 5, "the runbook names panels");
        assertEquals(Set.of(), missing);
    }

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
