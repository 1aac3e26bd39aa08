package org.liverecordings.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liverecordings.asterisk.Recorders.awaitAudio;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.liverecordings.support.Pause;
import org.liverecordings.support.SipPhone;
import org.liverecordings.support.Wav;

/** The time paused is silent in the file. */
class AsteriskMuteIT extends ChangingCalls {

    @Override
    Map<String, String> settings() {
        return Map.of(
                // A technology in any case, as Asterisk takes it
                "LIVE_RECORDINGS_ASTERISK_ENDPOINT",
                "pjsip/{directoryNumber}",
                "LIVE_RECORDINGS_ASTERISK_PAUSE",
                "mute");
    }

    @Override
    Paused paused() {
        Paused paused = super.paused();
        assertTrue(Recorders.list(service).contains("\"isPaused\":true"));
        return paused;
    }

    private static void assertSilentSince(Paused paused, Wav wav) {
        assertTrue(wav.tone(RECORDED).compareTo(paused.most()) <= 0, () -> paused.most() + " " + wav.tone(RECORDED));
    }

    @Test
    void theTimePausedIsSilentAndPartOfTheFile() {
        phones.add(SipPhone.answering(server, "102", FIRST));
        phones.add(SipPhone.calling(server, "101", RECORDED, "102"));
        Paused paused = paused();
        Pause.of(Duration.ofSeconds(2));
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
        Pause.of(Duration.ofMillis(CHANGE_MILLIS + 2000));

        int stopped = Recorders.stop(service, paused.id());

        assertEquals(204, stopped);
        assertSilentSince(paused, Wav.read(server.wav(paused.id())));
    }

    @Test
    void aPausedRecordingStaysSilentWhenTheOtherSideConnectsItWithAThird() {
        phones.add(SipPhone.consulting(server, "102", FIRST, CHANGE_MILLIS, "201"));
        phones.add(SipPhone.calling(server, "101", RECORDED, "102"));
        Paused paused = paused();
        server.awaitDown("102");
        Pause.of(Duration.ofSeconds(1));

        int stopped = Recorders.stop(service, paused.id());

        Wav wav = Wav.read(server.wav(paused.id()));
        assertEquals(204, stopped);
        assertSilentSince(paused, wav);
        assertEquals(Duration.ZERO, wav.tone(SECOND));
    }
}
