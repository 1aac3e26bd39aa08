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
import org.liverecordings.recorder.GuardedRecordingSuite;
import org.liverecordings.recorder.ImagicleConfig;
import org.liverecordings.recorder.ImagicleRecordingSuite;
import org.liverecordings.recorder.RecorderGuard;
import org.liverecordings.recording.AuditTrail;
import org.liverecordings.recording.CallRecorder;
import org.liverecordings.recording.DecidingListRecordings;
import org.liverecordings.recording.DecidingPauseRecording;
import org.liverecordings.recording.DecidingStartRecording;
import org.liverecordings.recording.DecidingStopRecording;
import org.liverecordings.recording.ForwardingListRecordings;
import org.liverecordings.recording.ForwardingPauseRecording;
import org.liverecordings.recording.ForwardingStartRecording;
import org.liverecordings.recording.ForwardingStopRecording;
import org.liverecordings.recording.LineCapabilities;
import org.liverecordings.recording.ListRecordingsUseCase;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.LiveRecordingRepository;
import org.liverecordings.recording.PauseRecordingUseCase;
import org.liverecordings.recording.PendingStops;
import org.liverecordings.recording.RecordingSuite;
import org.liverecordings.recording.StartRecordingUseCase;
import org.liverecordings.recording.StopRecordingUseCase;
import org.liverecordings.recording.UnitOfWork;
import org.liverecordings.registry.MemoryLiveRecordingRepository;
import org.liverecordings.registry.MemoryPendingStops;

/** Chooses, by configuration, which adapter serves which port: the one place that knows them all. */
@ApplicationScoped
class Adapters {

    private static final Logger LOG = Logger.getLogger(Adapters.class);

    /** An attempt's outcome is settled a little after the guard's deadline, which bounds what comes before it. */
    private static final Duration SETTLING = Duration.ofMillis(500);

    private static final InstantSource CLOCK = InstantSource.system();

    /** In memory each change takes effect by itself, and no failure comes between two of them. */
    private static final UnitOfWork AT_ONCE = Runnable::run;

    private final LiveRecordingsConfig config;
    private final GuardConfig guardConfig;

    Adapters(LiveRecordingsConfig config, GuardConfig guardConfig) {
        this.config = config;
        this.guardConfig = guardConfig;
    }

    /** Everything is made at the start, so that a setting that makes no sense stops it. */
    void start(@Observes StartupEvent event, UseCases useCases, LiveRecordingRepository registry) {
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
        return new LogAuditTrail(CLOCK);
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
    LineCapabilities lines(LinesConfig lines) {
        return configured(() -> loadLines(lines));
    }

    @Produces
    @Singleton
    UseCases useCases(
            LiveRecordingRepository registry,
            LineCapabilities lines,
            RecorderGuard guard,
            AuditTrail trail,
            EmbeddedConfig embedded,
            ImagicleConfig imagicle,
            Vertx vertx,
            TlsConfigurationRegistry tls) {
        return configured(() -> switch (config.recorder()) {
            case "embedded" -> {
                CallRecorder recorder = new EmbeddedCallRecorder(registry, embedded);
                loadRecordings(embedded, registry);
                yield deciding(registry, lines, new GuardedCallRecorder(guard, recorder), trail);
            }
            case "imagicle" -> {
                RecordingSuite suite = new ImagicleRecordingSuite(vertx, tls, imagicle, guardConfig.attemptTimeout());
                yield forwarding(new GuardedRecordingSuite(guard, suite), lines, trail);
            }
            default -> throw unknown("live-recordings.recorder", config.recorder(), "embedded, imagicle");
        });
    }

    private UseCases deciding(
            LiveRecordingRepository registry, LineCapabilities lines, CallRecorder recorder, AuditTrail trail) {
        PendingStops pending = new MemoryPendingStops(null, CLOCK);
        return new UseCases(
                new DecidingStartRecording(registry, lines, recorder, AT_ONCE, trail, CLOCK),
                new DecidingStopRecording(registry, lines, recorder, pending, AT_ONCE, trail, patience(), CLOCK),
                new DecidingPauseRecording(registry, lines, recorder, AT_ONCE, trail),
                new DecidingListRecordings(registry, lines, CLOCK));
    }

    private UseCases forwarding(RecordingSuite suite, LineCapabilities lines, AuditTrail trail) {
        PendingStops pending = new MemoryPendingStops(config.stopPending().keep(), CLOCK);
        return new UseCases(
                new ForwardingStartRecording(suite, lines, AT_ONCE, trail),
                new ForwardingStopRecording(suite, pending, AT_ONCE, trail, patience()),
                new ForwardingPauseRecording(suite, lines, AT_ONCE, trail),
                new ForwardingListRecordings(suite));
    }

    @Produces
    @Singleton
    StartRecordingUseCase startRecording(UseCases useCases) {
        return useCases.start();
    }

    @Produces
    @Singleton
    StopRecordingUseCase stopRecording(UseCases useCases) {
        return useCases.stop();
    }

    @Produces
    @Singleton
    PauseRecordingUseCase pauseRecording(UseCases useCases) {
        return useCases.pause();
    }

    @Produces
    @Singleton
    ListRecordingsUseCase listRecordings(UseCases useCases) {
        return useCases.list();
    }

    /** The use cases over one recorder: all of them decide here, or all forward. */
    record UseCases(
            StartRecordingUseCase start,
            StopRecordingUseCase stop,
            PauseRecordingUseCase pause,
            ListRecordingsUseCase list) {}

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
                EmbeddedCallRecorder.readRecordings(config.recordingsFile().get(), CLOCK.instant());
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
