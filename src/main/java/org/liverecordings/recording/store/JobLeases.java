package org.liverecordings.recording.store;

import java.time.Duration;

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
}
