package org.liverecordings.recorder.asterisk;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.liverecordings.recorder.upstream.UpstreamAddress;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.LiveRecording.Call;
import org.liverecordings.recording.LiveRecording.Pauses;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.RecordingOrigin;
import org.liverecordings.recording.RecordingStatus;

/**
 * What is recorded, written so that it can be an argument of a Stasis application: Asterisk keeps it with the channel that listens,
 * for whoever finds the channel and knows nothing of its recording.
 */
final class RecordedLine {

    private static final int FIELDS = 5;

    private RecordedLine() {}

    static String write(LiveRecording recording, Call call) {
        return Stream.of(
                        recording.deviceName().value(),
                        recording.directoryNumber().value(),
                        Long.toString(recording.startedAt().toEpochMilli()),
                        call.remoteName(),
                        call.remoteNumber())
                .map(text -> text == null ? "" : UpstreamAddress.encode(text))
                .collect(Collectors.joining(","));
    }

    /**
     * @param applicationData the application's name and its arguments
     * @return empty if they aren't ours
     */
    static Optional<LiveRecording> read(RecordingId id, String applicationData, RecordingStatus status, String node) {
        List<String> fields = Arrays.stream(applicationData.split(",", -1))
                .skip(1)
                .map(text -> URLDecoder.decode(text, StandardCharsets.UTF_8))
                .toList();
        if (fields.size() != FIELDS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LiveRecording(
                    id,
                    DeviceName.of(fields.get(0)),
                    DirectoryNumber.of(fields.get(1)),
                    RecordingMode.MEDIA_FORKING,
                    RecordingOrigin.MANUAL,
                    Instant.ofEpochMilli(Long.parseLong(fields.get(2))),
                    status,
                    new Call(node, orNull(fields.get(3)), orNull(fields.get(4))),
                    Pauses.NONE));
        } catch (IllegalArgumentException | NullPointerException e) {
            return Optional.empty();
        }
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
