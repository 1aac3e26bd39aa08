package org.liverecordings.wiring.start;

import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfig;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.liverecordings.database.Database;
import org.liverecordings.metrics.ServiceMeters;
import org.liverecordings.settings.UnknownVariables;
import org.liverecordings.text.Words;
import org.liverecordings.wiring.LiveRecordingsConfig;
import org.liverecordings.wiring.ScheduledJobs;
import org.liverecordings.wiring.recorders.UseCases;
import org.liverecordings.wiring.stores.SchemaMigration;
import org.liverecordings.wiring.stores.Stores;

/** Makes everything at the start, so that a setting that makes no sense stops it. */
@ApplicationScoped
class ServiceStart {

    private static final Logger LOG = Logger.getLogger(ServiceStart.class);

    void start(
            @Observes StartupEvent event,
            LiveRecordingsConfig config,
            SchemaMigration migration,
            Instance<Database> database,
            Instance<Stores> stores,
            Instance<UseCases> useCases,
            Instance<EventDelivery> events,
            Instance<FiguresForMetrics> figures,
            Instance<ServerCertificate> certificate,
            ServiceMeters meters,
            ScheduledJobs jobs) {
        new UnknownVariables()
                .in(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class))
                .forEach(variable -> LOG.warnf("the variable %s is no setting, and changes nothing", variable));
        if (migration.migratesOnly()) {
            if (!config.registry().equals("postgresql")) {
                throw new ConfigurationException(
                        "live-recordings.database.migrate=only needs live-recordings.registry=postgresql",
                        Set.of("live-recordings.database.migrate"));
            }
            StartFailure.explained(() -> {
                migration.runOrAwait(database::get);
                return null;
            });
            Quarkus.asyncExit(0);
            return;
        }
        long liveRecordings = StartFailure.explained(() -> {
            useCases.get();
            events.get();
            figures.get().schedule(stores.get(), jobs);
            certificate.get().show(meters, jobs);
            return stores.get().liveRecordings();
        });
        jobs.start();
        LOG.infof(
                "started recorder=%s registry=%s liveRecordings=%d",
                Words.of(config.recorder()), config.registry(), liveRecordings);
    }
}
