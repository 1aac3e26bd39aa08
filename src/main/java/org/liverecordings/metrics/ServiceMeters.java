package org.liverecordings.metrics;

import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * What this process can tell of itself at any time, without asking anybody: every value is read from memory when Prometheus scrapes.
 */
@Singleton
public final class ServiceMeters {

    private final MeterRegistry meters;

    /** Never null. */
    public ServiceMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * What runs here.
     *
     * @param recorder which kind of recorder
     * @param registry which kind of registry
     */
    public void build(String version, String recorder, String registry) {
        boolean isNative = System.getProperty("org.graalvm.nativeimage.imagecode") != null;
        gauge(
                "live.recordings.build.info",
                "Always 1; the labels tell what runs here",
                Tags.of(
                        "version",
                        version,
                        "executable",
                        isNative ? "native" : "jvm",
                        "recorder",
                        recorder,
                        "registry",
                        registry),
                () -> 1);
    }

    /** The connections to the database. */
    public void database(BooleanSupplier isUp, IntSupplier inUse, IntSupplier awaited, IntSupplier limit) {
        gauge(
                "live.recordings.database.up",
                "0 from when the database didn't answer, or could only be read, until it answers again",
                Tags.empty(),
                () -> isUp.getAsBoolean() ? 1 : 0);
        gauge("live.recordings.database.connections", "Connections in use", Tags.empty(), inUse::getAsInt);
        gauge(
                "live.recordings.database.connections.limit",
                "Connections that this replica may use at a time",
                Tags.empty(),
                limit::getAsInt);
        gauge(
                "live.recordings.database.connections.awaited",
                "Pieces of work that wait for a connection",
                Tags.empty(),
                awaited::getAsInt);
    }

    /**
     * The file of lines.
     *
     * @param currentAt when the lines were last known to be the file's, in milliseconds since 1970
     */
    public void inventory(LongSupplier currentAt) {
        Gauge.builder("live.recordings.inventory.current.timestamp", () -> currentAt.getAsLong() / 1000.0)
                .description("When the lines in use were last known to be those of the lines file")
                .baseUnit("seconds")
                .register(meters);
    }

    /**
     * The certificate of our own HTTPS.
     *
     * @param expiresAt in milliseconds since 1970
     */
    public void certificate(LongSupplier expiresAt) {
        Gauge.builder("live.recordings.server.certificate.expiry.timestamp", () -> expiresAt.getAsLong() / 1000.0)
                .description("When the certificate ends with which this service serves HTTPS")
                .baseUnit("seconds")
                .register(meters);
    }

    /** Clients that read the live stream of events. */
    public void streams(IntSupplier size) {
        gauge(
                "live.recordings.event.streams",
                "Clients that read the live stream of events",
                Tags.empty(),
                size::getAsInt);
    }

    /**
     * A webhook, as far as this replica knows.
     *
     * @param name as the configuration names it
     * @param waiting events that this replica has yet to deliver
     * @param attempts how often the next one was tried in vain
     */
    public void webhook(String name, LongSupplier waiting, IntSupplier attempts, BooleanSupplier isParked) {
        Tags tags = Tags.of("webhook", name);
        gauge(
                "live.recordings.webhook.waiting.events",
                "Events that this replica has yet to deliver; 0 if another one is at it",
                tags,
                waiting::getAsLong);
        gauge(
                "live.recordings.webhook.failed.attempts",
                "How often the next event was tried in vain",
                tags,
                attempts::getAsInt);
        gauge(
                "live.recordings.webhook.parked",
                "1 if nothing is sent any more, until somebody asks for a replay",
                tags,
                () -> isParked.getAsBoolean() ? 1 : 0);
    }

    private void gauge(String name, String description, Tags tags, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).tags(tags).register(meters);
    }
}
