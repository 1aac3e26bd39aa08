package org.liverecordings.wiring.recorders;

import jakarta.inject.Singleton;

import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import org.liverecordings.recorder.guard.GuardConfig;
import org.liverecordings.recorder.guard.GuardedRecordingSuite;
import org.liverecordings.recorder.guard.RecorderGuard;
import org.liverecordings.recorder.imagicle.ImagicleConfig;
import org.liverecordings.recorder.imagicle.ImagicleRecordingSuite;
import org.liverecordings.recording.audit.AuditedRequests;
import org.liverecordings.recording.list.ListWithTimers;
import org.liverecordings.recording.list.SuiteListRecordings;
import org.liverecordings.recording.pause.SuitePauseRecording;
import org.liverecordings.recording.recorder.RecordingSuite;
import org.liverecordings.recording.start.SuiteStartRecording;
import org.liverecordings.recording.stop.StopHolds;
import org.liverecordings.recording.stop.SuiteStopRecording;
import org.liverecordings.recording.timer.TimerRules;
import org.liverecordings.wiring.stores.Stores;

/** The recorder {@code imagicle}, and the use cases over it: the suite holds the recordings and applies the rules. */
@Singleton
class ImagicleSuite {

    private final ImagicleConfig config;
    private final GuardConfig guardConfig;
    private final Stores stores;
    private final StopHolds holds;
    private final TimerRules timerRules;
    private final RecorderGuard guard;
    private final Vertx vertx;
    private final TlsConfigurationRegistry tls;

    ImagicleSuite(
            ImagicleConfig config,
            GuardConfig guardConfig,
            Stores stores,
            StopHolds holds,
            TimerRules timerRules,
            RecorderGuard guard,
            Vertx vertx,
            TlsConfigurationRegistry tls) {
        this.config = config;
        this.guardConfig = guardConfig;
        this.stores = stores;
        this.holds = holds;
        this.timerRules = timerRules;
        this.guard = guard;
        this.vertx = vertx;
        this.tls = tls;
    }

    UseCases useCases() {
        RecordingSuite suite = new GuardedRecordingSuite(
                guard, new ImagicleRecordingSuite(vertx, tls, config, guardConfig.attemptTimeout()));
        AuditedRequests requests = stores.requests();
        return new UseCases(
                new SuiteStartRecording(suite, stores.lines(), stores.holds(), timerRules, requests),
                new SuiteStopRecording(suite, stores.lines(), stores.leases(), holds, requests),
                new SuitePauseRecording(suite, stores.lines(), timerRules, requests),
                new ListWithTimers(new SuiteListRecordings(suite, stores.lines()), timerRules.timers()));
    }
}
