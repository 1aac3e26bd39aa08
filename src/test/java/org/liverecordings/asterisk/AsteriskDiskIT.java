package org.liverecordings.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liverecordings.support.AsteriskServer;
import org.liverecordings.support.Pause;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.SipPhone;
import org.liverecordings.support.SmallDisk;
import org.liverecordings.support.Wav;

/** Asterisk can't write what it is to record. */
@Timeout(300)
class AsteriskDiskIT {

    private static final String ADVICE = "Asterisk east can't record: see that the folder recording";

    private static AsteriskServer server;
    private static ServiceProcess service;
    private static SipPhone phones;

    private SmallDisk disk;

    @BeforeAll
    static void start() {
        AsteriskServer.assume();
        server = AsteriskServer.start();
        phones = SipPhone.answering(server, "201", 800);
        service = ServiceProcess.start(Recorders.settings(Map.of("east", server.uri())));
    }

    @AfterAll
    static void end() {
        if (service != null) {
            service.close();
            phones.close();
            server.close();
        }
    }

    @BeforeEach
    void call() {
        server.call("201", "700");
    }

    @AfterEach
    void hangUp() {
        server.hangUpAll();
        if (disk != null) {
            disk.close();
        }
    }

    private static int times(String text) {
        return service.log().split(text, -1).length - 1;
    }

    private static void assertNothingIsStarted() {
        int before = times(ADVICE);
        assertEquals(500, Recorders.askToStart(service, "201").status());
        assertEquals(before + 1, times(ADVICE), service::log);
        assertEquals("[]", Recorders.list(service));
        Recorders.await(() -> server.listening() == 0);
    }

    @Test
    void withoutItsFolderNothingIsStarted() throws IOException {
        Path away = server.recordings().resolveSibling("away");
        Files.move(server.recordings(), away);
        try {
            assertNothingIsStarted();
        } finally {
            Files.move(away, server.recordings());
        }
    }

    @Test
    void inAFolderThatCantBeWrittenNothingIsStarted() {
        disk = SmallDisk.over(server.recordings(), "ro");
        assertNothingIsStarted();
    }

    @Test
    void onAFullDiskNothingIsStarted() throws IOException {
        disk = SmallDisk.over(server.recordings(), "size=64k");
        Files.write(server.recordings().resolve("all there is"), new byte[64 * 1024]);
        assertNothingIsStarted();
    }

    @Test
    void whereFilesAreWrittenElsewhereFirstNothingIsStarted() throws IOException {
        String before = Files.readString(server.etc("asterisk"));
        restart(before + "cache_record_files = yes\nrecord_cache_dir = " + server.recordings() + "\n");
        try {
            server.call("201", "700");
            assertNothingIsStarted();
        } finally {
            restart(before);
        }
    }

    private static void restart(String configuration) throws IOException {
        server.terminate();
        Files.writeString(server.etc("asterisk"), configuration);
        server.startAgain();
        Recorders.await(() ->
                RawHttp.send(service.uri(), "GET", "/q/health/well").body().contains(": \"connected\""));
    }

    @Test
    void whenACallEndsNobodyLooksAtADisk() {
        String id = Recorders.start(service, "201");
        server.hangUpAll();
        Recorders.awaitUnlisted(service, id);

        Pause.of(Duration.ofMillis(1500));

        assertEquals(0, times("recording=" + id + " ended before its call"), service::log);
    }

    @Test
    void whenTheDiskFillsTheRecordingIsOverAndItsOperatorIsTold() {
        disk = SmallDisk.over(server.recordings(), "size=64k");
        String id = Recorders.start(service, "201");

        Recorders.awaitUnlisted(service, id);

        assertEquals(409, Recorders.stop(service, id));
        Recorders.await(() -> server.listening() == 0);
        assertEquals(1, times("recording=" + id + " ended before its call"), service::log);
        Wav wav = Wav.read(server.wav(id));
        assertTrue(wav.complete());
        assertTrue(wav.tone(800).toMillis() >= 1000, () -> "" + wav.tone(800));
    }
}
