package org.liverecordings.recorder.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.liverecordings.metrics.RecorderMeters;
import org.liverecordings.recorder.guard.GuardConfig;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.RecordingOrigin;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.recorder.CallRecorder;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.registry.memory.MemoryLiveRecordingRepository;
import org.liverecordings.support.AsteriskServer;
import org.liverecordings.support.Latches;
import org.liverecordings.support.NoTls;
import org.liverecordings.support.Pause;
import org.liverecordings.support.Settings;
import org.liverecordings.support.SipPhone;
import org.liverecordings.support.Wav;

/** What is listed as paused is: pauses and resumes that cross, and that are repeated. */
@Timeout(120)
class NotedPausesTest {

    private static AsteriskServer server;
    private static SipPhone phone;
    private static Vertx vertx;

    private final RecordingId id = new RecordingId(UUID.randomUUID());
    private final CountDownLatch noting = new CountDownLatch(1);
    private final CountDownLatch mayNote = new CountDownLatch(1);

    private final LiveRecordingRepository memory = new MemoryLiveRecordingRepository(InstantSource.system());

    /** Takes its time to note the first pause. */
    private final LiveRecordingRepository registry = (LiveRecordingRepository) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {LiveRecordingRepository.class}, (proxy, method, arguments) -> {
                boolean isPause = method.getName().equals("change") && arguments[2] == RecordingStatus.PAUSED;
                if (isPause && noting.getCount() > 0) {
                    noting.countDown();
                    mayNote.await();
                }
                return method.invoke(memory, arguments);
            });

    @BeforeAll
    static void startAsterisk() {
        AsteriskServer.assume();
        server = AsteriskServer.start();
        phone = SipPhone.answering(server, "201", 800);
        server.call("201", "700");
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void endAsterisk() {
        if (vertx != null) {
            vertx.close();
            phone.close();
            server.close();
        }
    }

    @ParameterizedTest
    @EnumSource(AsteriskConfig.Pause.class)
    void whatIsListedIsWhatAsteriskDoes(AsteriskConfig.Pause how) {
        try (Asterisk asterisk = asterisk(how)) {
            CallRecorder recorder = asterisk.recorder();
            start(recorder);
            CompletionStage<Void> pause = recorder.pause(id);
            Latches.await(noting);
            CompletionStage<Void> resume = recorder.resume(id);
            if (how == AsteriskConfig.Pause.PAUSE) {
                settled(resume);
            }

            mayNote.countDown();

            settled(pause);
            settled(resume);
            boolean listed = registry.find(id).orElseThrow().status() == RecordingStatus.PAUSED;
            assertEquals(listed, wasSilent(recorder));
        }
    }

    @ParameterizedTest
    @EnumSource(AsteriskConfig.Pause.class)
    void whatIsPausedAgainStaysPaused(AsteriskConfig.Pause how) {
        mayNote.countDown();
        try (Asterisk asterisk = asterisk(how)) {
            CallRecorder recorder = asterisk.recorder();
            start(recorder);
            CompletionStage<Void> one = recorder.pause(id);
            CompletionStage<Void> atOnce = recorder.pause(id);
            settled(one);
            settled(atOnce);

            settled(recorder.pause(id));

            assertEquals(RecordingStatus.PAUSED, registry.find(id).orElseThrow().status());
            assertEquals(true, wasSilent(recorder));
        }
    }

    @Test
    void aMuteOfWhichNobodyWasToldIsNoHindrance() {
        mayNote.countDown();
        try (Asterisk asterisk = asterisk(AsteriskConfig.Pause.MUTE)) {
            CallRecorder recorder = asterisk.recorder();
            start(recorder);
            server.ari("POST", "/recordings/live/" + id + "/mute");

            settled(recorder.pause(id));
            Pause.of(Duration.ofSeconds(1));
            settled(recorder.resume(id));

            assertEquals(false, wasSilent(recorder));
            assertTrue(Wav.read(server.wav(id)).silence().toMillis() >= 900);
        }
    }

    private Asterisk asterisk(AsteriskConfig.Pause how) {
        Map<String, String> settings = new HashMap<>();
        settings.put("live-recordings.asterisk.endpoint", "PJSIP/{directoryNumber}");
        settings.put("live-recordings.asterisk.pause", how.name());
        settings.put("live-recordings.asterisk.nodes.east.url", server.uri().toString());
        settings.put("live-recordings.asterisk.nodes.east.username", AsteriskServer.USER);
        settings.put("live-recordings.asterisk.nodes.east.password", AsteriskServer.PASSWORD);
        Map<String, String> guard =
                Map.of("live-recordings.guard.deadline", "30s", "live-recordings.guard.attempt-timeout", "20s");
        Asterisk asterisk = new Asterisk(
                Settings.of(AsteriskConfig.class, settings),
                Settings.of(GuardConfig.class, guard),
                registry,
                vertx,
                new NoTls(),
                node -> new RecorderMeters(new SimpleMeterRegistry(), node));
        asterisk.connect("east", () -> {}, over -> {});
        return asterisk;
    }

    private void start(CallRecorder recorder) {
        LiveRecording recording = new LiveRecording(
                id,
                DeviceName.of("SEP201"),
                DirectoryNumber.of("201"),
                RecordingMode.MEDIA_FORKING,
                RecordingOrigin.MANUAL,
                Instant.parse("2026-01-01T12:00:00Z"),
                RecordingStatus.START_PENDING);
        registry.addAll(List.of(recording));
        recorder.start(recording).toCompletableFuture().join();
        registry.change(id, RecordingStatus.START_PENDING, RecordingStatus.RECORDING);
    }

    /** Stops the recording after a while, and tells whether it had no sound at its end. */
    private boolean wasSilent(CallRecorder recorder) {
        Pause.of(Duration.ofMillis(1500));
        settled(recorder.stop(id));
        return Wav.read(server.wav(id)).end(Duration.ofSeconds(1)).tone(800).toMillis() < 500;
    }

    private static void settled(CompletionStage<Void> stage) {
        CompletableFuture<Object> end = new CompletableFuture<>();
        stage.whenComplete((nothing, failure) -> end.complete(""));
        end.join();
    }
}
