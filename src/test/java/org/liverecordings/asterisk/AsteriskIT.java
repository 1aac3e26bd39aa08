package org.liverecordings.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liverecordings.asterisk.Recorders.awaitAudio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liverecordings.support.AsteriskServer;
import org.liverecordings.support.Pause;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.SipPhone;
import org.liverecordings.support.TcpProxy;
import org.liverecordings.support.Wav;

/** Real calls on a real Asterisk. Phone 101 plays 440 Hz and 102 plays 600 Hz, so that the file tells who was recorded when. */
@Timeout(300)
class AsteriskIT {

    private static final int CALLER = 440;
    private static final int CALLED = 600;

    private static AsteriskServer server;
    private static TcpProxy proxy;
    private static ServiceProcess service;
    private static SipPhone called;
    private static SipPhone others;

    private SipPhone caller;

    @BeforeAll
    static void start() {
        AsteriskServer.assume();
        server = AsteriskServer.start();
        called = SipPhone.answering(server, "102", CALLED);
        others = SipPhone.answering(server, "201", 800);
        proxy = TcpProxy.to(server.uri());
        Map<String, String> settings = Recorders.settings(Map.of("east", proxy.uri()));
        settings.put("LIVE_RECORDINGS_ASTERISK_SWEEP_INTERVAL", "1s");
        service = ServiceProcess.start(settings);
    }

    @AfterAll
    static void end() {
        if (service != null) {
            service.close();
            proxy.close();
            others.close();
            called.close();
            server.close();
        }
    }

    @AfterEach
    void hangUp() {
        server.hangUpAll();
        if (caller != null) {
            caller.close();
        }
    }

    @Test
    void bothSidesAreInTheFileAndNothingIsAddedToItAfterItsStopIsConfirmed() {
        caller = SipPhone.calling(server, "101", CALLER, "102");
        server.awaitUp("101");
        String id = Recorders.start(service, "101");
        awaitAudio(server, id, Duration.ofSeconds(2));

        int status = Recorders.stop(service, id);

        Wav recorded = Wav.read(server.wav(id));
        Pause.of(Duration.ofSeconds(1));
        Wav later = Wav.read(server.wav(id));
        assertEquals(204, status);
        assertTrue(recorded.complete());
        assertEquals(recorded.samples().length, later.samples().length);
        assertTrue(recorded.tone(CALLER).toMillis() >= 1500, () -> "caller " + recorded.tone(CALLER));
        assertTrue(recorded.tone(CALLED).toMillis() >= 1500, () -> "called " + recorded.tone(CALLED));
        assertEquals(Duration.ZERO, recorded.tone(800));
        assertFalse(Recorders.isListed(service, id));
        Recorders.await(() -> server.listening() == 0);
    }

    /** Of one start several requests are made, each when the one before was answered or the event came that it waits for. */
    @Test
    void asteriskIsToldTheTraceWithWhateverIsAskedOfIt() {
        caller = SipPhone.calling(server, "101", CALLER, "102");
        server.awaitUp("101");
        String traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        List<String> asked = new CopyOnWriteArrayList<>();
        proxy.tell(asked::add);

        String id = Recorders.start(service, "101", "traceparent: " + traceparent);
        int status = Recorders.stop(service, id, "traceparent: " + traceparent);

        proxy.tell(request -> {});
        List<String> changes =
                asked.stream().filter(request -> request.startsWith("POST ")).toList();
        assertEquals(204, status);
        assertEquals(3, changes.size(), changes::toString);
        changes.forEach(request -> assertTrue(request.contains("traceparent: " + traceparent), request));
    }

    @Test
    void whoIsAtTheOtherEndIsListed() {
        caller = SipPhone.calling(server, "101", CALLER, "102");
        server.awaitUp("101");
        String id = Recorders.start(service, "101");

        String listed = Recorders.list(service);

        assertTrue(
                listed.contains(id)
                        && listed.contains(
                                "\"remoteParty\":{\"firstName\":null,\"lastName\":\"Phone 102\",\"phoneNumber\":\"102\"}"),
                listed);
    }

    @Test
    void theTimePausedIsCutOut() {
        caller = SipPhone.calling(server, "101", CALLER, "102");
        server.awaitUp("101");
        long begun = System.nanoTime();
        String id = Recorders.start(service, "101");
        awaitAudio(server, id, Duration.ofSeconds(1));
        int paused = Recorders.pause(service, id);
        Duration before = Recorders.since(begun);
        boolean listed = Recorders.list(service).contains("\"isPaused\":true");
        Pause.of(Duration.ofSeconds(2));
        Duration after = Wav.read(server.wav(id)).duration();
        long again = System.nanoTime();
        int resumed = Recorders.resume(service, id);
        awaitAudio(server, id, after.plusSeconds(1));

        int stopped = Recorders.stop(service, id);

        Duration most = before.plus(Recorders.since(again));
        Wav wav = Wav.read(server.wav(id));
        assertEquals(List.of(204, 204, 204), List.of(paused, resumed, stopped));
        assertTrue(listed);
        assertTrue(wav.duration().compareTo(most) <= 0, () -> most + " " + wav.duration());
        assertTrue(wav.complete());
    }

    @Test
    void whatIsPausedIsAlreadyPaused() {
        server.call("201", "700");
        String id = Recorders.start(service, "201");
        Recorders.pause(service, id);
        assertEquals(429, Recorders.pause(service, id));
    }

    @Test
    void aCallThatHangsUpLeavesTheListByItself() {
        caller = SipPhone.hangingUp(server, "101", CALLER, "102", 2000);
        server.awaitUp("101");
        String id = Recorders.start(service, "101");

        Recorders.awaitUnlisted(service, id);

        assertEquals(409, Recorders.stop(service, id));
        assertTrue(Wav.read(server.wav(id)).complete());
    }

    @Test
    void aLineWithoutACallCantBeRecorded() {
        assertEquals(409, Recorders.askToStart(service, "199").status());
    }

    @Test
    void aCallThatRingsIsNotConnectedYet() {
        // Nobody answers on this phone.
        server.ari("POST", "/channels?endpoint=PJSIP/103&extension=700&context=phones&priority=1");
        assertEquals(409, Recorders.askToStart(service, "103").status());
    }

    @Test
    void aHoldEndsWithItsCallAndNotWithAnotherOne() {
        server.call("202", "700");
        String call = server.call("203", "700");
        List<Integer> stopped = List.of(
                Recorders.withdrawConsent(service, Recorders.start(service, "202")),
                Recorders.withdrawConsent(service, Recorders.start(service, "203")));
        String held = Recorders.holds(service);

        server.ari("DELETE", "/channels/" + call);

        Recorders.await(() -> !Recorders.holds(service).contains("SEP203"));
        server.call("203", "700");
        assertEquals(List.of(204, 204), stopped);
        assertTrue(held.contains("SEP202") && held.contains("SEP203"), held);
        assertEquals(201, Recorders.askToStart(service, "203").status());
        assertEquals(409, Recorders.askToStart(service, "202").status());
    }

    @Test
    void noneOfManyImmediateStopsIsLost() {
        server.call("201", "700");
        List<String> ids = new ArrayList<>();
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < Integer.getInteger("asterisk.pairs", 200); i++) {
            ids.add(Recorders.start(service, "201"));
            statuses.add(Recorders.stop(service, ids.get(i)));
        }

        List<String> running = ids.stream().filter(server::isRecording).toList();

        assertEquals(ids.stream().map(id -> 204).toList(), statuses);
        assertEquals(List.of(), running);
        assertTrue(ids.stream().allMatch(id -> Wav.read(server.wav(id)).complete()));
    }

    @Test
    void manyCallsAreRecordedAndStoppedAtOnce() {
        List<String> phones =
                IntStream.rangeClosed(201, 250).mapToObj(Integer::toString).toList();
        phones.forEach(phone -> server.call(phone, "700"));
        List<CompletableFuture<String>> starting = phones.stream()
                .map(phone -> CompletableFuture.supplyAsync(() -> Recorders.start(service, phone)))
                .toList();
        List<String> ids = starting.stream().map(CompletableFuture::join).toList();
        long recording = ids.stream().filter(server::isRecording).count();

        List<CompletableFuture<Integer>> stopping = ids.stream()
                .map(id -> CompletableFuture.supplyAsync(() -> Recorders.stop(service, id)))
                .toList();

        List<Integer> statuses = stopping.stream().map(CompletableFuture::join).toList();
        assertEquals(50, recording);
        assertEquals(ids.stream().map(id -> 204).toList(), statuses);
        assertEquals(List.of(), ids.stream().filter(server::isRecording).toList());
        assertTrue(ids.stream().allMatch(id -> Wav.read(server.wav(id)).complete()));
    }
}
