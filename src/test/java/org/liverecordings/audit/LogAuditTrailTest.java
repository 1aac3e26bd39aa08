package org.liverecordings.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liverecordings.recording.AuditTrail.Outcome;
import org.liverecordings.recording.AuditTrail.StopAttempted;
import org.liverecordings.recording.Caller;
import org.liverecordings.recording.RecorderUnavailableException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.StopRejection;
import org.liverecordings.recording.StopRequest;

class LogAuditTrailTest {

    private static final Caller ALICE = new Caller("alice", "192.0.2.1", "c-1");
    private static final String ID = "75a90276-e47e-4e9e-b463-e3c743d5ff3a";

    private final Logger log = Logger.getLogger("org.liverecordings.audit");
    private final List<LogRecord> records = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            records.add(logged);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        log.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        log.removeHandler(handler);
    }

    @Test
    void aStopById() {
        add(StopRequest.byId(ALICE, ID), Outcome.STOPPED, null, List.of(id(1)), null);
        assertEquals(
                "stop user=alice address=192.0.2.1 id=" + ID
                        + " outcome=stopped stopped=00000000-0000-0000-0000-000000000001 durationMs=12 correlationId=c-1",
                onlyLine());
    }

    @Test
    void aStopByLine() {
        add(StopRequest.byLine(ALICE, "SEP1", "+39101"), Outcome.STOPPED, null, List.of(), null);
        assertEquals(
                "stop user=alice address=192.0.2.1 deviceName=SEP1 directoryNumber=+39101 outcome=stopped"
                        + " durationMs=12 correlationId=c-1",
                onlyLine());
    }

    @Test
    void aRejection() {
        add(StopRequest.byId(ALICE, "not a GUID"), Outcome.REJECTED, StopRejection.INVALID_TARGET, List.of(), null);
        assertEquals(
                "stop user=alice address=192.0.2.1 id=\"not a GUID\" outcome=rejected reason=0"
                        + " durationMs=12 correlationId=c-1",
                onlyLine());
    }

    @Test
    void whatIsNotLive() {
        add(StopRequest.byLine(ALICE, null, "101"), Outcome.NOT_LIVE, null, List.of(), null);
        assertEquals(
                "stop user=alice address=192.0.2.1 directoryNumber=101 outcome=not-live"
                        + " durationMs=12 correlationId=c-1",
                onlyLine());
    }

    @Test
    void aFailureNamesItsCause() {
        add(
                StopRequest.byLine(ALICE, "SEP1", null),
                Outcome.UNKNOWN,
                null,
                List.of(),
                new RecorderUnavailableException("no answer in time", true, null));
        assertEquals(
                "stop user=alice address=192.0.2.1 deviceName=SEP1 outcome=unknown durationMs=12"
                        + " cause=\"no answer in time\" correlationId=c-1",
                onlyLine());
    }

    @Test
    void aCauseWithoutMessageIsNamedByItsKind() {
        add(StopRequest.byLine(ALICE, "SEP1", null), Outcome.FAILED, null, List.of(), new NullPointerException());
        assertEquals(
                "stop user=alice address=192.0.2.1 deviceName=SEP1 outcome=failed durationMs=12"
                        + " cause=java.lang.NullPointerException correlationId=c-1",
                onlyLine());
    }

    @Test
    void whatWasStoppedIsNamedInFullHoweverMuchItIs() {
        List<RecordingId> stopped =
                LongStream.rangeClosed(1, 6).mapToObj(LogAuditTrailTest::id).toList();
        add(StopRequest.byLine(ALICE, null, "101"), Outcome.STOPPED, null, stopped, null);
        assertEquals(
                "stop user=alice address=192.0.2.1 directoryNumber=101 outcome=stopped"
                        + " stopped=00000000-0000-0000-0000-000000000001,00000000-0000-0000-0000-000000000002,"
                        + "00000000-0000-0000-0000-000000000003,00000000-0000-0000-0000-000000000004,"
                        + "00000000-0000-0000-0000-000000000005,00000000-0000-0000-0000-000000000006"
                        + " durationMs=12 correlationId=c-1",
                onlyLine());
    }

    @Test
    void aCallerWithoutAddress() {
        add(StopRequest.byId(new Caller("alice", null, "c-1"), null), Outcome.NOT_LIVE, null, List.of(), null);
        assertEquals("stop user=alice outcome=not-live durationMs=12 correlationId=c-1", onlyLine());
    }

    @Test
    void nobodyCanForgeALineOrAKey() {
        Caller forger = new Caller("mallory outcome=stopped", "192.0.2.1", "c-1\nstop user=alice");
        add(StopRequest.byLine(forger, "SEP1\u2028stop", "101 \"x\""), Outcome.NOT_LIVE, null, List.of(), null);
        assertEquals(
                "stop user=\"mallory outcome=stopped\" address=192.0.2.1 deviceName=\"SEP1?stop\""
                        + " directoryNumber=\"101 \\\"x\\\"\" outcome=not-live durationMs=12"
                        + " correlationId=\"c-1?stop user=alice\"",
                onlyLine());
    }

    private static void add(
            StopRequest request, Outcome outcome, StopRejection rejection, List<RecordingId> stopped, Throwable cause) {
        new LogAuditTrail()
                .stopAttempted(
                        new StopAttempted(request, outcome, rejection, stopped, Duration.ofNanos(12_900_000), cause));
    }

    private String onlyLine() {
        assertEquals(1, records.size());
        assertEquals(Level.INFO.intValue(), records.get(0).getLevel().intValue());
        return records.get(0).getMessage();
    }

    private static RecordingId id(long number) {
        return new RecordingId(new UUID(0, number));
    }
}
