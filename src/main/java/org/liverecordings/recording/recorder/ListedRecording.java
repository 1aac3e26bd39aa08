package org.liverecordings.recording.recorder;

import java.time.Duration;
import java.time.Instant;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.store.Timers.Times;

/**
 * A live recording as it is listed.
 *
 * @param id never null
 * @param startedAt null if unknown
 * @param duration since then; null if unknown
 * @param username the user of the line; null if unknown
 * @param remoteParty who is at the other end; never null
 * @param paused as the recorder confirmed it; null if unknown
 * @param times when something happens to it by itself; never null
 */
public record ListedRecording(
        RecordingId id,
        Instant startedAt,
        Duration duration,
        String username,
        RemoteParty remoteParty,
        Boolean paused,
        Times times) {

    /** A recording to which nothing happens by itself. */
    public ListedRecording(
            RecordingId id,
            Instant startedAt,
            Duration duration,
            String username,
            RemoteParty remoteParty,
            Boolean paused) {
        this(id, startedAt, duration, username, remoteParty, paused, Times.NONE);
    }

    /** The same recording with what happens to it by itself. */
    public ListedRecording with(Times known) {
        return new ListedRecording(id, startedAt, duration, username, remoteParty, paused, known);
    }

    /** Whether it is on the caller's own line. */
    public boolean belongsTo(Caller caller) {
        return Line.isSameUser(username, caller.name());
    }

    /**
     * Who is at the other end of the call.
     *
     * @param firstName null if unknown
     * @param lastName null if unknown
     * @param phoneNumber null if unknown
     */
    public record RemoteParty(String firstName, String lastName, String phoneNumber) {

        /** Nothing is known. */
        public static final RemoteParty UNKNOWN = new RemoteParty(null, null, null);
    }
}
