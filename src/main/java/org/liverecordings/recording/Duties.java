package org.liverecordings.recording;

import java.time.Duration;

/** What has to be done regularly, and by one replica at a time. */
public interface Duties {

    /**
     * Takes a duty on, or stays on it.
     *
     * @param duration after which another replica may take it on, should this one not come back to it
     * @return false if it is another replica's
     * @throws StoreUnavailableException if what keeps the duties can't be reached
     */
    boolean takeOn(String duty, Duration duration);
}
