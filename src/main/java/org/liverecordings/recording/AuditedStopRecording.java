package org.liverecordings.recording;

import java.time.Duration;
import java.util.List;

import org.liverecordings.recording.AuditTrail.Outcome;
import org.liverecordings.recording.AuditTrail.StopAttempted;

/** Puts every attempt to stop on the audit trail, whatever its outcome. */
public final class AuditedStopRecording implements StopRecordingUseCase {

    private final StopRecordingUseCase inner;
    private final AuditTrail trail;

    /** Both never null. */
    public AuditedStopRecording(StopRecordingUseCase inner, AuditTrail trail) {
        this.inner = inner;
        this.trail = trail;
    }

    @Override
    public List<RecordingId> stop(StopRequest request) {
        long started = System.nanoTime();
        List<RecordingId> stopped;
        try {
            stopped = inner.stop(request);
        } catch (StopRejectedException e) {
            add(request, Outcome.REJECTED, e.rejection(), List.of(), started, null);
            throw e;
        } catch (NoLiveRecordingException e) {
            add(request, Outcome.NOT_LIVE, null, List.of(), started, null);
            throw e;
        } catch (RecorderException e) {
            add(request, e.mayHaveArrived() ? Outcome.UNKNOWN : Outcome.FAILED, null, e.stopped(), started, e);
            throw e;
        } catch (RuntimeException e) {
            add(request, Outcome.FAILED, null, List.of(), started, e);
            throw e;
        }
        add(request, Outcome.STOPPED, null, stopped, started, null);
        return stopped;
    }

    private void add(
            StopRequest request,
            Outcome outcome,
            StopRejection rejection,
            List<RecordingId> stopped,
            long started,
            Throwable cause) {
        Duration duration = Duration.ofNanos(System.nanoTime() - started);
        trail.stopAttempted(new StopAttempted(request, outcome, rejection, stopped, duration, cause));
    }
}
