package org.liverecordings.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liverecordings.asterisk.Recorders.awaitAudio;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.liverecordings.support.Pause;
import org.liverecordings.support.SipPhone;
import org.liverecordings.support.Wav;

/** The call goes on changing while it is recorded, or while its recording is paused. */
class AsteriskCallsIT extends ChangingCalls {

    private String recorded() {
        server.awaitUp("101");
        return Recorders.start(service, "101");
    }

    private static void assertNothingAdded(Paused paused, Wav wav) {
        assertTrue(wav.duration().compareTo(paused.most()) <= 0, () -> paused.most() + " " + wav.duration());
    }

    @Test
    void aRecordingGoesOnWhenTheCallIsPutOnHoldAndTakenBack() {
        phones.add(SipPhone.answering(server, "102", FIRST));
        phones.add(SipPhone.holding(server, "101", RECORDED, "102", CHANGE_MILLIS, 1000));
        String id = recorded();
        Pause.of(Duration.ofMillis(CHANGE_MILLIS + 3000));

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
        Paused paused = paused();
        Pause.of(Duration.ofMillis(CHANGE_MILLIS + 3000));

        int stopped = Recorders.stop(service, paused.id());

        assertEquals(204, stopped);
        assertNothingAdded(paused, Wav.read(server.wav(paused.id())));
    }

    @Test
    void aRecordingFollowsItsLineWhenTheOtherSideTransfersIt() {
        phones.add(SipPhone.transferring(server, "102", FIRST, CHANGE_MILLIS, "201"));
        phones.add(SipPhone.calling(server, "101", RECORDED, "102"));
        String id = recorded();
        server.awaitUp("201");
        Duration before = Wav.read(server.wav(id)).duration();
        Pause.of(Duration.ofSeconds(2));

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
        Paused paused = paused();
        server.awaitUp("201");
        Pause.of(Duration.ofSeconds(1));

        int stopped = Recorders.stop(service, paused.id());

        Wav wav = Wav.read(server.wav(paused.id()));
        assertEquals(204, stopped);
        assertNothingAdded(paused, wav);
        assertEquals(Duration.ZERO, wav.tone(SECOND));
    }

    @Test
    void aRecordingFollowsItsLineWhenTheOtherSideConnectsItWithAThird() {
        phones.add(SipPhone.consulting(server, "102", FIRST, CHANGE_MILLIS, "201"));
        phones.add(SipPhone.calling(server, "101", RECORDED, "102"));
        String id = recorded();
        server.awaitDown("102");
        Duration before = Wav.read(server.wav(id)).duration();
        Pause.of(Duration.ofSeconds(2));
        String listed = Recorders.list(service);

        int stopped = Recorders.stop(service, id);

        Wav wav = Wav.read(server.wav(id));
        assertEquals(204, stopped);
        assertTrue(wav.complete());
        assertTrue(wav.tone(RECORDED).compareTo(before.plusSeconds(1)) > 0, () -> before + " " + wav.tone(RECORDED));
        // Who was there when it began
        assertTrue(listed.contains("\"phoneNumber\":\"102\""), listed);
    }

    @Test
    void aPausedRecordingStaysPausedWhenTheOtherSideConnectsItWithAThird() {
        phones.add(SipPhone.consulting(server, "102", FIRST, CHANGE_MILLIS, "201"));
        phones.add(SipPhone.calling(server, "101", RECORDED, "102"));
        Paused paused = paused();
        server.awaitDown("102");
        Pause.of(Duration.ofSeconds(1));

        int stopped = Recorders.stop(service, paused.id());

        Wav wav = Wav.read(server.wav(paused.id()));
        assertEquals(204, stopped);
        assertNothingAdded(paused, wav);
        assertEquals(Duration.ZERO, wav.tone(SECOND));
    }

    @Test
    void aRecordingIsOverWhenItsLineConnectsTheOtherSideWithAThird() {
        phones.add(SipPhone.consulting(server, "102", FIRST, CHANGE_MILLIS, "201"));
        phones.add(SipPhone.calling(server, "101", RECORDED, "102"));
        server.awaitUp("102");
        String id = Recorders.start(service, "102");

        Recorders.awaitUnlisted(service, id);

        assertEquals(409, Recorders.stop(service, id));
        assertTrue(Wav.read(server.wav(id)).complete());
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
        Paused paused = paused();
        Pause.of(Duration.ofMillis(CHANGE_MILLIS + 1000));
        Duration after = Wav.read(server.wav(paused.id())).duration();
        long resumed = System.nanoTime();
        Recorders.resume(service, paused.id());
        awaitAudio(server, paused.id(), after.plusSeconds(1));

        int stopped = Recorders.stop(service, paused.id());

        Duration most = paused.most().plus(Recorders.since(resumed));
        Wav wav = Wav.read(server.wav(paused.id()));
        assertEquals(204, stopped);
        assertTrue(wav.duration().compareTo(most) <= 0, () -> most + " " + wav.duration());
        assertTrue(wav.tone(SECOND).toMillis() >= 500, () -> "the conference " + wav.tone(SECOND));
    }
}
