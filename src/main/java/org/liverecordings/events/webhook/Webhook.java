package org.liverecordings.events.webhook;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

import org.jboss.logging.Logger;
import org.liverecordings.events.CloudEvent;
import org.liverecordings.events.webhook.Progress.State;
import org.liverecordings.recording.event.EventLog;
import org.liverecordings.recording.event.EventType;
import org.liverecordings.recording.event.RecordingEvent.Numbered;
import org.liverecordings.text.LogText;

/**
 * Delivers events to one endpoint: one after the other, in their order, each at least once, by one replica at a time. An event that can't be
 * delivered is tried again, ever more rarely, and those after it wait; after the configured time nothing is sent until somebody asks for
 * a replay. It has a thread of its own, so that it keeps no other endpoint waiting.
 */
final class Webhook {

    private static final Logger LOG = Logger.getLogger(Webhook.class);

    private static final int BATCH = 50;

    /** The endpoint says that it wants no more. */
    private static final int GONE = 410;

    private final String name;
    private final Set<EventType> types;
    private final Retries retries;
    private final Duration lease;
    private final WebhookClient client;
    private final EventLog log;
    private final LongSupplier latest;
    private final Progress progress;
    private final InstantSource clock;
    private volatile long lookAgainAt = System.nanoTime();
    private volatile State state;

    /**
     * How often to try again.
     *
     * @param first after the first attempt
     * @param longest at most
     * @param giveUpAfter counted from the first attempt
     */
    record Retries(Duration first, Duration longest, Duration giveUpAfter) {

        /** The pause after so many attempts: twice as long each time, and up to half of it less, so that endpoints don't go in step. */
        Duration pause(int attempts) {
            Duration doubled = first.multipliedBy(1L << Math.min(attempts - 1, 30));
            long millis = Math.max(1, (doubled.compareTo(longest) > 0 ? longest : doubled).toMillis());
            return Duration.ofMillis(millis - ThreadLocalRandom.current().nextLong(millis / 2 + 1));
        }
    }

    /**
     * @param types those that it is told
     * @param timeout how long the endpoint may take to answer
     * @param latest the position of the latest event, as far as is known without asking
     */
    Webhook(
            String name,
            Set<EventType> types,
            Retries retries,
            Duration timeout,
            WebhookClient client,
            EventLog log,
            LongSupplier latest,
            Progress progress,
            InstantSource clock) {
        this.name = name;
        this.types = types;
        this.retries = retries;
        // What is begun within half of it ends within all of it.
        this.lease = timeout.multipliedBy(2).plusSeconds(10);
        this.client = client;
        this.log = log;
        this.latest = latest;
        this.progress = progress;
        this.clock = clock;
    }

    String name() {
        return name;
    }

    /** How far it has got, as far as this replica knows; null if it hasn't looked yet. */
    State state() {
        return state;
    }

    /** How many events this replica has yet to deliver; 0 if another one is at it. */
    long waiting() {
        State now = state;
        return now == null || !now.mine() ? 0 : Math.max(0, latest.getAsLong() - now.position());
    }

    /** Delivers what there is. To be called again and again, by one thread. */
    void run() {
        long begun = System.nanoTime();
        boolean idle =
                state != null && (!state.mine() || state.parkedAt() != null || latest.getAsLong() <= state.position());
        if (begun - lookAgainAt < 0 && (idle || !state.due())) {
            return;
        }
        state = progress.hold(name, lease);
        lookAgainAt = begun + lease.toNanos() / 3;
        if (!state.mine() || state.parkedAt() != null) {
            return;
        }
        if (!state.due()) {
            lookAgainAt =
                    begun + Math.min(lease.toNanos() / 3, Duration.ofSeconds(1).toNanos());
            return;
        }
        long position = state.position();
        boolean more = true;
        while (more && System.nanoTime() - begun < lease.toNanos() / 2) {
            List<Numbered> batch = log.after(position, BATCH);
            more = batch.size() == BATCH;
            if (!batch.isEmpty() && batch.get(0).position() > position + 1) {
                // They are numbered without a gap.
                LOG.errorf(
                        "missed webhook=%s events=%d: they were kept no longer",
                        name, batch.get(0).position() - position - 1);
            }
            for (Numbered event : batch) {
                boolean late = System.nanoTime() - begun >= lease.toNanos() / 2;
                if (late || !deliver(event, position)) {
                    return;
                }
                position = event.position();
            }
        }
    }

    /** Returns false if it isn't the next one's turn. */
    private boolean deliver(Numbered event, long from) {
        String failure = null;
        boolean gone = false;
        if (types.contains(event.event().type())) {
            try {
                String id = event.event().id().toString();
                WebhookClient.Answer answer = client.send(
                        id, CloudEvent.json(event.event()), event.event().traceparent());
                failure = answer.isDone() ? null : "it answered " + answer.status();
                gone = answer.status() == GONE;
            } catch (IOException e) {
                failure = e.getMessage();
            }
        }
        if (failure == null) {
            boolean mine = progress.delivered(name, from, event.position());
            state = new State(mine, event.position(), 0, null, true, null, null);
            return mine;
        }
        failed(event, failure, gone);
        return false;
    }

    private void failed(Numbered event, String failure, boolean gone) {
        int attempts = state.attempts() + 1;
        Instant since = state.failingSince() == null ? clock.instant() : state.failingSince();
        boolean parked = gone || Duration.between(since, clock.instant()).compareTo(retries.giveUpAfter()) >= 0;
        if (parked) {
            progress.park(name, failure);
            LOG.errorf(
                    "parked webhook=%s event=%s attempts=%d cause=%s",
                    name, event.event().id(), attempts, LogText.quote(failure));
        } else {
            Duration pause = retries.pause(attempts);
            progress.failed(name, failure, pause);
            LOG.warnf(
                    "failed webhook=%s event=%s attempts=%d again=%s cause=%s",
                    name, event.event().id(), attempts, pause, LogText.quote(failure));
            lookAgainAt = System.nanoTime() + Math.min(pause.toNanos(), lease.toNanos() / 3);
        }
        state = new State(true, state.position(), attempts, since, false, failure, parked ? clock.instant() : null);
    }

    /** As {@link Progress#replay}. */
    void replay(Long position) {
        if (progress.replay(name, position).isEmpty()) {
            // No replica has looked yet.
            progress.hold(name, Duration.ZERO);
            progress.replay(name, position);
        }
        lookAgainAt = System.nanoTime();
    }
}
