package org.liverecordings.database;

import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;

import org.liverecordings.recording.store.StoreUnavailableException;

/** Runs again what the database refused because of another transaction: it had no effect. */
final class Conflicts {

    private static final int TRIES = 8;
    private static final int BACK_OFF_MILLIS = 20;

    private Conflicts() {}

    /** One run of some work. */
    @FunctionalInterface
    interface Attempt<T> {

        /** Makes it. */
        T make() throws SQLException;
    }

    /** The result of the first attempt that meets no conflict; if each of several does, what the last one threw. */
    static <T> T retried(Attempt<T> attempt) throws SQLException {
        for (int tries = 1; ; tries++) {
            try {
                return attempt.make();
            } catch (SQLException e) {
                if (tries == TRIES || !SqlStates.isConflict(e)) {
                    throw e;
                }
            } catch (StoreUnavailableException e) {
                if (tries == TRIES || !(e.getCause() instanceof SQLException cause && SqlStates.isConflict(cause))) {
                    throw e;
                }
            }
            backOff(tries);
        }
    }

    private static void backOff(int tries) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(1, BACK_OFF_MILLIS * tries));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while waiting for another transaction", e);
        }
    }
}
