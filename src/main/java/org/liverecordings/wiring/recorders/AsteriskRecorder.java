package org.liverecordings.wiring.recorders;

import java.time.Duration;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import org.jboss.logging.Logger;
import org.liverecordings.metrics.RecorderMeters;
import org.liverecordings.recorder.asterisk.Asterisk;
import org.liverecordings.recorder.asterisk.AsteriskConfig;
import org.liverecordings.recorder.guard.GuardConfig;
import org.liverecordings.recorder.guard.RecorderCondition;
import org.liverecordings.recording.hold.HoldsOfCalls;
import org.liverecordings.recording.reconcile.Reconciler;
import org.liverecordings.text.LogText;
import org.liverecordings.wiring.ScheduledJobs;
import org.liverecordings.wiring.stores.Stores;

/** The recorder {@code asterisk}, with what looks after its nodes. */
@Singleton
class AsteriskRecorder {

    private static final Logger LOG = Logger.getLogger(AsteriskRecorder.class);

    /** How soon a recording is looked at again that is over, but couldn't be settled yet. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Asterisk asterisk;
    private final GuardConfig guard;
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
            TlsConfigurationRegistry tls,
            MeterRegistry meters) {
        this.asterisk = new Asterisk(
                config, guardConfig, stores.registry(), vertx, tls, node -> new RecorderMeters(meters, node));
        this.guard = guardConfig;
        this.stores = stores;
        this.onRegistry = onRegistry;
        this.reconciliation = reconciliation;
        this.jobs = jobs;
    }

    UseCases useCases() {
        boolean unsettledOnly = false;
        UseCases useCases = onRegistry.over(
                asterisk.recorder(), asterisk.monitorable(stores.lines()), unsettledOnly, asterisk.pausesCount());
        asterisk.nodes().forEach(this::connect);
        HoldsOfCalls holds = new HoldsOfCalls(
                stores.holds(),
                asterisk.calls(stores.lines()),
                stores.requests(),
                stores.jobLeases(),
                Reconciler.Settings.lease(asterisk.sweepInterval(), guard.deadline()));
        jobs.add(
                "holds of calls",
                asterisk.sweepInterval(),
                () -> holds.endThoseOver()
                        .forEach(line -> LOG.infof(
                                "hold ended deviceName=%s directoryNumber=%s cause=no-call",
                                LogText.quote(String.valueOf(line.deviceName())),
                                LogText.quote(String.valueOf(line.directoryNumber())))));
        return useCases;
    }

    private void connect(String node) {
        ReportedEnds ends = new ReportedEnds();
        // What a node did while nobody was told is learnt as soon as it can be.
        Runnable catchUp = jobs.onDemand("catch up with Asterisk " + node, () -> {
            asterisk.look(node);
            reconciliation.check(recording -> node.equals(recording.call().node()));
        });
        String checked = "ends on Asterisk " + node;
        Runnable checkEnds = jobs.onDemand(
                checked,
                () -> ends.check(
                        reported -> reconciliation.checkEnded(reported, recording -> asterisk.ended(node, recording))));
        jobs.add(checked, LOOK_AGAIN, checkEnds);
        jobs.add("look after Asterisk " + node, asterisk.sweepInterval(), () -> asterisk.look(node));
        asterisk.connect(node, catchUp, recording -> (ends.add(recording) ? checkEnds : catchUp).run());
    }

    RecorderCondition condition() {
        return asterisk;
    }

    @PreDestroy
    void end() {
        asterisk.close();
    }
}
