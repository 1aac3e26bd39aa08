package org.liverecordings.recording.store;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Makes changes of what is stored, such as the registry, leases, timers, the trail and events, take effect together or not at all. */
public interface UnitOfWork {

    /**
     * Runs the work, more than once if a store that shares it with others says so; of all but the last run nothing takes effect.
     * If it throws, nothing of it takes effect.
     *
     * @throws StoreUnavailableException if it can't be made to take effect
     */
    void run(Runnable work);

    /** For what is kept in this process, where nothing fails between two changes: one piece of work after the other. */
    static UnitOfWork oneAfterTheOther() {
        Lock lock = new ReentrantLock();
        return work -> {
            lock.lock();
            try {
                work.run();
            } finally {
                lock.unlock();
            }
        };
    }
}
