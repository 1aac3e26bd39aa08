package org.liverecordings.api.signin.basic;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads of their own for checks of passwords, few of them: however many passwords are sent, everything else has the rest of the
 * machine. What would wait too long isn't checked.
 */
final class PasswordChecks implements AutoCloseable {

    private static final int MOST_WAITING = 64;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final ThreadPoolExecutor threads;

    /**
     * @param atOnce how many run at once
     */
    PasswordChecks(int atOnce) {
        this.threads = new ThreadPoolExecutor(
                atOnce, atOnce, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), work -> {
                    Thread thread = new Thread(work, "password-checks");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** A quarter of the machine's cores, but one at least. */
    static int usual() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 4);
    }

    /**
     * Has something checked.
     *
     * @param tooLate runs instead if the check waited too long, or can't wait
     */
    void submit(Runnable check, Runnable tooLate) {
        long submitted = System.nanoTime();
        try {
            threads.execute(() -> {
                boolean late = System.nanoTime() - submitted > LONGEST_WAIT.toNanos();
                (late ? tooLate : check).run();
            });
        } catch (RejectedExecutionException e) {
            tooLate.run();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
