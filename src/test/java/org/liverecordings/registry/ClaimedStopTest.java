package org.liverecordings.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.InstantSource;

import org.junit.jupiter.api.Test;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.store.PendingStops.Attempt;

class ClaimedStopTest {

    private static final RecordingTarget TARGET = new RecordingTarget.ById(
            RecordingId.parse("75a90276-e47e-4e9e-b463-e3c743d5ff3a").orElseThrow());

    private final MemoryPendingStops pending = new MemoryPendingStops(null, InstantSource.system());

    @Test
    void anAttemptThatLosesItsReplyAfterAnotherStoppedTheTargetLeavesNoMark() {
        Attempt slow = pending.begin(TARGET);
        Attempt quick = pending.begin(TARGET);
        pending.endStopped(quick);

        pending.endUnknown(slow);

        assertFalse(pending.takeUnknown(TARGET));
        assertEquals(0, pending.size());
    }

    @Test
    void anAttemptThatEndsAfterAnotherStoppedTheTargetLeavesTheNextOneAlone() {
        Attempt slow = pending.begin(TARGET);
        pending.endStopped(pending.begin(TARGET));
        Attempt next = pending.begin(TARGET);

        pending.end(slow);

        assertTrue(pending.inFlight(TARGET).any());
        pending.end(next);
        assertEquals(0, pending.size());
    }
}
