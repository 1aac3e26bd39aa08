package org.liverecordings.wiring.recorders;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.liverecordings.recorder.embedded.EmbeddedCallRecorder;
import org.liverecordings.recorder.embedded.EmbeddedConfig;
import org.liverecordings.recorder.guard.GuardedCallRecorder;
import org.liverecordings.recorder.guard.RecorderGuard;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.wiring.LiveRecordingsConfig;
import org.liverecordings.wiring.stores.Stores;

/** The recorder {@code embedded}, with what its file says is being recorded. */
@Singleton
class EmbeddedRecorder {

    private static final Logger LOG = Logger.getLogger(EmbeddedRecorder.class);

    private final EmbeddedConfig config;
    private final LiveRecordingsConfig service;
    private final Stores stores;
    private final RecorderGuard guard;
    private final RegistryUseCases onRegistry;

    EmbeddedRecorder(
            EmbeddedConfig config,
            LiveRecordingsConfig service,
            Stores stores,
            RecorderGuard guard,
            RegistryUseCases onRegistry) {
        this.config = config;
        this.service = service;
        this.stores = stores;
        this.guard = guard;
        this.onRegistry = onRegistry;
    }

    UseCases useCases() {
        EmbeddedCallRecorder recorder = new EmbeddedCallRecorder(stores.registry(), config);
        config.recordingsFile().ifPresentOrElse(this::load, this::warnOfNone);
        boolean unsettledOnly = true;
        boolean pausesCount = true;
        return onRegistry.over(new GuardedCallRecorder(guard, recorder), stores.lines(), unsettledOnly, pausesCount);
    }

    private void load(String file) {
        long started = System.nanoTime();
        List<LiveRecording> recordings =
                EmbeddedCallRecorder.readRecordings(file, InstantSource.system().instant());
        int registered = stores.register(recordings);
        LOG.infof(
                "loaded recordings=%d new=%d file=%s durationMs=%d",
                recordings.size(),
                registered,
                file,
                Duration.ofNanos(System.nanoTime() - started).toMillis());
    }

    private void warnOfNone() {
        if (service.registry().equals("memory")) {
            LOG.warn("live-recordings.embedded.recordings-file is not set: nothing is being recorded");
        }
    }
}
