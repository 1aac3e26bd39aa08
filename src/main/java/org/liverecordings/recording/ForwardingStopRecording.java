package org.liverecordings.recording;

import java.time.Duration;
import java.util.List;

/** Forwards what was asked for to a suite that holds the recordings and applies the rules itself. */
public final class ForwardingStopRecording implements StopRecordingUseCase {

    private final RecordingSuite suite;
    private final StopArbiter arbiter;

    /**
     * @param patience how long the suite may take at most
     */
    public ForwardingStopRecording(RecordingSuite suite, PendingStops pending, Duration patience) {
        this.suite = suite;
        this.arbiter = new StopArbiter(pending, patience);
    }

    @Override
    public List<RecordingId> stop(StopRequest request) {
        StopTarget target = request.target();
        if (target instanceof StopTarget.ById byId) {
            arbiter.ask(target, () -> suite.stop(byId.id())).settle(() -> true);
            return List.of(byId.id());
        }
        LineSelector selector = ((StopTarget.OnLine) target).selector();
        arbiter.ask(target, () -> suite.stop(selector)).settle(() -> true);
        return List.of();
    }
}
