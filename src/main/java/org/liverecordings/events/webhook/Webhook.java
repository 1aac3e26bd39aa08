package org.liverecordings.events.webhook;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

import org.jboss.logging.Logger;
import org.liverecordings.events.CloudEvent;
import org.liverecordings.events.webhook.Progress.State;
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

    /** The endpoint says that it wants no more. */
    private static final int GONE = 410;

    private final String name;
    private final Set<EventType> types;
    private final Retries retries;
    private final Duration lease;
    private final WebhookClient client;
    private final Position position;
    private final InstantSource clock;
    private volatile long lookAgainAt = System.nanoTime();

    /**
     * @param types those that it gets
     * @param timeout how long the endpoint may take to answer
     */
    Webhook(
            String name,
            Set<EventType> types,
            Retries retries,
            Duration timeout,
            WebhookClient client,
            Position position,
            InstantSource clock) {
        this.name = name;
        this.types = types;
        this.retries = retries;
        // What is begun within half of it ends within all of it.
        this.lease = timeout.multipliedBy(2).plusSeconds(10);
        this.client = client;
        this.position = position;
        this.clock = clock;
    }

    String name() {
        return name;
    }

    /** How far it has got, as far as this replica knows; null if it hasn't looked yet. */
    State state() {
        return position.state();
    }

    /** How many events this replica has yet to deliver; 0 if another one is at it. */
    long waiting() {
        State state = position.state();
        return state == null || !state.mine() ? 0 : position.behind();
    }

    /** Delivers what there is. To be called again and again, by one thread. */
    void run() {
        long begun = System.nanoTime();
        State state = position.state();
        boolean idle = state != null && (!state.mine() || state.parkedAt() != null || position.behind() == 0);
        if (begun - lookAgainAt < 0 && (idle || !state.due())) {
            return;
        }
        // Before it looks: a replay that comes right after is not to be slept through.
        lookAgainAt = begun + lease.toNanos() / 3;
        state = position.hold(lease);
        if (!state.mine() || state.parkedAt() != null) {
            return;
        }
        if (!state.due()) {
            lookAgainAt =
                    begun + Math.min(lease.toNanos() / 3, Duration.ofSeconds(1).toNanos());
            return;
        }
        long end = begun + lease.toNanos() / 2;
        boolean more;
        do {
            List<Numbered> batch = position.next();
            more = !batch.isEmpty() && deliver(batch, end) && position.behind() > 0;
        } while (more && System.nanoTime() - end < 0);
    }

    /**
     * Delivers one after the other.
     *
     * @param end by {@link System#nanoTime}; after it nothing is begun
     * @return false if it isn't the next one's turn
     */
    private boolean deliver(List<Numbered> batch, long end) {
        long done = position.state().position();
        for (Numbered event : batch) {
            boolean wanted = types.contains(event.event().type());
            if (wanted && System.nanoTime() - end >= 0) {
                break;
            }
            if (wanted && !deliver(event, done)) {
                return false;
            }
            done = event.position();
        }
        // Those that aren't wanted are noted together.
        return position.advance(done);
    }

    /**
     * Sends one.
     *
     * @param done up to where events are done with
     */
    private boolean deliver(Numbered event, long done) {
        String failure;
        boolean gone = false;
        try {
            WebhookClient.Answer answer = client.send(
                    event.event().id().toString(),
                    CloudEvent.json(event.event()),
                    event.event().traceparent());
            failure = answer.isDone() ? null : "it answered " + answer.status();
            gone = answer.status() == GONE;
        } catch (IOException e) {
            failure = e.getMessage();
        }
        if (failure == null) {
            return position.advance(event.position());
        }
        if (position.advance(done)) {
            failed(event, failure, gone);
        }
        return false;
    }

    private void failed(Numbered event, String failure, boolean gone) {
        State state = position.state();
        int attempts = state.attempts() + 1;
        Instant now = clock.instant();
        Instant since = state.failingSince() == null ? now : state.failingSince();
        Duration pause = retries.pause(attempts, Duration.between(since, now));
        boolean givesUp = gone || pause.isZero();
        if (!givesUp) {
            lookAgainAt = System.nanoTime() + Math.min(pause.toNanos(), lease.toNanos() / 3);
        }
        boolean noted = givesUp ? position.park(failure) : position.failed(failure, pause);
        if (!noted) {
            // It is tried again at once, or by another replica.
            LOG.infof(
                    "overtaken webhook=%s event=%s cause=%s",
                    name, event.event().id(), LogText.quote(failure));
        } else if (givesUp) {
            LOG.errorf(
                    "parked webhook=%s event=%s attempts=%d cause=%s",
                    name, event.event().id(), attempts, LogText.quote(failure));
        } else {
            LOG.warnf(
                    "failed webhook=%s event=%s attempts=%d again=%s cause=%s",
                    name, event.event().id(), attempts, pause, LogText.quote(failure));
        }
    }

    /** As {@link Progress#replay}. */
    void replay(Long from) {
        position.replay(from);
        lookAgainAt = System.nanoTime();
    }
}
