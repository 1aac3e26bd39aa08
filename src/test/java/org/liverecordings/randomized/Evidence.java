package org.liverecordings.randomized;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.liverecordings.randomized.StopClient.Request;
import org.liverecordings.randomized.StoppedLine.Recorded;

/** What the clients of a line asked and were answered, and what the trail says about it. */
final class Evidence {

    private final List<Request> requests;
    private final List<Trail.Row> rows;

    Evidence(StoppedLine line, Collection<StopClient> clients, Trail trail) {
        this.requests =
                clients.stream().flatMap(client -> client.requests().stream()).toList();
        this.rows = trail.of(
                requests.stream().map(Request::correlationId).toList(),
                line.recordings().get(0).begunAt);
    }

    List<Request> requests() {
        return requests;
    }

    /** Those that got this status. */
    List<Request> withStatus(int status) {
        return requests.stream().filter(request -> request.is(status)).toList();
    }

    List<Trail.Row> rows() {
        return rows;
    }

    /** Those of the request; a repetition with a key gets what another request of its client was confirmed. */
    List<Trail.Row> confirmations(Request request) {
        Set<String> ids = new HashSet<>();
        ids.add(request.correlationId());
        if (request.client().plan.withKey()) {
            request.client().requests().forEach(other -> ids.add(other.correlationId()));
        }
        return rows.stream()
                .filter(row -> row.isConfirmation() && ids.contains(row.correlationId()))
                .toList();
    }

    /** Whether the request names the recording, by its id or its line. */
    static boolean asksFor(Request request, Recorded recording) {
        UUID id = request.client().id;
        return id == null || id.equals(recording.id);
    }

    /** The requests whose 204 is certainly about this recording. */
    List<Request> claimsOf(Recorded recording) {
        return withStatus(204).stream()
                .filter(request -> recording.id.equals(request.client().id) || isConfirmed(request, recording))
                .toList();
    }

    private boolean isConfirmed(Request request, Recorded recording) {
        return confirmations(request).stream().anyMatch(row -> recording.id.equals(row.confirmed()));
    }

    /** Whether this recording's end was confirmed to a request that nobody could be told of, and that can't be repeated as such. */
    boolean isLostForGood(Recorded recording) {
        return requests.stream().anyMatch(request -> isLostForGood(request) && isConfirmed(request, recording));
    }

    private static boolean isLostForGood(Request request) {
        return request.is(StopClient.LOST) && !request.client().plan.withKey();
    }

    /** The requests that got a 204, or lost their answer for good, where the trail confirms a stop without naming a recording. */
    List<Request> unnamed() {
        return requests.stream()
                .filter(request -> request.client().id == null)
                .filter(request -> request.is(204) || isLostForGood(request))
                .filter(request -> !confirmations(request).isEmpty())
                .filter(request -> confirmations(request).stream().allMatch(row -> row.confirmed() == null))
                .toList();
    }
}
