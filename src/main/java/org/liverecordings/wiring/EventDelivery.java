package org.liverecordings.wiring;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import org.liverecordings.api.events.EventStreams;
import org.liverecordings.events.EventWindow;
import org.liverecordings.events.webhook.DeliveredWebhooks;
import org.liverecordings.events.webhook.WebhooksConfig;
import org.liverecordings.recorder.guard.GuardConfig;
import org.liverecordings.recording.event.EventFeed;
import org.liverecordings.recording.event.EventLog;
import org.liverecordings.recording.event.NoEvents;
import org.liverecordings.recording.event.Webhooks;
import org.liverecordings.recording.store.JobLeases;

/** Who is told of events, and what that takes beside the requests. */
@Singleton
class EventDelivery {

    private final EventFeed feed;
    private final Webhooks webhooks;

    EventDelivery(
            EventsConfig config,
            WebhooksConfig webhooksConfig,
            GuardConfig guard,
            Stores stores,
            EventStreams streams,
            ScheduledJobs jobs,
            MeterRegistry meters,
            Vertx vertx,
            TlsConfigurationRegistry tls) {
        Optional<EventLog> events = stores.eventLog();
        if (events.isEmpty()) {
            NoEvents none = new NoEvents();
            this.feed = none;
            this.webhooks = none;
            return;
        }
        EventLog log = events.get();
        EventWindow window = stores.atStart(() -> new EventWindow(log, stores.lines()));
        DeliveredWebhooks delivered = new DeliveredWebhooks(
                webhooksConfig, log, window::latest, stores.webhookProgress(), vertx, tls, InstantSource.system());
        this.feed = window;
        this.webhooks = delivered;
        jobs.add("look for events", config.poll(), ScheduledJobs.patient(window::look));
        delivered.forEach((name, job) -> jobs.add("webhook " + name, config.poll(), ScheduledJobs.patient(job)));
        JobLeases leases = stores.jobLeases();
        jobs.add(
                "sweep of events",
                config.sweepInterval(),
                () -> leases.inBatches(
                        "events", config.sweepInterval(), () -> log.removeOlderThan(config.retention())));
        // Farther apart than a request may take, which tells of its changes itself.
        Duration look = guard.deadline().multipliedBy(2);
        jobs.add("events that nobody told", look, () -> {
            if (leases.hold("untold events", look.multipliedBy(2))) {
                log.noteForgotten();
            }
        });
        Gauge.builder("live.recordings.event.streams", streams, EventStreams::size)
                .description("Clients that read the live stream of events")
                .register(meters);
        delivered.names().forEach(name -> meter(meters, delivered, name));
    }

    private static void meter(MeterRegistry meters, DeliveredWebhooks webhooks, String name) {
        Gauge.builder("live.recordings.webhook.failed.attempts", webhooks, all -> all.attempts(name))
                .description("How often the next event was tried in vain")
                .tag("webhook", name)
                .register(meters);
        Gauge.builder("live.recordings.webhook.parked", webhooks, all -> all.isParked(name) ? 1 : 0)
                .description("1 if nothing is sent any more, until somebody asks for a replay")
                .tag("webhook", name)
                .register(meters);
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
