package org.liverecordings.recording;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.liverecordings.recording.ListedRecording.RemoteParty;

/** Lists what is in the registry. */
public final class DecidingListRecordings implements ListRecordingsUseCase {

    private final LiveRecordingRepository registry;
    private final LineCapabilities lines;
    private final OwnLines ownLines;
    private final InstantSource clock;

    /** None is null. */
    public DecidingListRecordings(LiveRecordingRepository registry, LineCapabilities lines, InstantSource clock) {
        this.registry = registry;
        this.lines = lines;
        this.ownLines = new OwnLines(lines);
        this.clock = clock;
    }

    @Override
    public List<ListedRecording> list(Caller caller, ListFilter filter) {
        if (filter.numericUserId() != null) {
            // The inventory knows users by their names alone, so that no number is anybody's.
            return List.of();
        }
        Instant now = clock.instant();
        List<ListedRecording> listed = new ArrayList<>();
        for (LiveRecording recording : visible(caller, filter)) {
            String username = username(recording);
            if (filter.username() == null || Line.isSameUser(username, filter.username())) {
                listed.add(new ListedRecording(
                        recording.id(),
                        recording.startedAt(),
                        Duration.between(recording.startedAt(), now),
                        username,
                        RemoteParty.UNKNOWN,
                        recording.status() == RecordingStatus.PAUSED));
            }
        }
        return listed;
    }

    private List<LiveRecording> visible(Caller caller, ListFilter filter) {
        if (filter.deviceName() == null && filter.directoryNumber() == null) {
            return ownLines.permitted(caller, registry.findAll());
        }
        return ownLines.permitted(
                caller, registry.find(new LineSelector(filter.deviceName(), filter.directoryNumber())));
    }

    private String username(LiveRecording recording) {
        Optional<Line> line = recording.deviceName() != null
                ? lines.find(recording.deviceName(), recording.directoryNumber())
                : lines.find(new LineSelector(null, recording.directoryNumber())).stream()
                        .findFirst();
        return line.map(Line::username).orElse(null);
    }
}
