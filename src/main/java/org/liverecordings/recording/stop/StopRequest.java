package org.liverecordings.recording.stop;

import java.util.Arrays;
import java.util.List;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.audit.AuditTrail.Asked;
import org.liverecordings.recording.audit.AuditTrail.Operation;
import org.liverecordings.text.Texts;

/**
 * A stop as it was asked for, not yet validated, so that the trail can tell what was asked even where it made no sense.
 *
 * @param caller never null
 * @param scope what is named
 * @param id may be null or anything
 * @param deviceName null, empty or blank if absent
 * @param directoryNumber null, empty or blank if absent
 * @param why the caller's reason, for the trail; null if absent
 */
public record StopRequest(
        Caller caller, Scope scope, String id, String deviceName, String directoryNumber, String why) {

    /** What a stop can name. */
    public enum Scope {
        /** A recording. */
        ID,
        /** A device, a line, or one line of one device. */
        LINE,
        /** The caller's own lines. */
        MINE
    }

    /** A stop of the recording with this id. */
    public static StopRequest byId(Caller caller, String id) {
        return new StopRequest(caller, Scope.ID, id, null, null, null);
    }

    /** A stop of what is being recorded on a device, a line, or one line of one device. */
    public static StopRequest byLine(Caller caller, String deviceName, String directoryNumber) {
        return new StopRequest(caller, Scope.LINE, null, deviceName, directoryNumber, null);
    }

    /** A stop of what is being recorded on the caller's own lines. */
    public static StopRequest mine(Caller caller) {
        return new StopRequest(caller, Scope.MINE, null, null, null, null);
    }

    /**
     * The same stop with a reason. If it is given in several places, it must be the same in all: different ones make one that can't be noted.
     *
     * @param reasons each null, empty or blank if there is none
     */
    public StopRequest because(String... reasons) {
        List<String> given = Arrays.stream(reasons)
                .filter(reason -> !Texts.isBlank(reason))
                .map(Texts::strip)
                .distinct()
                .toList();
        // No reason holds a line's end.
        String all = given.isEmpty() ? null : String.join("\n", given);
        return new StopRequest(caller, scope, id, deviceName, directoryNumber, all);
    }

    /**
     * What is named, unless it is the caller's own lines.
     *
     * @throws StopRejectedException with {@link StopRejection#INVALID_TARGET} if the id is not a GUID, or neither name is given
     */
    RecordingTarget target() {
        if (scope == Scope.ID) {
            return RecordingId.parse(id)
                    .map(RecordingTarget.ById::new)
                    .orElseThrow(() -> new StopRejectedException(StopRejection.INVALID_TARGET));
        }
        return LineSelector.of(deviceName, directoryNumber)
                .map(RecordingTarget.OnLine::new)
                .orElseThrow(() -> new StopRejectedException(StopRejection.INVALID_TARGET));
    }

    /**
     * @throws NotPermittedException if nothing that can be named is the caller's to stop (contract: below level 10 is 403)
     */
    void checkPermitted() {
        if (scope != Scope.MINE) {
            caller.requireManagedLines();
        }
    }

    Asked asked() {
        return new Asked(
                Operation.STOP, caller, scope == Scope.MINE ? Asked.OWN_LINES : id, deviceName, directoryNumber, why);
    }
}
