package org.liverecordings.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.store.LeaseState;
import org.liverecordings.text.Words;

/**
 * Shows {@link StoredFigures} as they were counted last. They are the same for all replicas, of which one counts them: the others show
 * nothing, so that nobody adds them up.
 */
public final class StoreMeters {

    private static final String STATE = "state";

    private final MultiGauge recordings;
    private final MultiGauge leases;
    private final MultiGauge holds;
    private final MultiGauge timers;
    private final MultiGauge lines;
    private final MultiGauge auditEntries;
    private volatile StoredFigures latest;

    /** Never null. */
    public StoreMeters(MeterRegistry meters) {
        this.recordings = gauge(
                meters,
                "live.recordings.recordings",
                "Recordings in the registry; stopped ones are those that nobody was told of yet");
        this.leases = gauge(
                meters,
                "live.recordings.stop.leases",
                "What is being stopped (asking), may have been stopped (unknown), or was (claimed)");
        this.holds = gauge(meters, "live.recordings.holds", "Lines on which nothing may be started");
        this.timers = gauge(
                meters,
                "live.recordings.timers",
                "Pauses that are to end, and recordings that are to stop, by themselves");
        this.lines = gauge(meters, "live.recordings.inventory.lines", "Lines that the inventory knows");
        this.auditEntries = gauge(meters, "live.recordings.audit.entries", "Entries of the audit trail");
    }

    private static MultiGauge gauge(MeterRegistry meters, String name, String description) {
        return MultiGauge.builder(name).description(description).register(meters);
    }

    /** Shows these from now on. */
    public void show(StoredFigures figures) {
        latest = figures;
        recordings.register(
                figures.recordings().isEmpty()
                        ? List.of()
                        : Arrays.stream(RecordingStatus.values())
                                .map(state -> row(
                                        of(Words.of(state)),
                                        now -> count(now.recordings().orElse(Map.of()), state)))
                                .toList());
        leases.register(Arrays.stream(LeaseState.values())
                .map(state -> row(of(Words.of(state)), now -> count(now.leases(), state)))
                .toList());
        holds.register(List.of(row(Tags.empty(), StoredFigures::holds)));
        timers.register(List.of(
                row(of("waiting"), now -> now.timers().waiting()),
                row(of("late"), now -> now.timers().late())));
        lines.register(List.of(row(Tags.empty(), StoredFigures::lines)));
        auditEntries.register(
                figures.auditEntries().isEmpty()
                        ? List.of()
                        : List.of(row(Tags.empty(), now -> now.auditEntries().orElse(0))));
    }

    /** Shows nothing any more: another replica counts, or nobody can. */
    public void clear() {
        for (MultiGauge gauge : List.of(recordings, leases, holds, timers, lines, auditEntries)) {
            gauge.register(List.of());
        }
    }

    private static Tags of(String state) {
        return Tags.of(STATE, state);
    }

    private static double count(Map<?, Long> counts, Object state) {
        return counts.getOrDefault(state, 0L);
    }

    /** A row stays as long as there is something to show; what it shows is always the latest. */
    private Row<?> row(Tags tags, ToDoubleFunction<StoredFigures> value) {
        return Row.of(tags, this, self -> value.applyAsDouble(self.latest));
    }
}
