package org.liverecordings.recording.pause;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.audit.AuditTrail.Asked;
import org.liverecordings.recording.audit.AuditTrail.Operation;
import org.liverecordings.text.Texts;

/**
 * A pause or a resume as it was asked for, not yet validated.
 *
 * @param caller never null
 * @param resume whether it is a resume
 * @param byId whether the recording's id was given rather than its line
 * @param id may be null or anything
 * @param directoryNumber null, empty or blank if absent
 * @param resumeAfter when a pause ends by itself, as a duration; null if it doesn't
 * @param why for the trail; null if nothing is to be noted
 */
public record PauseRequest(
        Caller caller,
        boolean resume,
        boolean byId,
        String id,
        String directoryNumber,
        String resumeAfter,
        String why) {

    /** A pause of the recording with this id; it doesn't end by itself. */
    public static PauseRequest pauseById(Caller caller, String id) {
        return new PauseRequest(caller, false, true, id, null, null, null);
    }

    /** A pause of what is being recorded on a number; it doesn't end by itself. */
    public static PauseRequest pauseOnNumber(Caller caller, String directoryNumber) {
        return new PauseRequest(caller, false, false, null, directoryNumber, null, null);
    }

    /** A resume of the recording with this id. */
    public static PauseRequest resumeById(Caller caller, String id) {
        return new PauseRequest(caller, true, true, id, null, null, null);
    }

    /** A resume of what is being recorded on a number. */
    public static PauseRequest resumeOnNumber(Caller caller, String directoryNumber) {
        return new PauseRequest(caller, true, false, null, directoryNumber, null, null);
    }

    /**
     * The same pause, but ending by itself.
     *
     * @param duration may be anything; null, empty or blank if absent
     */
    public PauseRequest resumingAfter(String duration) {
        return new PauseRequest(
                caller, resume, byId, id, directoryNumber, Texts.isBlank(duration) ? null : duration, why);
    }

    /** The same request with a reason. */
    public PauseRequest because(String reason) {
        return new PauseRequest(caller, resume, byId, id, directoryNumber, resumeAfter, reason);
    }

    /**
     * @throws PauseRejectedException if the id is not a GUID, or the directory number is absent
     */
    RecordingTarget target() {
        if (byId) {
            return RecordingId.parse(id).map(RecordingTarget.ById::new).orElseThrow(PauseRejectedException::new);
        }
        return LineSelector.of(null, directoryNumber)
                .map(RecordingTarget.OnLine::new)
                .orElseThrow(PauseRejectedException::new);
    }

    Asked asked() {
        return new Asked(resume ? Operation.RESUME : Operation.PAUSE, caller, id, null, directoryNumber, why);
    }
}
