package org.liverecordings.events.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks up hosts for one webhook, and waits no longer than it may. The system's resolver can't be interrupted: one that hangs keeps a
 * thread, this webhook's only one, until it comes back.
 */
final class HostAddresses {

    private static final int IDLE_SECONDS = 10;

    private final Resolver resolver;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), HostAddresses::thread);

    /** Whom to ask, such as {@link InetAddress#getAllByName}. */
    @FunctionalInterface
    interface Resolver {

        /** One address at least. */
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    HostAddresses(Resolver resolver) {
        this.resolver = resolver;
        thread.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "webhook-host");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * All addresses of a host, one at least. To be called by one thread at a time.
     *
     * @param host a name or an address
     * @throws IOException if there are none, or if that isn't known in time
     */
    InetAddress[] of(String host, Duration left) throws IOException {
        Future<InetAddress[]> addresses = thread.submit(() -> resolver.resolve(host));
        try {
            return addresses.get(left.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IOException("unknown host", e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("its host's address wasn't found in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            // What waits behind one that hangs is asked for anew at the next attempt.
            addresses.cancel(true);
            thread.purge();
        }
    }
}
