package org.liverecordings.randomized;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.liverecordings.randomized.StopClient.Request;
import org.liverecordings.randomized.StopPlan.Naming;
import org.liverecordings.randomized.StoppedLine.Recorded;

/**
 * Whether what clients of a line were told is true, once all of them were told. It is asked of the suite, which knows what ran when, and
 * of the trail:
 *
 * <ol>
 *   <li>Of one recording's end at most one client is told 204.
 *   <li>Nobody is told 204 or 409 while what was asked for still runs.
 *   <li>What is told with a 204 has its confirmation on the trail before. A confirmation of a stop by line may name no recording.
 *   <li>If a stop ended a recording, somebody is told 204. One excuse: the trail says that the stop was confirmed to a request that
 *       got no answer, and that had no key to be repeated with.
 *   <li>A recording that ended by itself is told as stopped only if the outcome of a stop may have been unknown.
 *   <li>Every recording that was stopped was asked for on the trail before, and so was every request that is told.
 *   <li>The canaries still run.
 *   <li>No stop of a line that the suite was given before a recording began ends it.
 *   <li>Everybody is told 204 or 409 in the end, and nothing else but 5xx until then.
 * </ol>
 */
final class Verdict {

    /** Between the clocks of this process and of the database, on one machine. */
    private static final Duration CLOCKS = Duration.ofMillis(100);

    /** Less than a replica waits for the suite's answer. */
    private static final Duration SLOW = Duration.ofMillis(400);

    private final StoppedLine line;
    private final List<StopClient> clients;
    private final Evidence evidence;
    private final List<String> wrongs = new ArrayList<>();

    Verdict(StoppedLine line, List<StopClient> clients, Trail trail) {
        this.line = line;
        this.clients = clients;
        this.evidence = new Evidence(line, clients, trail);
    }

    /** What is wrong; empty if nothing is. */
    List<String> wrongs() {
        wrongs.addAll(line.wrongs());
        clients.stream().flatMap(client -> client.wrong().stream()).forEach(wrongs::add);
        evidence.withStatus(204).forEach(this::checkDefinitive);
        evidence.withStatus(409).forEach(this::checkDefinitive);
        evidence.withStatus(204).forEach(this::checkConfirmed);
        line.recordings().forEach(this::check);
        checkEach204HasItsOwnEnd();
        checkEachStopWasClaimed();
        line.canaries().stream()
                .filter(canary -> !canary.isRunning())
                .forEach(canary -> wrongs.add("recording " + canary.id + ", which nobody asked for, was stopped"));
        return wrongs;
    }

    private void checkDefinitive(Request request) {
        // With a key, the answer may be that of any request of the client.
        long asked = request.client().plan.withKey()
                ? request.client().requests().get(0).sent()
                : request.sent();
        line.recordings().stream()
                .filter(recording -> Evidence.asksFor(request, recording))
                .filter(recording -> recording.begun < asked && recording.ended > request.answered())
                .forEach(recording ->
                        wrongs.add(request + " was told while recording " + recording.id + " was running"));
        if (evidence.rows().stream().noneMatch(row -> row.correlationId().equals(request.correlationId()))) {
            wrongs.add(request + " was told and isn't on the trail");
        }
    }

    private void checkConfirmed(Request request) {
        List<Trail.Row> confirmations = evidence.confirmations(request);
        if (confirmations.isEmpty()) {
            wrongs.add(request + " was told and has no confirmation on the trail");
        }
        confirmations.stream()
                .filter(row -> !isRight(request, row))
                .forEach(row -> wrongs.add(request + " has a confirmation of " + row.confirmed()));
    }

    private boolean isRight(Request request, Trail.Row confirmation) {
        return confirmation.confirmed() == null
                ? request.client().plan.naming() != Naming.ID
                : line.recordings().stream()
                        .filter(recording -> recording.id.equals(confirmation.confirmed()))
                        .anyMatch(recording ->
                                Evidence.asksFor(request, recording) && recording.ended < request.answered());
    }

    private void check(Recorded recording) {
        List<Request> claims = evidence.claimsOf(recording);
        if (claims.size() > 1) {
            wrongs.add("the end of recording " + recording.id + " was told more than once: " + claims);
        }
        if (recording.isRunning()) {
            wrongs.add("recording " + recording.id + " still runs");
        }
        if (!recording.isStopped() && !claims.isEmpty() && !outcomeMayBeUnknown()) {
            wrongs.add("recording " + recording.id + " ended by itself and was told as stopped: " + claims);
        }
        if (recording.isStopped() && evidence.rows().stream().noneMatch(row -> isAskedFor(recording, row))) {
            wrongs.add("recording " + recording.id + " was stopped and isn't asked for on the trail");
        }
    }

    private static boolean isAskedFor(Recorded recording, Trail.Row row) {
        return row.names(recording) && row.askedAt().minus(CLOCKS).isBefore(recording.stopCame);
    }

    /** The suite was in trouble, or a request was: then a replica may have died, or waited in vain for the suite's answer. */
    private boolean outcomeMayBeUnknown() {
        return line.wasInTrouble()
                || evidence.requests().stream()
                        .anyMatch(request ->
                                !request.isDefinitive() || request.took().compareTo(SLOW) > 0);
    }

    /** A stop by line that names no recording is about one of those that no other 204 is about, and that had ended by then. */
    private void checkEach204HasItsOwnEnd() {
        List<Request> claims = evidence.unnamed().stream()
                .filter(request -> request.is(204))
                .sorted(Comparator.comparing(Request::answered))
                .toList();
        for (int i = 0; i < claims.size(); i++) {
            Request request = claims.get(i);
            long ended = unclaimed().stream()
                    .filter(recording -> recording.ended < request.answered())
                    .count();
            if (ended <= i) {
                wrongs.add(request + " was told of an end that had been told before");
            }
        }
    }

    private void checkEachStopWasClaimed() {
        List<Recorded> unclaimed = unclaimed().stream()
                .filter(recording -> recording.isStopped() && !evidence.isLostForGood(recording))
                .sorted(Comparator.comparing((Recorded recording) -> recording.ended)
                        .reversed())
                .toList();
        for (int i = 0; i < unclaimed.size(); i++) {
            Recorded recording = unclaimed.get(i);
            long about = evidence.unnamed().stream()
                    .filter(request -> mayBeAbout(request, recording))
                    .count();
            if (about <= i) {
                wrongs.add("recording " + recording.id + " was stopped, and nobody was told");
            }
        }
    }

    /** The recordings that no 204 is certainly about. */
    private List<Recorded> unclaimed() {
        return line.recordings().stream()
                .filter(recording -> evidence.claimsOf(recording).isEmpty())
                .toList();
    }

    /** Whose answer was lost may have given up long before. */
    private static boolean mayBeAbout(Request unnamed, Recorded recording) {
        return !unnamed.is(204) || unnamed.answered() > recording.ended;
    }

    /** All that is known of the line, and what befell the replicas meanwhile. */
    String history(History fleet) {
        List<History.Event> own = line.history.events();
        Instant first = own.get(0).at().minusSeconds(10);
        Stream<History.Event> replicas =
                fleet.events().stream().filter(event -> event.at().isAfter(first));
        Stream<History.Event> trail =
                evidence.rows().stream().flatMap(row -> row.events().stream()).distinct();
        return History.text(Stream.of(own.stream(), replicas, trail).flatMap(events -> events));
    }
}
