package org.liverecordings.api.holds;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.hold.HeldLinesUseCase;
import org.liverecordings.recording.store.Holds;

/**
 * The holds that a caller may see.
 *
 * @param more true if there are more than are shown; null if these are all
 */
// Jackson finds a record's components by reflection, and no resource method's signature names this type.
@RegisterForReflection
record HoldsBody(
        List<Hold> holds,
        @JsonInclude(JsonInclude.Include.NON_NULL) Boolean more) {

    /** As {@link HeldLinesUseCase#list} finds them. */
    static HoldsBody of(List<Holds.Hold> found) {
        return new HoldsBody(
                found.stream().limit(HeldLinesUseCase.MOST).map(Hold::of).toList(),
                found.size() > HeldLinesUseCase.MOST ? true : null);
    }

    /**
     * A hold. Times are ISO 8601 in UTC, to the millisecond.
     *
     * @param deviceName null if it is on all devices of the number
     * @param directoryNumber null if it is on all lines of the device
     * @param why the reason of the stop that put it; null if none was given
     * @param user who stopped
     */
    @RegisterForReflection
    record Hold(
            String id, String deviceName, String directoryNumber, String why, String user, String since, String until) {

        private static Hold of(Holds.Hold hold) {
            return new Hold(
                    hold.id().toString(),
                    DeviceName.valueOf(hold.line().deviceName()),
                    DirectoryNumber.valueOf(hold.line().directoryNumber()),
                    hold.why(),
                    hold.user(),
                    millis(hold.since()),
                    millis(hold.until()));
        }

        private static String millis(Instant instant) {
            return instant.truncatedTo(ChronoUnit.MILLIS).toString();
        }
    }
}
