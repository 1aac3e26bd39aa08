package org.liverecordings.recording.store;

import java.time.Duration;
import java.util.function.IntSupplier;

/** Which replica does a scheduled job: the one that holds the job's lease. */
public interface JobLeases {

    /**
     * Takes the lease of a job, or renews it.
     *
     * @param duration after which another replica may take it, unless this one renews it
     * @return false if another replica holds it
     * @throws StoreUnavailableException if what keeps the leases can't be reached
     */
    boolean hold(String job, Duration duration);

    /**
     * Does a job batch by batch, for as long as this replica holds its lease.
     *
     * @param duration as {@link #hold} says
     * @param batch does one, and returns how much it did; 0 when nothing is left
     * @return how much was done in all
     * @throws StoreUnavailableException if what keeps the leases can't be reached; what was done stays done
     */
    default int inBatches(String job, Duration duration, IntSupplier batch) {
        int all = 0;
        int done = 1;
        while (done > 0 && hold(job, duration)) {
            done = batch.getAsInt();
            all += done;
        }
        return all;
    }
}
