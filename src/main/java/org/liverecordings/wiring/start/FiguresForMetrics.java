package org.liverecordings.wiring.start;

import java.util.Optional;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.liverecordings.metrics.ServiceMeters;
import org.liverecordings.metrics.StoreMeters;
import org.liverecordings.recording.store.JobLeases;
import org.liverecordings.text.Words;
import org.liverecordings.wiring.LiveRecordingsConfig;
import org.liverecordings.wiring.ScheduledJobs;
import org.liverecordings.wiring.stores.Stores;

/** Counts what is kept, on one replica at a time and never while Prometheus waits. */
@Singleton
class FiguresForMetrics {

    private final MetricsConfig config;
    private final LiveRecordingsConfig service;
    private final Optional<String> version;
    private final StoreMeters meters;
    private final ServiceMeters self;

    FiguresForMetrics(
            MetricsConfig config,
            LiveRecordingsConfig service,
            @ConfigProperty(name = "quarkus.application.version") Optional<String> version,
            MeterRegistry meters,
            ServiceMeters self) {
        this.config = config;
        this.service = service;
        this.version = version;
        this.meters = new StoreMeters(meters);
        this.self = self;
    }

    /** To be called once, when all that is counted is there. */
    void schedule(Stores stores, ScheduledJobs jobs) {
        self.build(version.orElse("unknown"), Words.of(service.recorder()), service.registry());
        JobLeases leases = stores.jobLeases();
        jobs.add("figures for metrics", config.countInterval(), () -> count(stores, leases));
    }

    private void count(Stores stores, JobLeases leases) {
        try {
            if (leases.hold("figures for metrics", config.countInterval().multipliedBy(2))) {
                meters.show(stores.figures());
            } else {
                meters.clear();
            }
        } catch (RuntimeException e) {
            // Old figures would look like those of now.
            meters.clear();
            throw e;
        }
    }
}
