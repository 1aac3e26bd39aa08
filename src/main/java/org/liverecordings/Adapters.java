package org.liverecordings;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import org.jboss.logging.Logger;
import org.liverecordings.audit.LogAuditTrail;
import org.liverecordings.csv.BadCsvException;
import org.liverecordings.lines.CsvLineCapabilities;
import org.liverecordings.lines.LinesConfig;
import org.liverecordings.recorder.EmbeddedCallRecorder;
import org.liverecordings.recorder.EmbeddedConfig;
import org.liverecordings.recorder.GuardConfig;
import org.liverecordings.recorder.GuardedCallRecorder;
import org.liverecordings.recorder.ImagicleCallRecorder;
import org.liverecordings.recorder.ImagicleConfig;
import org.liverecordings.recorder.RecorderGuard;
import org.liverecordings.recording.AuditTrail;
import org.liverecordings.recording.AuditedStopRecording;
import org.liverecordings.recording.CallRecorder;
import org.liverecordings.recording.DecidingStopRecording;
import org.liverecordings.recording.ForwardingStopRecording;
import org.liverecordings.recording.LineCapabilities;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.LiveRecordingRepository;
import org.liverecordings.recording.RecordingSuite;
import org.liverecordings.recording.StopRecordingUseCase;
import org.liverecordings.registry.MemoryLiveRecordingRepository;
import org.liverecordings.registry.MemoryPendingStops;

/** Chooses, by configuration, which adapter serves which port: the one place that knows them all. */
@ApplicationScoped
class Adapters {

    private static final Logger LOG = Logger.getLogger(Adapters.class);

    /** An attempt's outcome is settled a little after the guard's deadline, which bounds what comes before it. */
    private static final Duration SETTLING = Duration.ofMillis(500);

    private final LiveRecordingsConfig config;
    private final GuardConfig guardConfig;

    Adapters(LiveRecordingsConfig config, GuardConfig guardConfig) {
        this.config = config;
        this.guardConfig = guardConfig;
    }

    /** Everything is made at the start, so that a setting that makes no sense stops it. */
    void start(@Observes StartupEvent event, StopRecordingUseCase stopRecording, LiveRecordingRepository registry) {
        LOG.infof(
                "started recorder=%s registry=%s liveRecordings=%d",
                config.recorder(), config.registry(), registry.count());
    }

    @Produces
    @Singleton
    RecorderGuard guard() {
        return configured(() -> new RecorderGuard(guardConfig));
    }

    @Produces
    @Singleton
    AuditTrail auditTrail() {
        return new LogAuditTrail();
    }

    @Produces
    @Singleton
    LiveRecordingRepository registry() {
        return switch (config.registry()) {
            case "memory" -> new MemoryLiveRecordingRepository();
            default -> throw unknown("live-recordings.registry", config.registry(), "memory");
        };
    }

    @Produces
    @Singleton
    StopRecordingUseCase stopRecording(
            LiveRecordingRepository registry,
            RecorderGuard guard,
            AuditTrail trail,
            LinesConfig lines,
            EmbeddedConfig embedded,
            ImagicleConfig imagicle,
            Vertx vertx,
            TlsConfigurationRegistry tls) {
        StopRecordingUseCase stopRecording = configured(() -> switch (config.recorder()) {
            case "embedded" -> {
                CallRecorder recorder = new EmbeddedCallRecorder(registry, embedded);
                LineCapabilities inventory = loadLines(lines);
                loadRecordings(embedded, registry);
                yield new DecidingStopRecording(
                        registry,
                        inventory,
                        GuardedCallRecorder.guard(guard, recorder),
                        new MemoryPendingStops(null, InstantSource.system()),
                        patience());
            }
            case "imagicle" -> {
                RecordingSuite suite = new ImagicleCallRecorder(vertx, tls, imagicle, guardConfig.attemptTimeout());
                yield new ForwardingStopRecording(
                        GuardedCallRecorder.guard(guard, suite),
                        new MemoryPendingStops(config.stopPending().keep(), InstantSource.system()),
                        patience());
            }
            default -> throw unknown("live-recordings.recorder", config.recorder(), "embedded, imagicle");
        });
        return new AuditedStopRecording(stopRecording, trail);
    }

    private static LineCapabilities loadLines(LinesConfig config) {
        if (config.file().isEmpty()) {
            LOG.warn("live-recordings.lines.file is not set: no line is known, hence none is monitorable");
            return CsvLineCapabilities.empty();
        }
        long started = System.nanoTime();
        LineCapabilities lines = CsvLineCapabilities.read(config.file().get());
        LOG.infof(
                "loaded lines=%d file=%s durationMs=%d",
                lines.count(), config.file().get(), millisSince(started));
        return lines;
    }

    private static void loadRecordings(EmbeddedConfig config, LiveRecordingRepository registry) {
        if (config.recordingsFile().isEmpty()) {
            LOG.warn("live-recordings.embedded.recordings-file is not set: nothing is being recorded");
            return;
        }
        long started = System.nanoTime();
        List<LiveRecording> recordings =
                EmbeddedCallRecorder.readRecordings(config.recordingsFile().get());
        registry.addAll(recordings);
        LOG.infof(
                "loaded recordings=%d file=%s durationMs=%d",
                recordings.size(), config.recordingsFile().get(), millisSince(started));
    }

    private static long millisSince(long started) {
        return Duration.ofNanos(System.nanoTime() - started).toMillis();
    }

    private Duration patience() {
        return guardConfig.deadline().plus(SETTLING);
    }

    /** A setting that makes no sense stops the start with its message alone; a stack trace would only hide it. */
    private static <T> T configured(Supplier<T> making) {
        try {
            return making.get();
        } catch (BadCsvException | IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage(), e);
        }
    }

    private static ConfigurationException unknown(String property, String value, String known) {
        return new ConfigurationException(property + ": there is no '" + value + "', only: " + known, Set.of(property));
    }
}
