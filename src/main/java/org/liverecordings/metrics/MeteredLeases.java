package org.liverecordings.metrics;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.event.Cause;
import org.liverecordings.recording.store.Settlement;
import org.liverecordings.recording.store.StopLeases;

/** Leases of stops, with a clock for those who wait for one. */
public final class MeteredLeases implements StopLeases {

    private final StopLeases leases;
    private final Timer waits;

    /** Neither is null. */
    public MeteredLeases(StopLeases leases, MeterRegistry meters) {
        this.leases = leases;
        this.waits = Timer.builder("live.recordings.stop.lease.wait")
                .description("How long stops waited for another stop of the same; its count is how many had to")
                .register(meters);
    }

    @Override
    public void waited(Duration duration) {
        waits.record(duration);
    }

    @Override
    public Map<RecordingTarget, Earlier> take(
            UUID holder, Collection<RecordingTarget> targets, RecordingTarget foundBy, Duration duration) {
        return leases.take(holder, targets, foundBy, duration);
    }

    @Override
    public Set<RecordingTarget> foundBy(RecordingTarget lineOrUser) {
        return leases.foundBy(lineOrUser);
    }

    @Override
    public Optional<Set<RecordingTarget>> settle(Settlement settlement) {
        return leases.settle(settlement);
    }

    @Override
    public void giveBack(
            UUID holder,
            Set<RecordingTarget> stopped,
            Set<RecordingTarget> unknown,
            Set<RecordingTarget> others,
            Cause cause) {
        leases.giveBack(holder, stopped, unknown, others, cause);
    }

    @Override
    public boolean isOpen(RecordingId id) {
        return leases.isOpen(id);
    }

    @Override
    public int removeLapsed() {
        return leases.removeLapsed();
    }
}
