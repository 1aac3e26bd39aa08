package org.liverecordings.recording;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.liverecordings.recording.event.Cause;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.timer.TimerRules;
import org.liverecordings.registry.memory.MemoryTimers;

/** Recordings and callers to test with. */
public final class Recordings {

    /** When the recordings were started. */
    public static final Instant STARTED_AT = Instant.parse("2026-01-01T12:00:00Z");

    /** May do everything. */
    public static final Caller ALICE = new Caller("alice", 10, null, "c-1");

    /** May do everything on his own lines. */
    public static final Caller BOB = new Caller("bob", 9, null, "c-2");

    /** She stops something. */
    public static final Cause STOP = new Cause("alice", "stop", "c-1", null, null);

    private Recordings() {}

    /** Mia, who may do everything on the lines of these groups, and on her own what every level may. */
    public static Caller manager(String... groups) {
        return new Caller(
                "mia",
                1,
                Stream.of(groups).map(Line.Group::of).collect(Collectors.toSet()),
                null,
                "c-3",
                Deadline.NONE,
                null);
    }

    public static RecordingId id(long number) {
        return new RecordingId(new UUID(0, number));
    }

    public static LiveRecording forked(RecordingId id, String device, String number) {
        return new LiveRecording(
                id,
                DeviceName.of(device),
                DirectoryNumber.of(number),
                RecordingMode.MEDIA_FORKING,
                RecordingOrigin.MANUAL,
                STARTED_AT,
                RecordingStatus.RECORDING);
    }

    /**
     * @param device may be null
     */
    public static LiveRecording dialIn(RecordingId id, String device, String number, RecordingOrigin origin) {
        return new LiveRecording(
                id,
                DeviceName.ofNullable(device),
                DirectoryNumber.of(number),
                RecordingMode.DIAL_IN,
                origin,
                STARTED_AT,
                RecordingStatus.RECORDING);
    }

    /**
     * @param username may be null
     */
    public static ListedRecording listed(RecordingId id, String username) {
        return new ListedRecording(
                id, STARTED_AT, Duration.ofSeconds(90), username, ListedRecording.RemoteParty.UNKNOWN, false);
    }

    /** What requests may set, kept in memory. */
    public static TimerRules timers() {
        return new TimerRules(
                new MemoryTimers(null, 1000, InstantSource.system()), Duration.ofHours(24), Optional.empty());
    }

    /** Either may be null. */
    public static LineSelector on(String device, String number) {
        return new LineSelector(DeviceName.ofNullable(device), DirectoryNumber.ofNullable(number));
    }
}
