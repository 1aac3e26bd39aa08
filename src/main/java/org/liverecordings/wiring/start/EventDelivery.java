package org.liverecordings.wiring.start;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import org.liverecordings.api.events.EventStreams;
import org.liverecordings.events.EventWindow;
import org.liverecordings.events.webhook.DeliveredWebhooks;
import org.liverecordings.events.webhook.WebhooksConfig;
import org.liverecordings.metrics.ServiceMeters;
import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.event.EventFeed;
import org.liverecordings.recording.event.EventLog;
import org.liverecordings.recording.event.NoEvents;
import org.liverecordings.recording.event.Webhooks;
import org.liverecordings.recording.store.JobLeases;
import org.liverecordings.wiring.EventsConfig;
import org.liverecordings.wiring.ScheduledJobs;
import org.liverecordings.wiring.stores.Stores;

/** Who gets events, and what that takes beside the requests. */
@Singleton
class EventDelivery {

    private final EventFeed feed;
    private final Webhooks webhooks;

    EventDelivery(
            EventsConfig config,
            WebhooksConfig webhooksConfig,
            Deadline.Limit limit,
            Stores stores,
            EventStreams streams,
            ScheduledJobs jobs,
            ServiceMeters meters,
            Vertx vertx,
            TlsConfigurationRegistry tls) {
        Optional<EventLog> events = stores.eventLog();
        if (events.isEmpty()) {
            NoEvents none = new NoEvents();
            this.feed = none;
            this.webhooks = none;
            return;
        }
        checkRetention(config, webhooksConfig);
        EventLog log = events.get();
        EventWindow window = stores.atStart(() -> new EventWindow(log, stores.lines()));
        DeliveredWebhooks delivered = new DeliveredWebhooks(
                webhooksConfig, log, window::latest, stores.webhookProgress(), vertx, tls, InstantSource.system());
        this.feed = window;
        this.webhooks = delivered;
        jobs.add("look for events", config.poll(), ScheduledJobs.patient(window::look));
        delivered.forEach((name, job) -> jobs.add("webhook " + name, config.poll(), ScheduledJobs.patient(job)));
        JobLeases leases = stores.jobLeases();
        jobs.addSweep("events", config.sweepInterval(), leases, () -> log.removeOlderThan(config.retention()));
        // Farther apart than a request may take, which publishes its changes itself.
        Duration look = limit.perRequest().multipliedBy(2);
        jobs.add("unpublished events", look, () -> {
            // Named so in the database, by replicas of earlier versions too.
            if (leases.hold("untold events", look.multipliedBy(2))) {
                log.noteForgotten();
            }
        });
        meters.streams(streams::size);
        delivered
                .names()
                .forEach(name -> meters.webhook(
                        name,
                        () -> delivered.waiting(name),
                        () -> delivered.attempts(name),
                        () -> delivered.isParked(name)));
    }

    /** What is removed before a webhook gave it up would be lost without a chance. Each is within its own bounds already. */
    static void checkRetention(EventsConfig events, WebhooksConfig webhooks) {
        webhooks.webhooks().forEach((name, endpoint) -> {
            if (events.retention().compareTo(endpoint.giveUpAfter()) <= 0) {
                throw new IllegalArgumentException("live-recordings.events.retention: " + events.retention()
                        + " must be longer than live-recordings.webhooks." + name + ".give-up-after: "
                        + endpoint.giveUpAfter());
            }
        });
    }

    @Produces
    @Singleton
    EventFeed feed() {
        return feed;
    }

    @Produces
    @Singleton
    Webhooks webhooks() {
        return webhooks;
    }
}
