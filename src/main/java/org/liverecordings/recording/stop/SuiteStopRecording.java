package org.liverecordings.recording.stop;

import java.util.List;
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
import org.liverecordings.recording.RejectedException;
import org.liverecordings.recording.audit.AuditedRequests;
import org.liverecordings.recording.audit.Auditing;
import org.liverecordings.recording.permission.PermittedLines;
import org.liverecordings.recording.permission.PermittedListing;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecordingSuite;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.recording.store.StopLeases;

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
    private final LineCapabilities lines;
    private final StopHolds holds;
    private final PermittedLines permittedLines;
    private final PermittedListing permittedListing;
    private final StopLeases leases;
    private final StopProtocol protocol;
    private final AuditedRequests requests;

    /** None is null. */
    public SuiteStopRecording(
            RecordingSuite suite,
            LineCapabilities lines,
            StopLeases leases,
            StopHolds holds,
            AuditedRequests requests) {
        this.suite = suite;
        this.lines = lines;
        this.holds = holds;
        this.permittedLines = new PermittedLines(lines);
        this.permittedListing = new PermittedListing(lines);
        this.leases = leases;
        this.protocol = new StopProtocol(leases);
        this.requests = requests;
    }

    @Override
    public List<RecordingId> stop(StopRequest request) {
        return requests.run(request.asked(), request::checkPermitted, audit -> {
            Forwarded forwarded = new Forwarded(request, audit);
            try {
                return protocol.stop(audit, forwarded);
            } catch (NoLiveRecordingException e) {
                throw forwarded.holds.takeBack(e);
            } catch (RejectedException e) {
                // Of several the suite may have stopped some and refused others.
                throw forwarded.leased.isOne() ? forwarded.holds.takeBack(e) : e;
            }
        });
    }

    /** What one request names, as far as the suite tells. */
    private final class Forwarded implements Targets {

        private final StopRequest request;
        private final Auditing audit;
        private final RecordingSuite inTime;
        private final SuiteListing listing;
        private final StopHolds.OfStop holds;
        private final LeasedTargets leased;
        private boolean forwardsLine;

        Forwarded(StopRequest request, Auditing audit) {
            this.request = request;
            this.audit = audit;
            this.inTime = suite.within(audit.deadline());
            this.listing = new SuiteListing(suite, lines, audit.deadline());
            this.holds = SuiteStopRecording.this.holds.of(request, audit);
            this.leased = new LeasedTargets(protocol, leases, audit, holds);
        }

        @Override
        public Found find() {
            forwardsLine = false;
            audit.asked();
            if (request.scope() == StopRequest.Scope.MINE) {
                // To the suite, "mine" would mean the user that we sign in as.
                Caller caller = request.caller();
                ListFilter filter = ListFilter.ALL.ofUser(caller.name());
                return leased.listed(
                        new RecordingTarget.OfUser(Line.userKey(caller.name())),
                        own(caller, listing.list(filter)),
                        listing.linesOf(caller.name()),
                        () -> own(caller, listing.listOrNone(filter)));
            }
            RecordingTarget target = request.target();
            return target instanceof RecordingTarget.OnLine line ? onLine(line) : byId(target);
        }

        private Found onLine(RecordingTarget.OnLine line) {
            List<LineSelector> managed = permittedLines.managedSelectors(request.caller(), line.selector());
            if (!managed.equals(List.of(line.selector()))) {
                return forward(
                        managed.stream().map(RecordingTarget.OnLine::new).collect(Collectors.toSet()), line, managed);
            }
            List<ListedRecording> listed = listing.ofNumber(line.selector());
            if (listed == null) {
                return forward(Set.of(line), line, managed);
            }
            return leased.listed(
                    line,
                    listed,
                    managed,
                    () -> listing.listOrNone(ListFilter.onNumber(line.selector().directoryNumber())));
        }

        private static List<ListedRecording> own(Caller caller, List<ListedRecording> listed) {
            return listed.stream()
                    .filter(recording -> recording.belongsTo(caller))
                    .toList();
        }

        /** Whose recording it is only the list tells, or who was permitted to stop it before. */
        private Found byId(RecordingTarget target) {
            Caller caller = request.caller();
            if (caller.hasCompleteManagement()) {
                return leased.of(Set.of(target), null, lines(target));
            }
            RecordingTarget manager = new RecordingTarget.OfManager(Line.userKey(caller.name()));
            if (leases.foundBy(manager).contains(target)) {
                return leased.of(Set.of(target), manager, lines(target));
            }
            List<ListedRecording> listed = listing.list(ListFilter.ALL);
            if (SuiteListing.of(target, permittedListing.managed(caller, ListFilter.ALL, listed))
                    .isEmpty()) {
                throw new NotPermittedException();
            }
            return leased.of(Set.of(target), manager, holds.isWanted() ? listing.linesOf(target, listed) : List.of());
        }

        /** Without a hold nobody needs to know on which lines a recording runs. With one, a list that fails keeps no stop from being made. */
        private List<LineSelector> lines(RecordingTarget target) {
            return holds.isWanted() ? listing.linesOf(target, listing.listOrNone(ListFilter.ALL)) : List.of();
        }

        private Found forward(Set<RecordingTarget> targets, RecordingTarget foundBy, List<LineSelector> held) {
            forwardsLine = true;
            return leased.of(targets, foundBy, held);
        }

        /** A line, or a user, is what an earlier request stopped as one. By now the list tells what still runs of it. */
        @Override
        public CompletionStage<Void> ask(RecordingTarget target) {
            return target instanceof RecordingTarget.ById || forwardsLine
                    ? inTime.stop(target)
                    : CompletableFuture.failedStage(new NoLiveRecordingException());
        }
    }
}
