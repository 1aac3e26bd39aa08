package org.liverecordings.api.recordings;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.liverecordings.recording.recorder.ListedRecording;

/**
 * An item of the list.
 *
 * @param id the recording's GUID
 * @param duration an ISO 8601 duration of whole seconds; null if unknown
 * @param startedAt an ISO 8601 date and time in UTC, to the millisecond: finer ones are more than some parsers take; null if
 *     unknown
 * @param isPaused null if unknown
 * @param resumesAt when its pause ends by itself, as {@code startedAt} is written; left out if it doesn't
 * @param stopsAt when it stops by itself, as {@code startedAt} is written; left out if it doesn't
 */
// Jackson finds a record's components by reflection, and no resource method's signature names this type.
@RegisterForReflection
public record ListedBody(
        String id,
        String duration,
        String startedAt,
        LocalParty localParty,
        RemoteParty remoteParty,
        Boolean isPaused,
        @JsonInclude(JsonInclude.Include.NON_NULL) String resumesAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) String stopsAt) {

    static ListedBody of(ListedRecording recording) {
        ListedRecording.RemoteParty remote = recording.remoteParty();
        return new ListedBody(
                recording.id().toString(),
                recording.duration() == null ? null : wholeSeconds(recording.duration()),
                time(recording.startedAt()),
                new LocalParty(recording.username()),
                new RemoteParty(remote.firstName(), remote.lastName(), remote.phoneNumber()),
                recording.paused(),
                time(recording.times().resumesAt()),
                time(recording.times().stopsAt()));
    }

    private static String time(Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static String wholeSeconds(Duration duration) {
        return Duration.ofSeconds(Math.max(0, duration.toSeconds())).toString();
    }

    /** The user of the line; null if unknown. */
    @RegisterForReflection
    public record LocalParty(String username) {}

    /** Who is at the other end; each null if unknown. */
    @RegisterForReflection
    public record RemoteParty(String firstName, String lastName, String phoneNumber) {}
}
