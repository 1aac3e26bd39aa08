package org.liverecordings.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.store.LeaseState;

class StoreMetersTest {

    private static final StoredFigures.Timers NO_TIMERS = new StoredFigures.Timers(0, 0);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final StoreMeters store = new StoreMeters(meters);

    @Test
    void whatWasCountedLastIsShown() {
        store.show(figures(7));

        store.show(new StoredFigures(
                Optional.of(Map.of(RecordingStatus.PAUSED, 2L)),
                Map.of(LeaseState.UNKNOWN, 1L),
                3,
                new StoredFigures.Timers(6, 2),
                4,
                OptionalLong.of(5)));

        assertEquals(
                Map.ofEntries(
                        Map.entry("recordings start-pending", 0.0),
                        Map.entry("recordings recording", 0.0),
                        Map.entry("recordings paused", 2.0),
                        Map.entry("recordings stopped", 0.0),
                        Map.entry("stop.leases asking", 0.0),
                        Map.entry("stop.leases unknown", 1.0),
                        Map.entry("stop.leases claimed", 0.0),
                        Map.entry("holds null", 3.0),
                        Map.entry("timers waiting", 6.0),
                        Map.entry("timers late", 2.0),
                        Map.entry("inventory.lines null", 4.0),
                        Map.entry("audit.entries null", 5.0)),
                shown());
    }

    @Test
    void thatNothingIsBeingRecordedIsShownAsZero() {
        store.show(new StoredFigures(Optional.of(Map.of()), Map.of(), 0, NO_TIMERS, 0, OptionalLong.of(0)));

        assertEquals(0.0, shown().get("recordings recording"));
    }

    @Test
    void ofASuiteAndWithATrailInTheLogThereAreNeitherRecordingsNorEntries() {
        store.show(figures(7));

        store.show(new StoredFigures(Optional.empty(), Map.of(), 0, NO_TIMERS, 4, OptionalLong.empty()));

        assertEquals(
                Map.of(
                        "stop.leases asking", 0.0,
                        "stop.leases unknown", 0.0,
                        "stop.leases claimed", 0.0,
                        "holds null", 0.0,
                        "timers waiting", 0.0,
                        "timers late", 0.0,
                        "inventory.lines null", 4.0),
                shown());
    }

    @Test
    void whatAnotherReplicaCountsIsNotShownHere() {
        store.show(figures(7));

        store.clear();

        assertEquals(Map.of(), shown());
    }

    private static StoredFigures figures(long lines) {
        return new StoredFigures(
                Optional.of(Map.of(RecordingStatus.RECORDING, 1L)),
                Map.of(LeaseState.ASKING, 1L),
                1,
                NO_TIMERS,
                lines,
                OptionalLong.of(9));
    }

    /** By name and state. */
    private Map<String, Double> shown() {
        Map<String, Double> shown = new TreeMap<>();
        for (Gauge gauge : meters.find("live.recordings.recordings").gauges()) {
            put(shown, gauge);
        }
        for (String name : new String[] {"stop.leases", "holds", "timers", "inventory.lines", "audit.entries"}) {
            meters.find("live.recordings." + name).gauges().forEach(gauge -> put(shown, gauge));
        }
        return shown;
    }

    private static void put(Map<String, Double> shown, Gauge gauge) {
        String name = gauge.getId().getName().substring("live.recordings.".length());
        shown.put(name + ' ' + gauge.getId().getTag("state"), gauge.value());
    }
}
