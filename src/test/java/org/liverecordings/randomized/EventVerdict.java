package org.liverecordings.randomized;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.liverecordings.events.webhook.TestEndpoint;
import org.liverecordings.support.EventReader.Message;

/**
 * Whether the events of stops are what the trail says. It is asked of the database, and of an endpoint that fails now and then:
 *
 * <ol>
 *   <li>A stop that ended well, and is no repetition, has an event for each recording that it claimed.
 *   <li>There is no event of a stop without a confirmation of the same recording by the same request.
 *   <li>A recording's end is published under one id.
 *   <li>Every event is delivered, and those of one recording in their order; whatever comes again comes under its own id.
 * </ol>
 */
final class EventVerdict implements AutoCloseable {

    /** A replica that dies keeps the others from delivering for two timeouts and 10 s. */
    private static final Duration SILENT_AT_MOST = Duration.ofMinutes(2);

    private static final String UNPUBLISHED = """
            SELECT a.correlation_id FROM audit_entry a JOIN audit_end x ON x.entry_id = a.id
            WHERE a.operation = 'stop' AND x.result = 'done' AND NOT x.repetition AND NOT EXISTS
              (SELECT 1 FROM event e WHERE e.type = 'STOPPED' AND e.correlation_id = a.correlation_id)""";

    private static final String UNCONFIRMED = """
            SELECT e.correlation_id FROM event e WHERE e.type = 'STOPPED' AND NOT EXISTS
              (SELECT 1 FROM audit_entry a JOIN audit_confirmation c ON c.entry_id = a.id
               WHERE a.correlation_id = e.correlation_id AND c.recording_id IS NOT DISTINCT FROM e.recording_id)""";

    private static final String TWICE = "SELECT CAST(recording_id AS text) FROM event"
            + " WHERE type = 'STOPPED' AND recording_id IS NOT NULL GROUP BY recording_id HAVING count(*) > 1";

    private static final String IN_ORDER =
            "SELECT CAST(id AS text) FROM event WHERE recording_id IS NOT NULL ORDER BY position";

    private final TestEndpoint endpoint = new TestEndpoint();

    /** From now on, the endpoint fails by what is drawn. */
    void failNowAndThen(SplittableRandom random) {
        endpoint.answers((exchange, received) -> {
            int drawn;
            synchronized (random) {
                drawn = random.nextInt(100);
            }
            // Below 5 it closes without an answer, although it has received the event.
            if (drawn >= 5) {
                exchange.sendResponseHeaders(drawn < 15 ? 503 : 204, -1);
            }
        });
    }

    /** What a replica needs to know of it. */
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(TestEndpoint.settings("VERDICT", endpoint.url()));
        settings.put("LIVE_RECORDINGS_WEBHOOKS_VERDICT_TIMEOUT", "500ms");
        settings.put("LIVE_RECORDINGS_WEBHOOKS_VERDICT_RETRY_DELAY", "10ms");
        settings.put("LIVE_RECORDINGS_WEBHOOKS_VERDICT_LONGEST_RETRY_DELAY", "100ms");
        return settings;
    }

    /** Waits until the database knows how far the endpoint got: it gets what happens from then on. */
    static void awaitRegistered(DataSource database) {
        Awaitility.await()
                .atMost(SILENT_AT_MOST)
                .until(() -> !texts(database, "SELECT name FROM webhook").isEmpty());
    }

    /** What is wrong once nothing happens any more; empty if nothing is. */
    List<String> wrongs(DataSource database) {
        List<String> wrongs = new ArrayList<>();
        texts(database, UNPUBLISHED)
                .forEach(request -> wrongs.add("request " + request + " ended well and has no event"));
        texts(database, UNCONFIRMED)
                .forEach(request -> wrongs.add("request " + request + " has an event and no confirmation"));
        texts(database, TWICE)
                .forEach(recording -> wrongs.add("the end of " + recording + " was published under two ids"));
        Set<String> events = Set.copyOf(texts(database, "SELECT CAST(id AS text) FROM event"));
        if (!awaitDelivered(events)) {
            wrongs.add(Set.copyOf(endpoint.ids()).size() + " events of " + events.size() + " were delivered");
            return wrongs;
        }
        Map<String, List<String>> delivered = byRecording();
        List<String> order = texts(database, IN_ORDER);
        Map<String, Integer> positions = new LinkedHashMap<>();
        order.forEach(id -> positions.put(id, positions.size()));
        delivered.forEach((recording, ids) -> {
            if (!ids.equals(ids.stream()
                    .sorted((a, b) -> positions.get(a) - positions.get(b))
                    .toList())) {
                wrongs.add("the events of " + recording + " were delivered in the order " + ids);
            }
        });
        return wrongs;
    }

    /** However many have heaped up, it is waited for them as long as they keep coming. */
    private boolean awaitDelivered(Set<String> events) {
        Set<String> delivered = Set.of();
        try {
            while (!delivered.containsAll(events)) {
                int before = delivered.size();
                Awaitility.await()
                        .atMost(SILENT_AT_MOST)
                        .until(() -> Set.copyOf(endpoint.ids()).size() > before);
                delivered = Set.copyOf(endpoint.ids());
            }
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    /** The ids in the order in which they came first; of events that name a recording. */
    private Map<String, List<String>> byRecording() {
        Map<String, Set<String>> delivered = new LinkedHashMap<>();
        for (TestEndpoint.Received received : endpoint.received()) {
            String recording = new Message(null, null, received.body()).recording();
            if (!recording.isEmpty()) {
                delivered
                        .computeIfAbsent(recording, none -> new LinkedHashSet<>())
                        .add(received.header("webhook-id"));
            }
        }
        return delivered.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
    }

    private static List<String> texts(DataSource database, String select) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(select)) {
            List<String> texts = new ArrayList<>();
            while (row.next()) {
                texts.add(row.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
