package org.liverecordings.api.signin.keys;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.jboss.logging.Logger;
import org.liverecordings.text.LogText;

/**
 * One issuer's keys, which are fetched in the background: again and again, and at once when a token names a key that isn't known.
 * Strangers make up such tokens, hence the limits: one fetch at a time, a pause before the next one that a token may cause, few
 * who wait for it, none for long. A token whose key is known doesn't come here.
 */
public final class FetchedKeys implements IssuerKeys, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(FetchedKeys.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final int MOST_WAITING = 16;

    private final String issuer;
    private final Vertx vertx;
    private final Supplier<Future<KeySet>> source;
    private final Pace pace;
    private final LongSupplier nanoTime;
    private final Context background;

    private KeySet known = KeySet.NONE;
    private long goodUntil;
    private long nextLook;
    private boolean failed;
    private Future<KeySet> running;
    private int waiting;
    private long timer = -1;
    private boolean closed;

    /**
     * How often.
     *
     * @param refresh from the end of a fetch to the next one, while keys are known
     * @param keep how long keys are good after the last fetch that brought them
     * @param pause from a fetch that a token caused to the next such one, and from a failed one to its repetition
     */
    public record Pace(Duration refresh, Duration keep, Duration pause) {}

    /**
     * @param source fetches the keys once, within some seconds
     * @param nanoTime as {@link System#nanoTime}
     */
    public FetchedKeys(String issuer, Vertx vertx, Supplier<Future<KeySet>> source, Pace pace, LongSupplier nanoTime) {
        this.issuer = issuer;
        this.vertx = vertx;
        this.source = source;
        this.pace = pace;
        this.nanoTime = nanoTime;
        this.background = vertx.getOrCreateContext();
        this.nextLook = nanoTime.getAsLong();
    }

    /** Begins to fetch, unless that is going on, and returns. */
    public synchronized void start() {
        if (running == null && !closed) {
            vertx.cancelTimer(timer);
            Promise<KeySet> fetch = Promise.promise();
            running = fetch.future();
            // Composed, so that a source that throws has failed as any other.
            background.runOnContext(go -> Future.succeededFuture()
                    .compose(begin -> source.get())
                    .onComplete(done -> fetch.complete(ended(done))));
        }
    }

    @Override
    public synchronized KeySet current() {
        if (known != KeySet.NONE && nanoTime.getAsLong() - goodUntil > 0) {
            known = KeySet.NONE;
        }
        return known;
    }

    /** How long the known keys are good if no fetch succeeds any more; 0 if none are known. */
    public synchronized double secondsLeft() {
        return current() == KeySet.NONE ? 0 : (goodUntil - nanoTime.getAsLong()) / 1e9;
    }

    @Override
    public synchronized Future<KeySet> look() {
        long now = nanoTime.getAsLong();
        if (running == null && now - nextLook >= 0) {
            nextLook = now + pace.pause().toNanos();
            start();
        }
        if (running == null || waiting >= MOST_WAITING) {
            return Future.succeededFuture(current());
        }
        waiting++;
        return running.timeout(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(done -> noLongerWaiting())
                .otherwise(failure -> current());
    }

    private synchronized void noLongerWaiting() {
        waiting--;
    }

    private synchronized KeySet ended(AsyncResult<KeySet> fetched) {
        running = null;
        Duration next = pace.pause();
        if (fetched.succeeded()) {
            next = pace.refresh();
            goodUntil = nanoTime.getAsLong() + pace.keep().toNanos();
            if (failed || !fetched.result().equals(known)) {
                LOG.infof(
                        "fetched keys of issuer=%s count=%d",
                        issuer, fetched.result().keys().size());
            }
            if (!fetched.result().equals(known)) {
                known = fetched.result();
            }
        } else {
            if (fetched.cause() instanceof NoUsableKeyException) {
                known = KeySet.NONE;
            }
            LOG.warnf(
                    current() == KeySet.NONE
                            ? "no keys of issuer=%s, so that its tokens get 401: %s"
                            : "kept the known keys of issuer=%s: %s",
                    issuer,
                    LogText.quote(String.valueOf(fetched.cause().getMessage())));
        }
        failed = fetched.failed();
        if (!closed) {
            timer = vertx.setTimer(next.toMillis(), id -> start());
        }
        return current();
    }

    @Override
    public synchronized void close() {
        closed = true;
        vertx.cancelTimer(timer);
    }
}
