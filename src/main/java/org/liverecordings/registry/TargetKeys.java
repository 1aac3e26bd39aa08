package org.liverecordings.registry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;

/** The texts under which targets are stored. Equal targets have equal texts, short enough to be indexed. */
final class TargetKeys {

    private static final int LONGEST_READABLE = 200;
    private static final String ID = "id ";

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

    /** The ids of the recordings among the targets, in the order of {@link #of(Collection)}. */
    static UUID[] ids(Collection<RecordingTarget> targets) {
        return targets.stream()
                .filter(RecordingTarget.ById.class::isInstance)
                .map(target -> ((RecordingTarget.ById) target).id().value())
                .toArray(UUID[]::new);
    }

    /** The recording that the text names; empty if it names none. */
    static Optional<RecordingTarget> recording(String text) {
        return text.startsWith(ID)
                ? RecordingId.parse(text.substring(ID.length())).map(RecordingTarget.ById::new)
                : Optional.empty();
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST_READABLE ? text : "sha256 " + sha256(text);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
