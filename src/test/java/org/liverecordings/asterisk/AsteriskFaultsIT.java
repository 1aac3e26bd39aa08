package org.liverecordings.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liverecordings.asterisk.Recorders.awaitAudio;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liverecordings.support.AsteriskServer;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.SipPhone;
import org.liverecordings.support.TcpProxy;
import org.liverecordings.support.Wav;

/** Two nodes: what happens to the one in the east is none of the other's business. Phone 201 is on both, 202 in the east, 203 in the west. */
@Timeout(300)
class AsteriskFaultsIT {

    private static AsteriskServer west;
    private static SipPhone westPhones;

    private AsteriskServer east;
    private SipPhone eastPhones;
    private TcpProxy network;
    private ServiceProcess service;

    @BeforeAll
    static void startWest() {
        AsteriskServer.assume();
        west = AsteriskServer.start();
        westPhones = SipPhone.answering(west, "201", 800);
    }

    @AfterAll
    static void endWest() {
        if (west != null) {
            westPhones.close();
            west.close();
        }
    }

    @BeforeEach
    void start() {
        east = AsteriskServer.start();
        eastPhones = SipPhone.answering(east, "201", 600);
        network = TcpProxy.to(east.uri());
        Map<String, String> settings = Recorders.settings(Map.of("east", network.uri(), "west", west.uri()));
        settings.put("LIVE_RECORDINGS_GUARD_DEADLINE", "5s");
        settings.put("LIVE_RECORDINGS_GUARD_ATTEMPT_TIMEOUT", "2s");
        settings.put("LIVE_RECORDINGS_ASTERISK_SWEEP_INTERVAL", "1s");
        service = ServiceProcess.start(settings);
    }

    @AfterEach
    void end() {
        service.close();
        network.close();
        eastPhones.close();
        east.close();
        west.hangUpAll();
    }

    private String recordInTheEast() {
        east.call("202", "700");
        String id = Recorders.start(service, "202");
        awaitAudio(east, id, Duration.ofMillis(500));
        return id;
    }

    private String recordInTheWest() {
        west.call("203", "700");
        return Recorders.start(service, "203");
    }

    private String well() {
        return RawHttp.send(service.uri(), "GET", "/q/health/well").body().replaceAll("\\s", "");
    }

    @Test
    void whatAKilledNodeRecordedIsOverWhenItIsBack() {
        String killed = recordInTheEast();
        String other = recordInTheWest();
        east.kill();
        int elsewhere = Recorders.stop(service, other);
        boolean listed = Recorders.isListed(service, killed);
        east.startAgain();

        Recorders.awaitUnlisted(service, killed);

        assertEquals(List.of(204, 409), List.of(elsewhere, Recorders.stop(service, killed)));
        assertTrue(listed);
        assertTrue(Files.exists(east.wav(killed)));
    }

    @Test
    void aStopThatAKilledNodeMayHaveHeardIsClaimedOnceByTheRepeatedOne() {
        String id = recordInTheEast();
        east.kill();
        int unknown = Recorders.stop(service, id);
        east.startAgain();

        int known = Recorders.stopUntilKnown(service, id);

        assertEquals(List.of(504, 204, 409), List.of(unknown, known, Recorders.stop(service, id)));
    }

    @Test
    void eachNodesStateIsShown() {
        Recorders.await(() -> well().contains("\"status\":\"UP\",\"data\""));
        east.kill();

        Recorders.await(() -> well().contains("\"east.events\":\"unconnected\""));

        String well = well();
        assertTrue(well.contains("\"west.events\":\"connected\""), well);
        assertTrue(well.contains("\"west.circuit\":\"closed\""), well);
        assertTrue(well.contains("\"status\":\"DOWN\""), well);
        assertTrue(service.isReady());
    }

    @Test
    void aStopThatAFrozenNodeCarriesOutLaterIsClaimedByTheRepeatedOne() {
        String frozen = recordInTheEast();
        String other = recordInTheWest();
        east.signal("STOP");
        int unknown = Recorders.stop(service, frozen);
        int elsewhere = Recorders.stop(service, other);
        east.signal("CONT");

        int known = Recorders.stopUntilKnown(service, frozen);

        assertEquals(List.of(504, 204, 204), List.of(unknown, elsewhere, known), service::log);
        assertFalse(east.isRecording(frozen));
        assertTrue(Wav.read(east.wav(frozen)).complete());
    }

    @Test
    void aFrozenNodeDoesNotKeepOthersFromRecording() {
        east.signal("STOP");
        String id = recordInTheWest();
        int stopped = Recorders.stop(service, id);
        east.signal("CONT");
        assertEquals(204, stopped);
    }

    @Test
    void aPauseThatAFrozenNodeDidNotConfirmIsNotListedAsPaused() {
        String id = recordInTheEast();
        east.signal("STOP");

        int unknown = Recorders.pause(service, id);

        String listed = Recorders.list(service);
        east.signal("CONT");
        assertEquals(504, unknown);
        assertTrue(listed.contains("\"isPaused\":false"), listed);
        Recorders.await(() -> Recorders.pause(service, id) != 504);
        assertTrue(Recorders.list(service).contains("\"isPaused\":true"));
        assertEquals(204, Recorders.stop(service, id));
    }

    @Test
    void aStartWhoseConfirmationGotLostCanBeStopped() {
        east.call("202", "700");
        network.holdRepliesAt("/record?");

        int unknown = Recorders.askToStart(service, "202").status();

        network.release();
        String id = Recorders.listed(service, "202");
        int stopped = Recorders.stopUntilKnown(service, id);
        assertEquals(List.of(504, 204), List.of(unknown, stopped));
        assertFalse(east.isRecording(id));
        assertTrue(Wav.read(east.wav(id)).complete());
        Recorders.await(() -> east.listening() == 0);
    }

    @Test
    void aChannelThatListensForNothingIsEnded() {
        east.call("202", "700");
        network.holdRequestsAt("/record?");
        Recorders.askToStart(service, "202");
        boolean left = east.listening() == 1;
        network.cut();
        network.release();

        Recorders.await(() -> east.listening() == 0);

        assertTrue(left);
    }

    @Test
    void aRestartOfANodeFinishesItsRecordingsAndNewOnesCanBeMade() {
        String finished = recordInTheEast();
        east.terminate();
        east.startAgain();

        Recorders.awaitUnlisted(service, finished);

        assertTrue(Wav.read(east.wav(finished)).complete());
        Recorders.await(() -> well().contains("\"east.events\":\"connected\""));
        east.call("202", "700");
        String id = Recorders.start(service, "202");
        assertEquals(204, Recorders.stop(service, id));
    }

    @Test
    void aCallThatEndsWhileNoEventsComeLeavesTheListWhenTheyComeAgain() {
        String id = recordInTheEast();
        network.holdReplies();
        network.cut();
        east.hangUpAll();
        network.release();

        Recorders.awaitUnlisted(service, id);

        assertEquals(409, Recorders.stop(service, id));
    }

    @Test
    void aNodeThatTakesUsForSomebodyElseFailsAndSaysWhatToDo() throws IOException {
        String id = recordInTheEast();
        restartEast(AsteriskServer.PASSWORD, "another");

        int failed = Recorders.stop(service, id);

        assertEquals(500, failed);
        assertTrue(
                service.log().contains("live-recordings.asterisk.nodes.east.username or its password is wrong"),
                service::log);
    }

    @Test
    void aNodeWithoutItsInterfaceIsOutOfReachAndSaysWhatToDo() throws IOException {
        String id = recordInTheEast();
        restartEast("enabled = yes", "enabled = no");

        int unavailable = Recorders.stop(service, id);

        assertEquals(504, unavailable);
        assertTrue(service.log().contains("ARI isn't loaded"), service::log);
    }

    private void restartEast(String text, String by) throws IOException {
        east.kill();
        Files.writeString(east.etc("ari"), Files.readString(east.etc("ari")).replace(text, by));
        east.startAgain();
        network.cut();
    }

    @Test
    void aNodeWithoutItsFolderFailsToStartAndSaysWhatToDo() throws IOException {
        east.call("202", "700");
        Files.delete(east.recordings());

        int failed = Recorders.askToStart(service, "202").status();

        assertEquals(500, failed);
        assertTrue(service.log().contains("Asterisk east can't record: see that the folder recording"), service::log);
        assertEquals("[]", Recorders.list(service));
        Recorders.await(() -> east.listening() == 0);
    }
}
