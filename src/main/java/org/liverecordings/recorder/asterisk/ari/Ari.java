package org.liverecordings.recorder.asterisk.ari;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import org.liverecordings.recorder.upstream.UpstreamAddress;
import org.liverecordings.recorder.upstream.UpstreamClient;
import org.liverecordings.recorder.upstream.UpstreamClient.Answer;
import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.recorder.RecorderFailedException;

/**
 * What we need of Asterisk's REST interface (ARI), on one node. Every method returns at once and never throws; what fails does so
 * with a {@link org.liverecordings.recording.recorder.RecorderException}.
 */
public final class Ari {

    /** The path that all of it is below. */
    public static final String PATH = "/ari";

    private final AriRequests requests;
    private final AriApplications applications;

    /**
     * @param node its name, for the log
     * @param client at its address
     */
    public Ari(String node, UpstreamClient client) {
        this.requests = new AriRequests(node, client);
        this.applications = new AriApplications(requests);
    }

    /** The node's Stasis applications. */
    public AriApplications applications() {
        return applications;
    }

    /**
     * The endpoints that the node knows, such as {@code PJSIP/101}, their technologies in upper case; of each the ids of its channels,
     * those that ring among them.
     */
    public Future<Map<String, List<String>>> endpoints(Deadline deadline) {
        return requests.read(
                "/endpoints",
                deadline,
                answer -> AriRequests.array(answer).stream()
                        .map(JsonObject.class::cast)
                        .collect(Collectors.toUnmodifiableMap(
                                endpoint -> endpoint.getString("technology").toUpperCase(Locale.ROOT)
                                        + '/'
                                        + endpoint.getString("resource"),
                                endpoint -> AriRequests.texts(endpoint.getJsonArray("channel_ids")),
                                (one, other) -> Stream.concat(one.stream(), other.stream())
                                        .toList())));
    }

    /**
     * The ids of an endpoint's channels; empty if the node doesn't know the endpoint.
     *
     * @param endpoint technology, slash, name
     */
    public Future<Optional<List<String>>> channelsOf(String endpoint, Deadline deadline) {
        int slash = endpoint.indexOf('/');
        String path = "/endpoints/" + UpstreamAddress.encode(endpoint.substring(0, slash)) + '/'
                + UpstreamAddress.encode(endpoint.substring(slash + 1));
        return requests.read(
                path,
                deadline,
                answer -> AriRequests.isNotFound(answer)
                        ? Optional.empty()
                        : Optional.of(
                                AriRequests.texts(AriRequests.object(answer).getJsonArray("channel_ids"))));
    }

    /** Empty if there is no such channel. */
    public Future<Optional<Channel>> channel(String id, Deadline deadline) {
        return requests.read(
                "/channels/" + UpstreamAddress.encode(id),
                deadline,
                answer -> AriRequests.isNotFound(answer)
                        ? Optional.empty()
                        : Optional.of(Channel.of(AriRequests.object(answer))));
    }

    /**
     * Makes a channel that hears what another one hears and says. It is there for the application once its {@code StasisStart} has
     * come.
     *
     * @param arguments kept with the channel
     * @return empty if there is no such channel to hear; false if Asterisk can't hear it, or the new channel's id is in use
     */
    public Future<Optional<Boolean>> snoop(
            String channel, String snoop, String application, String arguments, Deadline deadline) {
        String path = "/channels/" + UpstreamAddress.encode(channel) + "/snoop?spy=both&app="
                + UpstreamAddress.encode(application) + "&appArgs=" + UpstreamAddress.encode(arguments) + "&snoopId="
                + UpstreamAddress.encode(snoop);
        return requests.write(HttpMethod.POST, path, deadline, answer -> {
            boolean there = answer.status() == 500 || requests.succeeded(answer, 200);
            return there ? Optional.of(answer.status() == 200) : Optional.empty();
        });
    }

    /**
     * Begins to record a channel as WAV. It is recording once its {@code RecordingStarted} has come. If there is a file of this name, from
     * an earlier try of the same start, it goes on there.
     *
     * @return false if there is no such channel, or if it has left its application as its call is over
     */
    public Future<Boolean> record(String channel, String name, Deadline deadline) {
        String path = "/channels/" + UpstreamAddress.encode(channel) + "/record?name=" + UpstreamAddress.encode(name)
                + "&format=wav&ifExists=append";
        return requests.write(HttpMethod.POST, path, deadline, answer -> {
            if (answer.status() == 500) {
                throw cantRecord("answered 500");
            }
            return !AriRequests.hasLeft(answer) && requests.succeeded(answer, 201);
        });
    }

    /** A failure to record that its operator can mend, and is told of. */
    public RecorderFailedException cantRecord(String cause) {
        return requests.cantRecord(cause);
    }

    /** How many bytes are in a recording's file by now; 0 if there is no file. */
    public Future<Integer> written(String recording, Deadline deadline) {
        return requests.readGrowing(
                "/recordings/stored/" + UpstreamAddress.encode(recording) + "/file",
                deadline,
                answer -> requests.succeeded(answer, 200) ? answer.body().length() : 0);
    }

    /**
     * A live recording's state: {@code queued}, {@code recording}, {@code paused}, or {@code done}, {@code failed} or {@code canceled}
     * for as long as it takes to end; empty if there is no such recording.
     */
    public Future<Optional<String>> state(String recording, Deadline deadline) {
        return requests.read(
                "/recordings/live/" + UpstreamAddress.encode(recording),
                deadline,
                answer -> AriRequests.isNotFound(answer)
                        ? Optional.empty()
                        : Optional.of(AriRequests.object(answer).getString("state")));
    }

    /**
     * Asks to stop a recording, whose audio stays. It is stopped once {@link #state} no longer knows it.
     *
     * @return empty if there is no such recording; false if it is ending already
     */
    public Future<Optional<Boolean>> stop(String recording, Deadline deadline) {
        String path = "/recordings/live/" + UpstreamAddress.encode(recording) + "/stop";
        return requests.write(HttpMethod.POST, path, deadline, this::taken);
    }

    /**
     * Asks to pause a recording, or to mute it, or to undo that.
     *
     * @return empty if there is no such recording; false if it isn't recording yet, or no longer
     */
    public Future<Optional<Boolean>> pause(String recording, boolean mute, boolean on, Deadline deadline) {
        String path = "/recordings/live/" + UpstreamAddress.encode(recording) + (mute ? "/mute" : "/pause");
        return requests.write(on ? HttpMethod.POST : HttpMethod.DELETE, path, deadline, this::taken);
    }

    private Optional<Boolean> taken(Answer answer) {
        boolean there = answer.status() == 409 || requests.succeeded(answer, 204);
        return there ? Optional.of(answer.status() == 204) : Optional.empty();
    }

    /** Ends a channel; that there is none counts as well. */
    public Future<Void> hangUp(String channel, Deadline deadline) {
        String path = "/channels/" + UpstreamAddress.encode(channel);
        return requests.write(HttpMethod.DELETE, path, deadline, answer -> requests.succeeded(answer, 204))
                .mapEmpty();
    }
}
