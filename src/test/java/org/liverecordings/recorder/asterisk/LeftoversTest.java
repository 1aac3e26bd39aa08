package org.liverecordings.recorder.asterisk;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liverecordings.metrics.RecorderMeters;
import org.liverecordings.recorder.guard.GuardConfig;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.Recordings;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.support.NoTls;
import org.liverecordings.support.Settings;

@Timeout(60)
class LeftoversTest {

    private static final RecordingId ID = new RecordingId(UUID.randomUUID());

    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<Boolean> readByWorker = new CompletableFuture<>();

    /** Notes whether it is read on a thread that may be blocked. */
    private final LiveRecordingRepository registry = (LiveRecordingRepository) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {LiveRecordingRepository.class}, (proxy, method, arguments) -> {
                readByWorker.complete(Context.isOnWorkerThread());
                return Optional.of(Recordings.forked(ID, "SEP101", "101"));
            });

    @AfterEach
    void end() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void theLookAfterAnEndBlocksAWorkerOnly() {
        // Given
        try (Asterisk asterisk = new Asterisk(
                Settings.of(
                        AsteriskConfig.class,
                        Map.of(
                                "live-recordings.asterisk.endpoint", "PJSIP/{directoryNumber}",
                                "live-recordings.asterisk.nodes.east.url", "http://127.0.0.1:1",
                                "live-recordings.asterisk.nodes.east.username", "user",
                                "live-recordings.asterisk.nodes.east.password", "password")),
                Settings.of(GuardConfig.class, Map.of()),
                registry,
                vertx,
                new NoTls(),
                node -> new RecorderMeters(new SimpleMeterRegistry(), node))) {

            // When
            asterisk.ended("east", ID);

            // Then
            assertTrue(readByWorker.join());
        }
    }
}
