package org.liverecordings.wiring;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import org.liverecordings.recorder.asterisk.Asterisk;
import org.liverecordings.recorder.asterisk.AsteriskConfig;
import org.liverecordings.recorder.guard.GuardConfig;
import org.liverecordings.recorder.guard.RecorderCondition;

/** The recorder {@code asterisk}, with what looks after its nodes. */
@Singleton
class AsteriskRecorder {

    private final Asterisk asterisk;
    private final Stores stores;
    private final RegistryUseCases onRegistry;
    private final Reconciliation reconciliation;
    private final ScheduledJobs jobs;

    AsteriskRecorder(
            AsteriskConfig config,
            GuardConfig guardConfig,
            Stores stores,
            RegistryUseCases onRegistry,
            Reconciliation reconciliation,
            ScheduledJobs jobs,
            Vertx vertx,
            TlsConfigurationRegistry tls) {
        this.asterisk = new Asterisk(config, guardConfig, stores.registry(), vertx, tls);
        this.stores = stores;
        this.onRegistry = onRegistry;
        this.reconciliation = reconciliation;
        this.jobs = jobs;
    }

    UseCases useCases() {
        UseCases useCases = onRegistry.over(
                asterisk.recorder(), asterisk.monitorable(stores.lines()), false, asterisk.pausesCount());
        for (String node : asterisk.nodes()) {
            jobs.add("look after Asterisk " + node, asterisk.sweepInterval(), () -> asterisk.look(node));
        }
        asterisk.connect(this::catchUp, reconciliation::checkSoon);
        return useCases;
    }

    /** What a node did while nobody was told is learnt as soon as it can be. */
    private void catchUp(String node) {
        jobs.soon("catch up with Asterisk " + node, () -> {
            asterisk.look(node);
            reconciliation.check(recording -> node.equals(recording.call().node()));
        });
    }

    RecorderCondition condition() {
        return asterisk;
    }

    @PreDestroy
    void end() {
        asterisk.close();
    }
}
