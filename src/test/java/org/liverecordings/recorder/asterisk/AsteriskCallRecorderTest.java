package org.liverecordings.recorder.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.liverecordings.metrics.RecorderMeters;
import org.liverecordings.recorder.CallRecorderContract;
import org.liverecordings.recorder.guard.GuardConfig;
import org.liverecordings.recorder.upstream.UpstreamClient;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.LiveRecording.Call;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.RecordingOrigin;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.recorder.CallRecorder;
import org.liverecordings.recording.recorder.RecorderIncapableException;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.registry.memory.MemoryLiveRecordingRepository;
import org.liverecordings.support.AsteriskServer;
import org.liverecordings.support.NoTls;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.Settings;
import org.liverecordings.support.SipPhone;

/** Beside the node that works there is one that nobody can reach, and one that takes us for somebody else. */
class AsteriskCallRecorderTest extends CallRecorderContract {

    private static AsteriskServer server;
    private static SipPhone called;
    private static SipPhone others;
    private static Vertx vertx;
    private static Asterisk asterisk;

    private static LiveRecordingRepository registry = new MemoryLiveRecordingRepository(InstantSource.system());

    @BeforeAll
    static void startAsterisk() {
        AsteriskServer.assume();
        server = AsteriskServer.start();
        called = SipPhone.answering(server, "102", 600);
        others = SipPhone.answering(server, "201", 800);
        server.call("102", "700");
        server.call("201", "700");
        server.call("202", "700");
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void endAsterisk() {
        if (vertx != null) {
            vertx.close();
            called.close();
            others.close();
            server.close();
        }
    }

    @AfterEach
    void stopRecordings() throws IOException {
        asterisk.close();
        for (LiveRecording recording : registry.findAll()) {
            server.ari("POST", "/recordings/live/" + recording.id() + "/stop");
            registry.remove(recording.id());
            while (server.isRecording(recording.id())) {
                Thread.onSpinWait();
            }
            server.ari("DELETE", "/channels/live-recordings-" + recording.id());
            Files.deleteIfExists(server.wav(recording.id()));
        }
    }

    @Override
    protected CallRecorder recorder() {
        registry = new MemoryLiveRecordingRepository(InstantSource.system());
        Map<String, String> settings = new HashMap<>();
        settings.put("live-recordings.asterisk.endpoint", "PJSIP/{directoryNumber}");
        node(settings, "works", server.uri().toString(), AsteriskServer.PASSWORD);
        node(settings, "away", "http://127.0.0.1:" + ServiceProcess.freePort(), AsteriskServer.PASSWORD);
        node(settings, "refuses", server.uri().toString(), "wrong");
        asterisk = new Asterisk(
                Settings.of(AsteriskConfig.class, settings),
                Settings.of(GuardConfig.class, Map.of()),
                registry,
                vertx,
                new NoTls(),
                node -> new RecorderMeters(new SimpleMeterRegistry(), node));
        asterisk.nodes().forEach(node -> asterisk.connect(node, () -> {}, over -> {}));
        CallRecorder recorder = asterisk.recorder();
        for (LiveRecording live : List.of(on("201", LIVE, null), on("202", ALSO_LIVE, null))) {
            registry.addAll(List.of(live));
            outcome(recorder.start(live));
            registry.change(live.id(), RecordingStatus.START_PENDING, RecordingStatus.RECORDING);
        }
        registry.addAll(
                List.of(on("203", OUT_OF_REACH, "away"), on("204", FAILING, "refuses"), STARTABLE, WITHOUT_CALL));
        return recorder;
    }

    private static void node(Map<String, String> settings, String name, String url, String password) {
        String node = "live-recordings.asterisk.nodes." + name;
        settings.put(node + ".url", url);
        settings.put(node + ".username", AsteriskServer.USER);
        settings.put(node + ".password", password);
    }

    private static LiveRecording on(String number, RecordingId id, String node) {
        LiveRecording recording = new LiveRecording(
                id,
                DeviceName.of("SEP" + number),
                DirectoryNumber.of(number),
                RecordingMode.MEDIA_FORKING,
                RecordingOrigin.MANUAL,
                Instant.parse("2026-01-01T12:00:00Z"),
                RecordingStatus.START_PENDING);
        return node == null
                ? recording
                : recording.with(RecordingStatus.RECORDING).of(new Call(node, null, null));
    }

    @Test
    void theNodeAndWhoIsAtTheOtherEndAreNoted() {
        Call call = registry.find(LIVE).orElseThrow().call();

        assertEquals("works", call.node());
    }

    @Test
    void howeverLongACallersNameItsCallIsRecorded() {
        String name = "\uD835\uDD4F".repeat(300);
        server.ari(
                "POST",
                "/channels?endpoint=PJSIP/205&extension=700&context=phones&priority=1&callerId="
                        + URLEncoder.encode('"' + name + "\" <" + "0".repeat(50) + ">", StandardCharsets.UTF_8));
        server.awaitUp("205");
        LiveRecording recording = on("205", new RecordingId(UUID.randomUUID()), null);
        registry.addAll(List.of(recording));

        outcome(asterisk.recorder().start(recording));

        Call call = registry.find(recording.id()).orElseThrow().call();
        assertEquals(new Call("works", name.substring(0, 200), "0".repeat(40)), call);
        assertEquals(true, server.isRecording(recording.id()));
    }

    @Test
    void aStartThatIsRepeatedAfterItsRecordingEndedGoesOnInTheSameFile() throws IOException {
        outcome(asterisk.recorder().start(STARTABLE));
        outcome(asterisk.recorder().stop(STARTABLE.id()));
        // A stop ends the channel that listened in its own time.
        while (server.ari("GET", "/channels/live-recordings-" + STARTABLE.id()).statusCode() != 404) {
            Thread.onSpinWait();
        }
        long before = Files.size(server.wav(STARTABLE.id()));

        outcome(asterisk.recorder().start(STARTABLE));

        assertEquals(true, server.isRecording(STARTABLE.id()));
        outcome(asterisk.recorder().stop(STARTABLE.id()));
        byte[] file = Files.readAllBytes(server.wav(STARTABLE.id()));
        ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(file.length - 8, header.getInt(4));
        assertEquals(file.length - 44, header.getInt(40));
        assertTrue(file.length >= before);
    }

    @Test
    void whoTakesTheApplicationLosesItAgainAndStartsGoOn() {
        String applications = new JsonArray(server.ari("GET", "/applications").body())
                .stream()
                        .map(application -> ((JsonObject) application).getString("name"))
                        .collect(Collectors.joining(","));
        CompletableFuture<String> lost = new CompletableFuture<>();
        WebSocket other = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", UpstreamClient.basic(AsteriskServer.USER, AsteriskServer.PASSWORD))
                .buildAsync(
                        URI.create("ws://" + server.uri().getAuthority() + "/ari/events?app=" + applications),
                        new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                                if (text.toString().contains("ApplicationReplaced")) {
                                    lost.complete(text.toString());
                                }
                                socket.request(1);
                                return null;
                            }
                        })
                .join();
        lost.join();
        other.abort();

        outcome(asterisk.recorder().start(STARTABLE));

        assertEquals(true, server.isRecording(STARTABLE.id()));
    }

    @Test
    void nobodyCanDialIn() {
        LiveRecording dialIn = new LiveRecording(
                STARTABLE.id(),
                null,
                STARTABLE.directoryNumber(),
                RecordingMode.DIAL_IN,
                RecordingOrigin.MANUAL,
                STARTABLE.startedAt(),
                RecordingStatus.START_PENDING);

        RecorderIncapableException incapable = assertThrows(
                RecorderIncapableException.class,
                () -> outcome(asterisk.recorder().start(dialIn)));

        assertEquals(false, incapable.forNow());
    }
}
