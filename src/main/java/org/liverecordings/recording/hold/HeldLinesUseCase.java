package org.liverecordings.recording.hold;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.audit.AuditTrail.Asked;
import org.liverecordings.recording.audit.AuditTrail.Operation;
import org.liverecordings.recording.audit.AuditedRequests;
import org.liverecordings.recording.event.EventType;
import org.liverecordings.recording.permission.PermittedLines;
import org.liverecordings.recording.store.Holds;
import org.liverecordings.recording.store.Holds.Hold;
import org.liverecordings.recording.store.NoSuchHoldException;
import org.liverecordings.recording.store.StoreUnavailableException;

/** Shows the lines on which nothing may be started for now, and lifts that, for those who manage the lines. */
public final class HeldLinesUseCase {

    /** How many holds are shown at most. */
    public static final int MOST = 1000;

    private final Holds holds;
    private final PermittedLines permittedLines;
    private final AuditedRequests requests;

    /** None is null. */
    public HeldLinesUseCase(Holds holds, PermittedLines permittedLines, AuditedRequests requests) {
        this.holds = holds;
        this.permittedLines = permittedLines;
        this.requests = requests;
    }

    /**
     * The holds on lines that the caller manages, the latest first: as many as are shown, and one more if there are more.
     *
     * @param on only those on a line that this names; empty for all
     * @throws NotPermittedException if the caller manages none
     */
    public List<Hold> list(Caller caller, Optional<LineSelector> on) {
        caller.requireManagedLines();
        List<Hold> shown = new ArrayList<>();
        List<Hold> page = holds.latest(MOST);
        while (!page.isEmpty() && shown.size() <= MOST) {
            List<Hold> named = page.stream()
                    .filter(hold -> on.isEmpty() || on.get().overlaps(hold.line()))
                    .toList();
            Predicate<LineSelector> managed = permittedLines.areManaged(
                    caller, named.stream().map(Hold::line).toList());
            named.stream()
                    .filter(hold -> managed.test(hold.line()))
                    .limit(MOST + 1 - shown.size())
                    .forEach(shown::add);
            page = holds.after(page, MOST);
        }
        return shown;
    }

    /**
     * Lifts a hold.
     *
     * @param id may be anything
     * @throws NotPermittedException if the caller doesn't manage the line, or isn't to know that there is no such hold
     * @throws NoSuchHoldException if there is none
     */
    public void lift(Caller caller, String id) {
        Optional<Hold> hold = caller.managesLines() ? find(caller, id) : Optional.empty();
        requests.run(asked(caller, id, hold), caller::requireManagedLines, audit -> {
            audit.asked();
            if (hold.isEmpty() && caller.hasCompleteManagement()) {
                throw new NoSuchHoldException();
            }
            if (hold.filter(there -> permittedLines.managesAll(caller, there.line()))
                    .isEmpty()) {
                throw new NotPermittedException();
            }
            audit.done(List.of(), null, () -> audit.changes().holds(EventType.HOLD_LIFTED, () -> lifted(hold.get())));
            return null;
        });
    }

    /** If it can't be looked up, the attempt is on the trail, or in the log, without its line. */
    private Optional<Hold> find(Caller caller, String id) {
        try {
            return RecordingId.parse(id).map(RecordingId::value).flatMap(holds::find);
        } catch (StoreUnavailableException e) {
            return requests.run(asked(caller, id, Optional.empty()), audit -> {
                throw e;
            });
        }
    }

    private List<LineSelector> lifted(Hold hold) {
        if (!holds.lift(hold.id())) {
            throw new NoSuchHoldException();
        }
        return List.of(hold.line());
    }

    private static Asked asked(Caller caller, String id, Optional<Hold> hold) {
        return new Asked(
                Operation.LIFT_HOLD,
                caller,
                id,
                hold.map(there -> there.line().deviceName())
                        .map(Object::toString)
                        .orElse(null),
                hold.map(there -> there.line().directoryNumber())
                        .map(Object::toString)
                        .orElse(null));
    }
}
