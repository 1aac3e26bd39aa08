package org.liverecordings.database;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/** Writes that the database couldn't take, until it can; as long as this process lives. */
public final class DeferredWrites {

    private final Database database;
    private final Queue<Sql> writes;

    /**
     * @param limit how many are remembered; those beyond it are lost
     */
    public DeferredWrites(Database database, int limit) {
        this.database = database;
        this.writes = new ArrayBlockingQueue<>(limit);
    }

    /** Remembers one. It must be one that may be done again, and late. */
    public void add(Sql write) {
        writes.offer(write);
    }

    /**
     * Does them, in the order in which they came.
     *
     * @throws org.liverecordings.recording.store.StoreUnavailableException if the database can't take them now
     */
    public void writeAll() {
        for (Sql write : List.copyOf(writes)) {
            database.update(write);
            database.onceCommitted(() -> writes.remove(write));
        }
    }
}
