package org.liverecordings.recording.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.junit.jupiter.api.Test;

class JobLeasesTest {

    private final Deque<Integer> batches = new ArrayDeque<>(List.of(1000, 1000, 7, 0, 5));

    @Test
    void aJobIsDoneUntilNothingIsLeft() {
        JobLeases leases = (job, duration) -> true;

        int done = leases.inBatches("sweep", Duration.ofMinutes(1), batches::pop);

        assertEquals(2007, done);
        assertEquals(List.of(5), List.copyOf(batches));
    }

    @Test
    void aJobThatAnotherReplicaTakesOverIsLeftToIt() {
        Deque<Boolean> held = new ArrayDeque<>(List.of(true, true, false));
        JobLeases leases = (job, duration) -> held.pop();

        int done = leases.inBatches("sweep", Duration.ofMinutes(1), batches::pop);

        assertEquals(2000, done);
        assertEquals(List.of(7, 0, 5), List.copyOf(batches));
    }
}
