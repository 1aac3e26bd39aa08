package org.liverecordings.wiring;

import jakarta.inject.Singleton;

import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import org.liverecordings.recorder.GuardConfig;
import org.liverecordings.recorder.GuardedRecordingSuite;
import org.liverecordings.recorder.ImagicleConfig;
import org.liverecordings.recorder.ImagicleRecordingSuite;
import org.liverecordings.recorder.RecorderGuard;
import org.liverecordings.recording.list.SuiteListRecordings;
import org.liverecordings.recording.pause.SuitePauseRecording;
import org.liverecordings.recording.recorder.RecordingSuite;
import org.liverecordings.recording.start.SuiteStartRecording;
import org.liverecordings.recording.stop.SuiteStopRecording;

/** The recorder {@code imagicle}, and the use cases over it: the suite holds the recordings and applies the rules. */
@Singleton
class ImagicleSuite {

    private final ImagicleConfig config;
    private final GuardConfig guardConfig;
    private final LiveRecordingsConfig service;
    private final Stores stores;
    private final RecorderGuard guard;
    private final RequestTime requestTime;
    private final Vertx vertx;
    private final TlsConfigurationRegistry tls;

    ImagicleSuite(
            ImagicleConfig config,
            GuardConfig guardConfig,
            LiveRecordingsConfig service,
            Stores stores,
            RecorderGuard guard,
            RequestTime requestTime,
            Vertx vertx,
            TlsConfigurationRegistry tls) {
        this.config = config;
        this.guardConfig = guardConfig;
        this.service = service;
        this.stores = stores;
        this.guard = guard;
        this.requestTime = requestTime;
        this.vertx = vertx;
        this.tls = tls;
    }

    UseCases useCases() {
        RecordingSuite suite = new GuardedRecordingSuite(
                guard, new ImagicleRecordingSuite(vertx, tls, config, guardConfig.attemptTimeout()));
        return new UseCases(
                new SuiteStartRecording(suite, stores.lines(), stores.unitOfWork(), stores.trail()),
                new SuiteStopRecording(
                        suite,
                        stores.pendingStops(service.stopPending().keep()),
                        stores.unitOfWork(),
                        stores.trail(),
                        requestTime.longest()),
                new SuitePauseRecording(suite, stores.lines(), stores.unitOfWork(), stores.trail()),
                new SuiteListRecordings(suite));
    }
}
