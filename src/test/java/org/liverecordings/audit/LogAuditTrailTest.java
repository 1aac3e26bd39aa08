package org.liverecordings.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.recording.Caller;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.audit.AuditTrail.Asked;
import org.liverecordings.recording.audit.AuditTrail.Entry;
import org.liverecordings.recording.audit.AuditTrail.Operation;
import org.liverecordings.recording.audit.AuditTrail.Outcome;
import org.liverecordings.recording.audit.AuditTrail.Result;
import org.liverecordings.recording.recorder.RecorderUnavailableException;

class LogAuditTrailTest {

    private static final Caller ALICE = new Caller("alice", 10, "192.0.2.1", "c-1");
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String ID = "75a90276-e47e-4e9e-b463-e3c743d5ff3a";

    private final LogAuditTrail trail = new LogAuditTrail(() -> NOW);
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
        add(stop(ALICE, ID, null, null), Result.DONE, null, List.of(id(1)), null);
        assertEquals(
                "stop user=alice address=192.0.2.1 id=" + ID
                        + " outcome=done recordings=00000000-0000-0000-0000-000000000001 durationMs=12 correlationId=c-1",
                onlyLine());
    }

    @Test
    void aStopByLine() {
        add(stop(ALICE, null, "SEP1", "+39101"), Result.DONE, null, List.of(), null);
        assertEquals(
                "stop user=alice address=192.0.2.1 deviceName=SEP1 directoryNumber=+39101 outcome=done"
                        + " durationMs=12 correlationId=c-1",
                onlyLine());
    }

    @Test
    void aRejection() {
        add(stop(ALICE, "not a GUID", null, null), Result.REJECTED, 0, List.of(), null);
        assertEquals(
                "stop user=alice address=192.0.2.1 id=\"not a GUID\" outcome=rejected reason=0"
                        + " durationMs=12 correlationId=c-1",
                onlyLine());
    }

    @Test
    void whatIsNotLive() {
        add(stop(ALICE, null, null, "101"), Result.NOT_LIVE, null, List.of(), null);
        assertEquals(
                "stop user=alice address=192.0.2.1 directoryNumber=101 outcome=not-live"
                        + " durationMs=12 correlationId=c-1",
                onlyLine());
    }

    @Test
    void aFailureNamesItsCause() {
        add(
                stop(ALICE, null, "SEP1", null),
                Result.UNKNOWN,
                null,
                List.of(),
                new RecorderUnavailableException("no answer in time", true, null));
        assertEquals(
                "stop user=alice address=192.0.2.1 deviceName=SEP1 outcome=unknown durationMs=12"
                        + " cause=\"no answer in time\" correlationId=c-1",
                onlyLine(Level.WARNING));
    }

    @Test
    void aCauseWithoutMessageIsNamedByItsKind() {
        add(stop(ALICE, null, "SEP1", null), Result.FAILED, null, List.of(), new NullPointerException());
        assertEquals(
                "stop user=alice address=192.0.2.1 deviceName=SEP1 outcome=failed durationMs=12"
                        + " cause=java.lang.NullPointerException correlationId=c-1",
                onlyLine(Level.WARNING));
    }

    @Test
    void whatWasStoppedIsNamedInFullHoweverMuchItIs() {
        List<RecordingId> stopped =
                LongStream.rangeClosed(1, 6).mapToObj(LogAuditTrailTest::id).toList();
        add(stop(ALICE, null, null, "101"), Result.DONE, null, stopped, null);
        assertEquals(
                "stop user=alice address=192.0.2.1 directoryNumber=101 outcome=done"
                        + " recordings=00000000-0000-0000-0000-000000000001,00000000-0000-0000-0000-000000000002,"
                        + "00000000-0000-0000-0000-000000000003,00000000-0000-0000-0000-000000000004,"
                        + "00000000-0000-0000-0000-000000000005,00000000-0000-0000-0000-000000000006"
                        + " durationMs=12 correlationId=c-1",
                onlyLine());
    }

    @Test
    void aCallerWithoutAddress() {
        add(stop(new Caller("alice", 10, null, "c-1"), null, null, null), Result.NOT_LIVE, null, List.of(), null);
        assertEquals("stop user=alice outcome=not-live durationMs=12 correlationId=c-1", onlyLine());
    }

    @Test
    void nobodyCanForgeALineOrAKey() {
        Caller forger = new Caller("mallory outcome=done", 10, "192.0.2.1", "c-1\nstop user=alice");
        add(stop(forger, null, "SEP1\u2028stop", "101 \"x\""), Result.NOT_LIVE, null, List.of(), null);
        assertEquals(
                "stop user=\"mallory outcome=done\" address=192.0.2.1 deviceName=\"SEP1?stop\""
                        + " directoryNumber=\"101 \\\"x\\\"\" outcome=not-live durationMs=12"
                        + " correlationId=\"c-1?stop user=alice\"",
                onlyLine());
    }

    @ParameterizedTest
    @CsvSource({"START, start", "PAUSE, pause", "RESUME, resume"})
    void everyOperationHasItsWord(Operation operation, String word) {
        add(new Asked(operation, ALICE, null, null, "101"), Result.ALREADY_SO, null, List.of(), null);
        assertEquals(
                word + " user=alice address=192.0.2.1 directoryNumber=101 outcome=already-so durationMs=12"
                        + " correlationId=c-1",
                onlyLine());
    }

    @Test
    void aCallerThatMayNot() {
        add(stop(ALICE, ID, null, null), Result.FORBIDDEN, null, List.of(), null);
        assertEquals(
                "stop user=alice address=192.0.2.1 id=" + ID + " outcome=forbidden durationMs=12 correlationId=c-1",
                onlyLine());
    }

    @Test
    void whatIsAskedIsDatedAndWritesNoLine() {
        Entry entry = trail.asked(stop(ALICE, ID, null, null));
        assertEquals(stop(ALICE, ID, null, null), entry.asked());
        assertEquals(NOW, entry.at());
        assertEquals(List.of(), records);
    }

    @Test
    void entriesAreToldApart() {
        Entry one = trail.asked(stop(ALICE, ID, null, null));
        Entry other = trail.asked(stop(ALICE, ID, null, null));
        assertNotEquals(one.id(), other.id());
    }

    @Test
    void whatWasInferredAndWhatWasAnsweredBeforeSaysSo() {
        Entry entry = trail.asked(stop(ALICE, ID, null, null));
        trail.settled(entry, new Outcome(Result.DONE, null, List.of(), Duration.ZERO, null, true, true));
        assertTrue(onlyLine().contains(" outcome=done inferred=true repetition=true durationMs=0 "), onlyLine());
    }

    private static Asked stop(Caller caller, String id, String deviceName, String directoryNumber) {
        return new Asked(Operation.STOP, caller, id, deviceName, directoryNumber);
    }

    private void add(Asked asked, Result result, Integer reason, List<RecordingId> recordings, Throwable cause) {
        Entry entry = trail.asked(asked);
        trail.ended(entry, new Outcome(result, reason, recordings, Duration.ofNanos(12_900_000), cause));
    }

    private String onlyLine() {
        return onlyLine(Level.INFO);
    }

    private String onlyLine(Level level) {
        assertEquals(1, records.size());
        assertEquals(level.intValue(), records.get(0).getLevel().intValue());
        return records.get(0).getMessage();
    }

    private static RecordingId id(long number) {
        return new RecordingId(new UUID(0, number));
    }
}
