package org.liverecordings.recording;

/** Makes what registry, pending stops and trail are told take effect together or not at all. */
public interface UnitOfWork {

    /**
     * Runs the work. If it throws, nothing of it takes effect.
     *
     * @throws StoreUnavailableException if it can't be made to take effect
     */
    void run(Runnable work);
}
