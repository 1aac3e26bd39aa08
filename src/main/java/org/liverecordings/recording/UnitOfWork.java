package org.liverecordings.recording;

/** Makes what registry, pending stops and trail are told take effect together or not at all. */
public interface UnitOfWork {

    /**
     * Runs the work, more than once if a store that shares it with others says so; of all but the last run nothing takes effect.
     * If it throws, nothing of it takes effect.
     *
     * @throws StoreUnavailableException if it can't be made to take effect
     */
    void run(Runnable work);
}
