package org.liverecordings.recording.hold;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.audit.AuditedRequests;
import org.liverecordings.recording.recorder.Calls;
import org.liverecordings.recording.store.Holds;
import org.liverecordings.recording.store.Holds.Hold;
import org.liverecordings.recording.store.JobLeases;

/**
 * Ends holds whose call is over, before their time. For recorders that know of calls.
 *
 * <p>It reads the holds before it looks for calls: a hold that is put meanwhile belongs to a call that it may not see, and is left alone.
 */
public final class HoldsOfCalls {

    private static final String JOB = "holds of calls";

    /** For so many the recorder is asked once. */
    private static final int AT_ONCE = 10_000;

    private final Holds holds;
    private final Calls calls;
    private final AuditedRequests requests;
    private final JobLeases jobLeases;
    private final Duration lease;

    /**
     * @param lease for how long no other replica does this job; longer than the pause between two runs
     */
    public HoldsOfCalls(Holds holds, Calls calls, AuditedRequests requests, JobLeases jobLeases, Duration lease) {
        this.holds = holds;
        this.calls = calls;
        this.requests = requests;
        this.jobLeases = jobLeases;
        this.lease = lease;
    }

    /**
     * Looks once, unless another replica does.
     *
     * @return the lines whose holds ended
     * @throws org.liverecordings.recording.store.StoreUnavailableException if the holds can't be reached; what ended stays so
     */
    public List<LineSelector> endThoseOver() {
        List<LineSelector> ended = new ArrayList<>();
        List<Hold> put = jobLeases.hold(JOB, lease) ? holds.latest(AT_ONCE) : List.of();
        while (!put.isEmpty()) {
            Set<LineSelector> over = calls.noneOn(put.stream().map(Hold::line).toList());
            put.stream()
                    .filter(hold -> over.contains(hold.line()) && end(hold))
                    .forEach(hold -> ended.add(hold.line()));
            put = jobLeases.hold(JOB, lease) ? holds.after(put, AT_ONCE) : List.of();
        }
        return ended;
    }

    private boolean end(Hold hold) {
        return requests.endHolds("its call is over", () -> holds.end(hold) ? List.of(hold) : List.of()) > 0;
    }
}
