package org.liverecordings.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liverecordings.asterisk.Recorders.awaitAudio;
import static org.liverecordings.asterisk.Recorders.pause;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liverecordings.support.AsteriskServer;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.SipPhone;
import org.liverecordings.support.Wav;

/** The time paused is silent in the file. Phone 101, which is recorded, plays 440 Hz, 102 plays 600 Hz, 201 plays 800 Hz. */
@Timeout(300)
class AsteriskMuteIT {

    private static final int RECORDED = 440;
    private static final int FIRST = 600;
    private static final int SECOND = 800;

    /** When the phone changes the call, counted from its begin. */
    private static final long CHANGE_MILLIS = 4000;

    private static AsteriskServer server;
    private static ServiceProcess service;
    private static SipPhone target;

    private final List<SipPhone> phones = new ArrayList<>();

    @BeforeAll
    static void start() {
        AsteriskServer.assume();
        server = AsteriskServer.start();
        target = SipPhone.answering(server, "201", SECOND);
        Map<String, String> settings = Recorders.settings(Map.of("east", server.uri()));
        // A technology in any case, as Asterisk takes it
        settings.put("LIVE_RECORDINGS_ASTERISK_ENDPOINT", "pjsip/{directoryNumber}");
        settings.put("LIVE_RECORDINGS_ASTERISK_PAUSE", "mute");
        service = ServiceProcess.start(settings);
    }

    @AfterAll
    static void end() {
        if (service != null) {
            service.close();
            target.close();
            server.close();
        }
    }

    @AfterEach
    void hangUp() {
        phones.forEach(SipPhone::close);
        server.hangUpAll();
    }

    /** A recording that is paused, and the most that can have been heard in it before it was. */
    private record Paused(String id, Duration most) {

        void assertSilentSince(Wav wav) {
            assertTrue(wav.tone(RECORDED).compareTo(most) <= 0, () -> most + " " + wav.tone(RECORDED));
        }
    }

    private Paused paused() {
        server.awaitUp("101");
        long begun = System.nanoTime();
        String id = Recorders.start(service, "101");
        awaitAudio(server, id, Duration.ofMillis(500));
        assertEquals(204, Recorders.pause(service, id));
        Duration most = Recorders.since(begun);
        assertTrue(Recorders.list(service).contains("\"isPaused\":true"));
        return new Paused(id, most);
    }

    @Test
    void theTimePausedIsSilentAndPartOfTheFile() {
        phones.add(SipPhone.answering(server, "102", FIRST));
        phones.add(SipPhone.calling(server, "101", RECORDED, "102"));
        Paused paused = paused();
        pause(Duration.ofSeconds(2));
        int resumed = Recorders.resume(service, paused.id());
        awaitAudio(
                server,
                paused.id(),
                Wav.read(server.wav(paused.id())).duration().plusSeconds(1));

        int stopped = Recorders.stop(service, paused.id());

        Wav wav = Wav.read(server.wav(paused.id()));
        Duration tone = wav.tone(RECORDED);
        assertEquals(List.of(204, 204), List.of(resumed, stopped));
        assertTrue(wav.complete());
        assertTrue(tone.toMillis() >= 1000, tone::toString);
        assertTrue(wav.silence().toMillis() >= 1900, () -> "" + wav.silence());
        assertTrue(wav.duration().compareTo(tone.plus(wav.silence())) >= 0);
    }

    @Test
    void aPausedRecordingStaysSilentWhenTheCallIsPutOnHoldAndTakenBack() {
        phones.add(SipPhone.answering(server, "102", FIRST));
        phones.add(SipPhone.holding(server, "101", RECORDED, "102", CHANGE_MILLIS, 1000));
        Paused paused = paused();
        pause(Duration.ofMillis(CHANGE_MILLIS + 2000));

        int stopped = Recorders.stop(service, paused.id());

        assertEquals(204, stopped);
        paused.assertSilentSince(Wav.read(server.wav(paused.id())));
    }

    @Test
    void aPausedRecordingStaysSilentWhenTheOtherSideConnectsItWithAThird() {
        phones.add(SipPhone.consulting(server, "102", FIRST, CHANGE_MILLIS, "201"));
        phones.add(SipPhone.calling(server, "101", RECORDED, "102"));
        Paused paused = paused();
        server.awaitDown("102");
        pause(Duration.ofSeconds(1));

        int stopped = Recorders.stop(service, paused.id());

        Wav wav = Wav.read(server.wav(paused.id()));
        assertEquals(204, stopped);
        paused.assertSilentSince(wav);
        assertEquals(Duration.ZERO, wav.tone(SECOND));
    }
}
