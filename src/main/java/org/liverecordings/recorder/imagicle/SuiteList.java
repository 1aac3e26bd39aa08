package org.liverecordings.recorder.imagicle;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jboss.logging.Logger;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.recorder.ListedRecording.RemoteParty;
import org.liverecordings.text.LogText;

/**
 * Reads the suite's list of live recordings. Stop Mine and every pause of one's own depend on it, so that one odd item must not
 * spoil the others: what can't be read of an item is unknown.
 */
final class SuiteList {

    private static final Logger LOG = Logger.getLogger(SuiteList.class);

    private final AtomicBoolean oddItemLogged = new AtomicBoolean();

    /** The items that have an id, without which nothing can be done with a recording. */
    List<ListedRecording> read(JsonArray items) {
        List<ListedRecording> listed = new ArrayList<>(items.size());
        for (Object item : items) {
            JsonObject object = item instanceof JsonObject json ? json : new JsonObject();
            String id = text(object, "id");
            Optional<RecordingId> known = RecordingId.parse(id);
            if (known.isPresent()) {
                listed.add(listed(known.get(), object));
            } else if (oddItemLogged.compareAndSet(false, true)) {
                LOG.warnf(
                        "UCX Suite lists what isn't a recording with an id; it is left out, and not reported again id=%s",
                        LogText.quote(String.valueOf(id)));
            }
        }
        return listed;
    }

    private static ListedRecording listed(RecordingId id, JsonObject item) {
        JsonObject local = party(item, "localParty");
        JsonObject remote = party(item, "remoteParty");
        return new ListedRecording(
                id,
                readable(item, "startedAt", text -> OffsetDateTime.parse(text).toInstant()),
                readable(item, "duration", Duration::parse),
                text(local, "username"),
                new RemoteParty(text(remote, "firstName"), text(remote, "lastName"), text(remote, "phoneNumber")),
                item.getValue("isPaused") instanceof Boolean paused ? paused : null);
    }

    private static JsonObject party(JsonObject item, String name) {
        return item.getValue(name) instanceof JsonObject party ? party : new JsonObject();
    }

    private static String text(JsonObject object, String name) {
        return object.getValue(name) instanceof String text ? text : null;
    }

    private static <T> T readable(JsonObject item, String name, Function<String, T> reader) {
        String text = text(item, name);
        try {
            return text == null ? null : reader.apply(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
