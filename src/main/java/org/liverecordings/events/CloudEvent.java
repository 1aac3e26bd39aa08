package org.liverecordings.events;

import io.vertx.core.json.JsonObject;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.event.RecordingEvent;

/** How an event is written: CloudEvents 1.0, in JSON, structured. What isn't known is null. */
public final class CloudEvent {

    /** The media type of one of them. */
    public static final String MEDIA_TYPE = "application/cloudevents+json";

    /** A reference, since the service doesn't know under which host its clients find it. */
    static final String SOURCE = "/fw/Apps/Recorder/WebAPI/LiveRecordings";

    private CloudEvent() {}

    /** In one line. The same event is the same text, however often it is sent. */
    public static String json(RecordingEvent event) {
        String recording = event.recording() == null ? null : event.recording().toString();
        JsonObject written = new JsonObject()
                .put("specversion", "1.0")
                .put("id", event.id().toString())
                .put("source", SOURCE)
                .put("type", event.type().word())
                .put("time", event.at().toString());
        if (recording != null) {
            written.put("subject", recording);
        }
        return written.put("datacontenttype", "application/json")
                .put(
                        "data",
                        new JsonObject()
                                .put("recordingId", recording)
                                .put("deviceName", DeviceName.valueOf(event.deviceName()))
                                .put("directoryNumber", DirectoryNumber.valueOf(event.directoryNumber()))
                                .put("user", event.user())
                                .put("operation", event.operation())
                                .put("correlationId", event.correlationId())
                                .put("recorder", event.recorder())
                                .put("node", event.node())
                                .put("inferred", event.inferred()))
                .encode();
    }
}
