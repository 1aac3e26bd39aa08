package org.liverecordings.recorder.asterisk.ari;

import java.util.List;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import org.liverecordings.recorder.upstream.UpstreamAddress;
import org.liverecordings.recording.Deadline;

/** The Stasis applications of one node. Its methods are as those of {@link Ari}. */
public final class AriApplications {

    private final AriRequests requests;

    AriApplications(AriRequests requests) {
        this.requests = requests;
    }

    /**
     * The channels that each application hears of, also of applications whose WebSocket is gone. An application that has none, and hears
     * of nothing, isn't listed.
     */
    public Future<List<Application>> list(Deadline deadline) {
        return requests.read(
                "/applications",
                deadline,
                answer -> AriRequests.array(answer).stream()
                        .map(JsonObject.class::cast)
                        .map(application -> new Application(
                                application.getString("name"),
                                AriRequests.texts(application.getJsonArray("channel_ids"))))
                        .toList());
    }

    /** Lets an application hear of a channel; that there is none such (422) is no failure. */
    public Future<Void> subscribe(String application, String channel, Deadline deadline) {
        String path = "/applications/" + UpstreamAddress.encode(application) + "/subscription?eventSource=channel:"
                + UpstreamAddress.encode(channel);
        return requests.write(HttpMethod.POST, path, deadline, answer -> {
            if (answer.status() != 422) {
                requests.succeeded(answer, 200);
            }
            return null;
        });
    }

    /** A Stasis application, and what it hears of. */
    public record Application(String name, List<String> channels) {}
}
