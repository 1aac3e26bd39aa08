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

/**
 * The call goes on changing while it is recorded, or while its recording is paused. Phone 101, which is recorded, plays 440 Hz, 102 plays
 * 600 Hz, 201 plays 800 Hz.
 */
@Timeout(300)
class AsteriskCallsIT {

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
        service = ServiceProcess.start(Recorders.settings(Map.of("east", server.uri())));
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

    private String recorded() {
        server.awaitUp("101");
        return Recorders.start(service, "101");
    }

    private String paused() {
        String id = recorded();
        awaitAudio(server, id, Duration.ofMillis(500));
        assertEquals(204, Recorders.pause(service, id));
        return id;
    }

    /** What had been recorded before the pause may not have been written yet. */
    private static void assertNothingAdded(Duration before, Wav wav) {
        assertTrue(wav.duration().minus(before).compareTo(Wav.BUFFER) <= 0, () -> before + " " + wav.duration());
    }

    @Test
    void aRecordingGoesOnWhenTheCallIsPutOnHoldAndTakenBack() {
        phones.add(SipPhone.answering(server, "102", FIRST));
        phones.add(SipPhone.holding(server, "101", RECORDED, "102", CHANGE_MILLIS, 1000));
        String id = recorded();
        pause(Duration.ofMillis(CHANGE_MILLIS + 3000));

        int stopped = Recorders.stop(service, id);

        Wav wav = Wav.read(server.wav(id));
        assertEquals(204, stopped);
        assertTrue(wav.duration().toMillis() >= 4000, wav.duration()::toString);
        assertTrue(wav.tone(FIRST).toMillis() >= 2000, () -> "" + wav.tone(FIRST));
    }

    @Test
    void aPausedRecordingStaysPausedWhenTheCallIsPutOnHoldAndTakenBack() {
        phones.add(SipPhone.answering(server, "102", FIRST));
        phones.add(SipPhone.holding(server, "101", RECORDED, "102", CHANGE_MILLIS, 1000));
        String id = paused();
        Duration before = Wav.read(server.wav(id)).duration();
        pause(Duration.ofMillis(CHANGE_MILLIS + 3000));

        int stopped = Recorders.stop(service, id);

        assertEquals(204, stopped);
        assertNothingAdded(before, Wav.read(server.wav(id)));
    }

    @Test
    void aRecordingFollowsItsLineWhenTheOtherSideTransfersIt() {
        phones.add(SipPhone.transferring(server, "102", FIRST, CHANGE_MILLIS, "201"));
        phones.add(SipPhone.calling(server, "101", RECORDED, "102"));
        String id = recorded();
        server.awaitUp("201");
        Duration before = Wav.read(server.wav(id)).duration();
        pause(Duration.ofSeconds(2));

        int stopped = Recorders.stop(service, id);

        // Of the new side Asterisk may record nothing: https://github.com/asterisk/asterisk/issues/507
        Wav wav = Wav.read(server.wav(id));
        assertEquals(204, stopped);
        assertTrue(wav.complete());
        assertTrue(wav.tone(RECORDED).compareTo(before.plusSeconds(1)) > 0, () -> before + " " + wav.tone(RECORDED));
    }

    @Test
    void aPausedRecordingStaysPausedWhenTheOtherSideTransfersIt() {
        phones.add(SipPhone.transferring(server, "102", FIRST, CHANGE_MILLIS, "201"));
        phones.add(SipPhone.calling(server, "101", RECORDED, "102"));
        String id = paused();
        Duration before = Wav.read(server.wav(id)).duration();
        server.awaitUp("201");
        pause(Duration.ofSeconds(1));

        int stopped = Recorders.stop(service, id);

        Wav wav = Wav.read(server.wav(id));
        assertEquals(204, stopped);
        assertNothingAdded(before, wav);
        assertEquals(Duration.ZERO, wav.tone(SECOND));
    }

    @Test
    void aRecordingIsOverWhenItsLineTransfersTheCallAway() {
        phones.add(SipPhone.transferring(server, "102", FIRST, CHANGE_MILLIS, "201"));
        phones.add(SipPhone.calling(server, "101", RECORDED, "102"));
        server.awaitUp("102");
        String id = Recorders.start(service, "102");

        Recorders.awaitUnlisted(service, id);

        assertEquals(409, Recorders.stop(service, id));
        assertTrue(Wav.read(server.wav(id)).complete());
    }

    @Test
    void aPausedRecordingStaysPausedWhenTheCallBecomesAConference() {
        phones.add(SipPhone.transferring(server, "102", FIRST, CHANGE_MILLIS, "800"));
        phones.add(SipPhone.calling(server, "101", RECORDED, "102"));
        server.call("201", "800");
        String id = paused();
        Duration before = Wav.read(server.wav(id)).duration();
        pause(Duration.ofMillis(CHANGE_MILLIS + 1000));
        Duration after = Wav.read(server.wav(id)).duration();
        Recorders.resume(service, id);
        awaitAudio(server, id, after.plusSeconds(1));

        int stopped = Recorders.stop(service, id);

        Wav wav = Wav.read(server.wav(id));
        assertEquals(204, stopped);
        assertEquals(before, after);
        assertTrue(wav.tone(SECOND).toMillis() >= 500, () -> "the conference " + wav.tone(SECOND));
    }
}
