package org.liverecordings.recording.stop;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.audit.AuditedRequests;
import org.liverecordings.recording.audit.Auditing;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.NoUsableListException;
import org.liverecordings.recording.recorder.PermittedListing;
import org.liverecordings.recording.recorder.RecorderAnswers;
import org.liverecordings.recording.recorder.RecorderException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.recorder.RecordingSuite;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.recording.store.PermittedLines;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.recording.store.StoreUnavailableException;

/**
 * Forwards what was asked for to a suite that holds the recordings and applies the rules itself.
 *
 * <p>A suite that is asked for a line may carry that out later, on the line's next recording. So what is being recorded on a directory
 * number, or on the caller's own lines, is listed first and stopped by its id. Two kinds of stops are forwarded by their line, once and
 * without a retry, since the list doesn't tell enough to do what the suite does: those that name a device, since a manual dial-in mustn't
 * be stopped by its device, and those of a number on which several recordings run, since a rule that forbids one of them forbids all. The
 * same goes for a number if the suite has no list that we can read. Of lines that aren't all the caller's to manage, each that is is
 * forwarded.
 */
public final class SuiteStopRecording implements StopRecordingUseCase {

    private final RecordingSuite suite;
    private final PermittedLines permittedLines;
    private final PermittedListing permittedListing;
    private final StopLeases leases;
    private final StopProtocol protocol;
    private final AuditedRequests requests;

    /** None is null. */
    public SuiteStopRecording(
            RecordingSuite suite, LineCapabilities lines, StopLeases leases, AuditedRequests requests) {
        this.suite = suite;
        this.permittedLines = new PermittedLines(lines);
        this.permittedListing = new PermittedListing(lines);
        this.leases = leases;
        this.protocol = new StopProtocol(leases);
        this.requests = requests;
    }

    @Override
    public List<RecordingId> stop(StopRequest request) {
        return requests.run(
                request.asked(), request::checkPermitted, audit -> protocol.stop(audit, new Forwarded(request, audit)));
    }

    /** What one request names, as far as the suite tells. */
    private final class Forwarded implements Targets {

        private final StopRequest request;
        private final Auditing audit;
        private final RecordingSuite inTime;
        private boolean forwardsLine;

        Forwarded(StopRequest request, Auditing audit) {
            this.request = request;
            this.audit = audit;
            this.inTime = suite.within(audit.deadline());
        }

        @Override
        public Found find() {
            forwardsLine = false;
            audit.asked();
            if (request.scope() == StopRequest.Scope.MINE) {
                // To the suite, "mine" would mean the user that we sign in as.
                Caller caller = request.caller();
                return found(
                        new RecordingTarget.OfUser(Line.userKey(caller.name())),
                        list(ListFilter.ALL.ofUser(caller.name())).stream()
                                .filter(recording -> recording.belongsTo(caller))
                                .toList());
            }
            RecordingTarget target = request.target();
            return target instanceof RecordingTarget.OnLine line ? onLine(line) : byId(target);
        }

        private Found onLine(RecordingTarget.OnLine line) {
            List<LineSelector> managed = permittedLines.managed(request.caller(), line.selector());
            if (!managed.equals(List.of(line.selector()))) {
                return forward(managed.stream().map(RecordingTarget.OnLine::new).collect(Collectors.toSet()), line);
            }
            List<ListedRecording> listed = listed(line.selector());
            return listed == null ? forward(Set.of(line), line) : found(line, listed);
        }

        /** Whose recording it is only the list tells, or who was permitted to stop it before. */
        private Found byId(RecordingTarget target) {
            Caller caller = request.caller();
            if (caller.hasCompleteManagement()) {
                return taken(Set.of(target), null);
            }
            RecordingTarget manager = new RecordingTarget.OfManager(Line.userKey(caller.name()));
            boolean managed = leases.foundBy(manager).contains(target)
                    || permittedListing.managed(caller, ListFilter.ALL, list(ListFilter.ALL)).stream()
                            .anyMatch(recording -> target.equals(new RecordingTarget.ById(recording.id())));
            if (!managed) {
                throw new NotPermittedException();
            }
            return taken(Set.of(target), manager);
        }

        /**
         * Returns null if the list doesn't tell enough, now or later. A list that failed is another thing: it makes the stop fail, as the
         * next one may be stopped by its id.
         */
        private List<ListedRecording> listed(LineSelector line) {
            if (line.deviceName() != null) {
                return null;
            }
            try {
                List<ListedRecording> listed = list(new ListFilter(null, line.directoryNumber(), null, null));
                return listed.size() > 1 ? null : listed;
            } catch (NoUsableListException e) {
                return null;
            }
        }

        private Found forward(Set<RecordingTarget> lines, RecordingTarget foundBy) {
            forwardsLine = true;
            return taken(lines, foundBy);
        }

        private List<ListedRecording> list(ListFilter filter) {
            try {
                return RecorderAnswers.await(inTime.list(filter));
            } catch (RecorderException e) {
                throw nothingAsked(e);
            }
        }

        /** What is listed, and what earlier requests found there and may have stopped. */
        private Found found(RecordingTarget lineOrUser, List<ListedRecording> listed) {
            Set<RecordingTarget> targets = new HashSet<>(leases.foundBy(lineOrUser));
            listed.forEach(recording -> targets.add(new RecordingTarget.ById(recording.id())));
            return taken(targets, lineOrUser);
        }

        private Found taken(Set<RecordingTarget> targets, RecordingTarget foundBy) {
            try {
                return new Found(
                        targets, foundBy, targets.isEmpty() ? Map.of() : protocol.take(audit, targets, foundBy));
            } catch (StoreUnavailableException e) {
                throw protocol.giveBack(audit, targets, e);
            }
        }

        /** A line, or a user, is what an earlier request stopped as one. By now the list tells what still runs of it. */
        @Override
        public CompletionStage<Void> ask(RecordingTarget target) {
            return target instanceof RecordingTarget.ById || forwardsLine
                    ? inTime.stop(target)
                    : CompletableFuture.failedStage(new NoLiveRecordingException());
        }
    }

    /** A list that didn't come may have arrived, but a stop wasn't asked for. */
    private static RecorderException nothingAsked(RecorderException failure) {
        return failure instanceof RecorderUnavailableException && failure.mayHaveArrived()
                ? new RecorderUnavailableException(failure.getMessage(), false, failure)
                : failure;
    }
}
