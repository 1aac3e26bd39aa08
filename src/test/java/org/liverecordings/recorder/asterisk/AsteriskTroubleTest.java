package org.liverecordings.recorder.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liverecordings.metrics.RecorderMeters;
import org.liverecordings.recorder.asterisk.ari.ScriptedAri;
import org.liverecordings.recorder.guard.GuardConfig;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.LiveRecording.Call;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.RecordingOrigin;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.recorder.NoConnectedCallException;
import org.liverecordings.recording.recorder.RecorderFailedException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.registry.memory.MemoryLiveRecordingRepository;
import org.liverecordings.support.NoTls;
import org.liverecordings.support.Settings;

/** What Asterisk, or the call, disturbs at a moment that a real one can't be made to hit. */
@Timeout(60)
class AsteriskTroubleTest {

    private static final RecordingId ID = new RecordingId(UUID.randomUUID());
    private static final String SNOOP = "live-recordings-" + ID;
    private static final String CALL = "1234.5";
    private static final String LOST = "";
    private static final String SILENCE = " ";
    private static final String NO_CHANNEL = "404 {\"message\":\"Channel not found\"}";
    private static final String LISTEN = "POST /channels/" + CALL + "/snoop";
    private static final String RECORD = "POST /channels/" + SNOOP + "/record";
    private static final String HANG_UP = "DELETE /channels/" + SNOOP;
    private static final String LOOK = "GET /channels/" + CALL;
    private static final String LIVE = "GET /recordings/live/" + ID;

    private final LiveRecordingRepository registry = new MemoryLiveRecordingRepository(InstantSource.system());
    private final Map<String, List<String>> script = new ConcurrentHashMap<>();
    private final Vertx vertx = Vertx.vertx();
    private ScriptedAri ari;
    private Asterisk asterisk;

    @BeforeEach
    void start() throws IOException {
        says(
                "GET /endpoints",
                "200 [{\"technology\":\"PJSIP\",\"resource\":\"101\",\"channel_ids\":[\"" + CALL + "\"]}]");
        says("GET /endpoints/PJSIP/101", "200 {\"channel_ids\":[\"" + CALL + "\"]}");
        says("GET /applications", "200 []");
        says(LOOK, channel(CALL, "Up"));
        says("GET /channels/" + SNOOP, NO_CHANNEL);
        says(LISTEN, "StasisStart 200 {}");
        says(RECORD, "RecordingStarted 201 {}");
        says(HANG_UP, "204");
        says(LIVE, "404 {\"message\":\"Recording not found\"}");
        says("GET /recordings/stored/" + ID + "/file", "200 RIFF");
        ari = new ScriptedAri(this::answer);
        asterisk = new Asterisk(
                Settings.of(
                        AsteriskConfig.class,
                        Map.of(
                                "live-recordings.asterisk.endpoint", "PJSIP/{directoryNumber}",
                                "live-recordings.asterisk.pause", "mute",
                                "live-recordings.asterisk.nodes.east.url", ari.uri(),
                                "live-recordings.asterisk.nodes.east.username", "user",
                                "live-recordings.asterisk.nodes.east.password", "password")),
                Settings.of(GuardConfig.class, Map.of()),
                registry,
                vertx,
                new NoTls(),
                node -> new RecorderMeters(new SimpleMeterRegistry(), node));
        asterisk.connect("east", () -> {}, over -> {});
        Awaitility.await().until(asterisk::isWell);
    }

    @AfterEach
    void end() throws IOException {
        asterisk.close();
        ari.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** One answer after the other; the last one stays. Events that Asterisk tells of before it answers stand in front of it. */
    private void says(String request, String... answers) {
        script.put(request, new ArrayList<>(List.of(answers)));
    }

    private String answer(String request) {
        if (request.endsWith("/subscription")) {
            return "200 {}";
        }
        List<String> answers = script.get(request);
        if (answers == null) {
            return "500 {\"message\":\"no such request in the script\"}";
        }
        String answer = answers.size() > 1 ? answers.remove(0) : answers.get(0);
        while (!answer.isEmpty() && Character.isLetter(answer.charAt(0))) {
            int space = answer.indexOf(' ');
            ari.tell(event(answer.substring(0, space)));
            answer = answer.substring(space + 1);
        }
        return answer;
    }

    private static String event(String type) {
        String about = type.startsWith("Recording")
                ? "\"recording\":{\"name\":\"" + ID + "\"}"
                : "\"channel\":{\"id\":\"" + SNOOP + "\"}";
        return "{\"type\":\"" + type + "\"," + about + '}';
    }

    private static String channel(String id, String state) {
        String name = id.equals(SNOOP) ? "Snoop/" + CALL + "-0000002a" : "PJSIP/101-00000001";
        return "200 {\"id\":\"" + id + "\",\"name\":\"" + name + "\",\"state\":\"" + state
                + "\",\"creationtime\":\"2026-01-01T12:00:00.000+0000\",\"connected\":{},\"dialplan\":{}}";
    }

    private static LiveRecording pending() {
        return new LiveRecording(
                ID,
                DeviceName.of("SEP101"),
                DirectoryNumber.of("101"),
                RecordingMode.MEDIA_FORKING,
                RecordingOrigin.MANUAL,
                Instant.parse("2026-01-01T12:00:00Z"),
                RecordingStatus.START_PENDING);
    }

    private Throwable startFails() {
        LiveRecording recording = pending();
        registry.addAll(List.of(recording));
        return failure(asterisk.recorder().start(recording));
    }

    private static Throwable failure(CompletionStage<Void> outcome) {
        return outcome.handle((done, failure) -> failure instanceof CompletionException e ? e.getCause() : failure)
                .toCompletableFuture()
                .join();
    }

    private long asked(String request) {
        return ari.asked().stream()
                .filter(asked -> asked.replaceFirst("\\?.*", "").equals(request))
                .count();
    }

    @Test
    void whatAsteriskDoesAsItWasAskedIsAStart() {
        assertEquals(null, startFails());
        assertEquals(1, asked(RECORD));
    }

    @Test
    void aRecordingWhoseFileAsteriskTakesLongToFindIsAStart() {
        says("GET /recordings/stored/" + ID + "/file", SILENCE);
        says(LIVE, "200 {\"state\":\"recording\"}");

        assertEquals(null, startFails());

        assertEquals(0, asked(HANG_UP));
    }

    // The line leaves its call

    /** Asterisk hears of our channel in one of our applications. */
    private void listening() {
        registry.addAll(List.of(pending().with(RecordingStatus.RECORDING).of(new Call("east", null, null))));
        says("GET /applications", "200 [{\"name\":\"live-recordings.other\",\"channel_ids\":[\"" + SNOOP + "\"]}]");
        says("GET /channels/" + SNOOP, channel(SNOOP, "Up"));
    }

    @Test
    void whatListensToOthersInTheLinesPlaceIsEnded() {
        listening();
        says("GET /endpoints", "200 [{\"technology\":\"PJSIP\",\"resource\":\"101\",\"channel_ids\":[]}]");
        says(LOOK, NO_CHANNEL);

        asterisk.look("east");

        assertEquals(1, asked(HANG_UP));
    }

    @Test
    void whatListensToItsLineGoesOn() {
        listening();

        asterisk.look("east");

        assertEquals(0, asked(HANG_UP));
    }

    @Test
    void whatListensToACallThatCameMeanwhileGoesOn() {
        listening();
        says("GET /endpoints", "200 [{\"technology\":\"PJSIP\",\"resource\":\"101\",\"channel_ids\":[]}]");

        asterisk.look("east");

        assertEquals(0, asked(HANG_UP));
    }

    // Answers are lost

    @Test
    void aStartThatMayBeUndoneYetSaysSo() {
        says(RECORD, "ApplicationReplaced 201 {\"state\":\"queued\"}");
        says(HANG_UP, LOST);

        RecorderUnavailableException failure = assertInstanceOf(RecorderUnavailableException.class, startFails());

        assertEquals(true, failure.mayHaveArrived());
        assertEquals(true, failure.mayBeUndone());
    }

    @Test
    void aStartWhoseChannelIsGoneWasNotMade() {
        says(RECORD, "ApplicationReplaced 201 {\"state\":\"queued\"}");

        RecorderUnavailableException failure = assertInstanceOf(RecorderUnavailableException.class, startFails());

        assertEquals(false, failure.mayHaveArrived());
        assertEquals(false, failure.mayBeUndone());
    }

    @Test
    void aMuteThatWasntAnsweredIsNotRepeated() {
        registry.addAll(List.of(pending().with(RecordingStatus.RECORDING).of(new Call("east", null, null))));
        says("DELETE /recordings/live/" + ID + "/mute", "204");
        says("POST /recordings/live/" + ID + "/mute", LOST, "204");

        Throwable failure = failure(asterisk.recorder().pause(ID));

        assertEquals(
                true,
                assertInstanceOf(RecorderUnavailableException.class, failure).mayHaveArrived());
        assertEquals(1, asked("POST /recordings/live/" + ID + "/mute"));
    }

    // The WebSocket is deaf

    @Test
    void anApplicationThatIsntRegisteredAnyMoreIsRegisteredAnew() {
        asterisk.look("east");

        Awaitility.await().until(() -> ari.opened() == 2 && asterisk.isWell());
    }

    @Test
    void anApplicationThatHearsNothingOfItsChannelIsRegisteredAnew() {
        says(LISTEN, "200 {}");

        RecorderUnavailableException failure = assertInstanceOf(RecorderUnavailableException.class, startFails());

        assertEquals(false, failure.mayHaveArrived());
        Awaitility.await().until(() -> ari.opened() == 2 && asterisk.isWell());
    }

    // The call ends meanwhile

    @Test
    void aCallThatEndsBeforeItIsListenedToIsNone() {
        says(LISTEN, "StasisEnd 200 {}");

        assertInstanceOf(NoConnectedCallException.class, startFails());
    }

    @Test
    void theEndOfAnEarlierTrysChannelThatIsToldLateIsNoEnd() {
        says(LISTEN, "ChannelDestroyed 200 {}");
        says("GET /channels/" + SNOOP, "StasisStart " + channel(SNOOP, "Up"));

        assertEquals(null, startFails());

        assertEquals(1, asked(LISTEN));
        assertEquals(1, asked(RECORD));
    }

    @Test
    void aCallThatEndsBeforeAsteriskIsAskedToRecordItIsNone() {
        says(LISTEN, "StasisStart StasisEnd ChannelDestroyed 200 {}");
        says(RECORD, "201 {\"state\":\"queued\"}");

        assertInstanceOf(NoConnectedCallException.class, startFails());
    }

    @Test
    void aCallThatEndsBeforeAsteriskRecordsItIsNone() {
        says(RECORD, "ChannelDestroyed 201 {\"state\":\"queued\"}");

        assertInstanceOf(NoConnectedCallException.class, startFails());
    }

    @Test
    void aChannelThatHasLeftTheApplicationHasNoCallAnyMore() {
        says(RECORD, "409 {\"message\":\"Channel not in Stasis application\"}");

        assertInstanceOf(NoConnectedCallException.class, startFails());
    }

    @Test
    void anotherConflictIsAFailure() {
        says(RECORD, "409 {\"message\":\"Recording '" + ID + "' already exists and can not be overwritten\"}");

        RecorderFailedException failure = assertInstanceOf(RecorderFailedException.class, startFails());

        assertEquals(false, failure.mayHaveArrived());
    }

    // Asterisk can't listen

    @Test
    void aCallThatIsGoneWhenAsteriskCantListenToItIsNone() {
        says(LISTEN, "500 {\"message\":\"Snoop channel could not be created\"}");
        says(LOOK, channel(CALL, "Up"), NO_CHANNEL);

        assertInstanceOf(NoConnectedCallException.class, startFails());
    }

    @Test
    void aCallThatIsntConnectedAnyMoreWhenAsteriskCantListenToItIsNone() {
        says(LISTEN, "500 {\"message\":\"Snoop channel could not be created\"}");
        says(LOOK, channel(CALL, "Up"), channel(CALL, "Down"));

        assertInstanceOf(NoConnectedCallException.class, startFails());
    }

    @Test
    void anAsteriskThatCantListenToACallIsNoneThatIsOutOfReach() {
        says(LISTEN, "500 {\"message\":\"Snoop channel could not be created\"}");

        RecorderFailedException failure = assertInstanceOf(RecorderFailedException.class, startFails());

        assertEquals(false, failure.mayHaveArrived());
        assertEquals(2, asked(LISTEN));
        assertEquals(0, asked(RECORD));
    }

    @Test
    void theChannelOfAnEarlierTryOfTheSameStartIsMovedOutOfTheWay() {
        says(LISTEN, "500 {\"message\":\"Snoop channel could not be created\"}", "StasisStart 200 {}");
        says("GET /channels/" + SNOOP, channel(SNOOP, "Up"), NO_CHANNEL);

        assertEquals(null, startFails());

        assertEquals(1, asked(HANG_UP));
        assertEquals(2, asked(LISTEN));
        assertEquals(1, asked(RECORD));
    }

    @Test
    void whatAnEarlierTryOfTheSameStartCameToRecordGoesOn() {
        says(LISTEN, "500 {\"message\":\"Snoop channel could not be created\"}");
        says(LIVE, "200 {\"state\":\"recording\"}");

        assertEquals(null, startFails());

        assertEquals(0, asked(HANG_UP));
    }
}
