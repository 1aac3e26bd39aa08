package org.liverecordings.registry.postgres;

import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.text.Sha256;

/** The texts under which targets are stored. Equal targets have equal texts, short enough to be indexed. */
final class TargetKeys {

    private static final int LONGEST_READABLE = 200;
    private static final String ID = "id ";

    /** In SQL, of a row with the id of a recording: the text of that recording as a target. */
    static final String OF_ROW = "'" + ID + "' || CAST(id AS text)";

    private TargetKeys() {}

    static String of(RecordingTarget target) {
        if (target instanceof RecordingTarget.ById byId) {
            return ID + byId.id();
        }
        if (target instanceof RecordingTarget.OfUser ofUser) {
            return bounded("user " + ofUser.userKey());
        }
        if (target instanceof RecordingTarget.OfManager ofManager) {
            return bounded("manager " + ofManager.userKey());
        }
        LineSelector line = ((RecordingTarget.OnLine) target).selector();
        String device = line.deviceName() == null ? "" : line.deviceName().key();
        String number =
                line.directoryNumber() == null ? "" : line.directoryNumber().value();
        // With the length no device and number read like another pair.
        return bounded("line " + device.length() + ' ' + device + ' ' + number);
    }

    /** In their order, in which locks are taken. */
    static String[] of(Collection<RecordingTarget> targets) {
        return targets.stream().map(TargetKeys::of).sorted().toArray(String[]::new);
    }

    /** The ids of recordings, in their order. */
    static UUID[] idsOf(Collection<RecordingId> recordings) {
        return recordings.stream().map(RecordingId::value).toArray(UUID[]::new);
    }

    /** The ids of the recordings among the targets, in the order of {@link #of(Collection)}. */
    static UUID[] ids(Collection<RecordingTarget> targets) {
        return targets.stream()
                .filter(RecordingTarget.ById.class::isInstance)
                .map(target -> ((RecordingTarget.ById) target).id().value())
                .toArray(UUID[]::new);
    }

    /** For each of the targets the id of its recording; null for those that name none. */
    static UUID[] idsOrNull(Collection<RecordingTarget> targets) {
        return targets.stream()
                .map(target ->
                        target instanceof RecordingTarget.ById byId ? byId.id().value() : null)
                .toArray(UUID[]::new);
    }

    /** The recording that the text names; empty if it names none. */
    static Optional<RecordingTarget> recording(String text) {
        return text.startsWith(ID)
                ? RecordingId.parse(text.substring(ID.length())).map(RecordingTarget.ById::new)
                : Optional.empty();
    }

    /** PostgreSQL stores no NUL, which a client may send for all that. */
    private static String bounded(String text) {
        boolean readable = text.length() <= LONGEST_READABLE && text.indexOf('\0') < 0;
        return readable ? text : "sha256 " + Sha256.hex(text);
    }
}
