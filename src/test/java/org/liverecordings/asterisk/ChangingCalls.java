package org.liverecordings.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.liverecordings.asterisk.Recorders.awaitAudio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.liverecordings.support.AsteriskServer;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.SipPhone;

/** Calls of phone 101, which is recorded and plays 440 Hz; 102 plays 600 Hz, and 201, to which calls are transferred, 800 Hz. */
@Timeout(300)
@TestInstance(Lifecycle.PER_CLASS)
abstract class ChangingCalls {

    static final int RECORDED = 440;
    static final int FIRST = 600;
    static final int SECOND = 800;

    /** When the phone changes the call, counted from its begin. */
    static final long CHANGE_MILLIS = 4000;

    final List<SipPhone> phones = new ArrayList<>();
    AsteriskServer server;
    ServiceProcess service;
    private SipPhone target;

    /** Settings beside those of the node. */
    Map<String, String> settings() {
        return Map.of();
    }

    @BeforeAll
    void start() {
        AsteriskServer.assume();
        server = AsteriskServer.start();
        target = SipPhone.answering(server, "201", SECOND);
        Map<String, String> all = Recorders.settings(Map.of("east", server.uri()));
        all.putAll(settings());
        service = ServiceProcess.start(all);
    }

    @AfterAll
    void end() {
        if (service != null) {
            service.close();
            target.close();
            server.close();
        }
    }

    @AfterEach
    void hangUp() {
        phones.forEach(SipPhone::close);
        phones.clear();
        server.hangUpAll();
    }

    /** A recording that is paused, and the most that can have been recorded before it was. */
    record Paused(String id, Duration most) {}

    Paused paused() {
        server.awaitUp("101");
        long begun = System.nanoTime();
        String id = Recorders.start(service, "101");
        awaitAudio(server, id, Duration.ofMillis(500));
        assertEquals(204, Recorders.pause(service, id));
        return new Paused(id, Recorders.since(begun));
    }
}
