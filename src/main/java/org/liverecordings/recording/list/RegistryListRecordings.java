package org.liverecordings.recording.list;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.LiveRecording.Call;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.permission.PermittedLines;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.recorder.ListedRecording.RemoteParty;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.recording.store.LiveRecordingRepository;

/** Lists what is in the registry. */
public final class RegistryListRecordings implements ListRecordingsUseCase {

    /** For how many recordings the inventory is asked at once: thousands must neither cost a look each nor one that takes long. */
    public static final int PAGE = 1000;

    private final LiveRecordingRepository registry;
    private final LineCapabilities lines;
    private final InstantSource clock;
    private final boolean pausesCount;

    /**
     * None is null.
     *
     * @param pausesCount whether the time paused is part of a recording's duration, as it is of its file
     */
    public RegistryListRecordings(
            LiveRecordingRepository registry, LineCapabilities lines, InstantSource clock, boolean pausesCount) {
        this.registry = registry;
        this.lines = lines;
        this.clock = clock;
        this.pausesCount = pausesCount;
    }

    @Override
    public List<ListedRecording> list(Caller caller, ListFilter filter) {
        if (filter.numericUserId() != null) {
            // The inventory knows users by their names alone, so that no number is anybody's.
            return List.of();
        }
        return listed(caller, candidates(caller, filter), filter.username());
    }

    @Override
    public Optional<ListedRecording> find(Caller caller, RecordingId id) {
        return listed(caller, registry.find(id).stream().toList(), null).stream()
                .findFirst();
    }

    /**
     * Those of them that the caller may see.
     *
     * @param ofUser null if it doesn't matter whose they are
     */
    private List<ListedRecording> listed(Caller caller, List<LiveRecording> some, String ofUser) {
        Instant now = clock.instant();
        List<LiveRecording> found = some.stream().filter(LiveRecording::isLive).toList();
        List<ListedRecording> listed = new ArrayList<>();
        for (int i = 0; i < found.size(); i += PAGE) {
            List<LiveRecording> page = found.subList(i, Math.min(found.size(), i + PAGE));
            Map<DirectoryNumber, List<Line>> known =
                    lines.ofNumbers(numbers(page, LiveRecording::directoryNumber)).stream()
                            .collect(Collectors.groupingBy(Line::directoryNumber));
            for (LiveRecording recording : page) {
                List<Line> appearances = known.getOrDefault(recording.directoryNumber(), List.of()).stream()
                        .filter(recording::isOn)
                        .toList();
                boolean visible =
                        caller.hasCompleteManagement() || appearances.stream().anyMatch(caller::mayActOn);
                String username =
                        appearances.isEmpty() ? null : appearances.get(0).username();
                if (visible && (ofUser == null || Line.isSameUser(username, ofUser))) {
                    listed.add(new ListedRecording(
                            recording.id(),
                            recording.startedAt(),
                            duration(recording, now),
                            username,
                            remoteParty(recording.call()),
                            recording.status() == RecordingStatus.PAUSED));
                }
            }
        }
        return listed;
    }

    /**
     * What passes the filter, and perhaps more than the caller may see. Where it matters whose they are, they are on that user's lines,
     * which are few beside all that are being recorded.
     */
    private List<LiveRecording> candidates(Caller caller, ListFilter filter) {
        String user = caller.managesLines() ? filter.username() : caller.name();
        if (user != null) {
            List<Line> own = lines.ofUser(user);
            return PermittedLines.on(own, registry.findOn(numbers(own, Line::directoryNumber))).stream()
                    .filter(filter::selects)
                    .toList();
        }
        return filter.deviceName() == null && filter.directoryNumber() == null
                ? registry.findAll()
                : registry.find(new LineSelector(filter.deviceName(), filter.directoryNumber()));
    }

    private static <T> Set<DirectoryNumber> numbers(Collection<T> of, Function<T, DirectoryNumber> number) {
        return of.stream().map(number).collect(Collectors.toSet());
    }

    private Duration duration(LiveRecording recording, Instant now) {
        Duration since = Duration.between(recording.startedAt(), now);
        return pausesCount ? since : since.minus(recording.pauses().total(now));
    }

    /** A recorder that knows one name doesn't know which part of it is which. */
    private static RemoteParty remoteParty(Call call) {
        return new RemoteParty(null, call.remoteName(), call.remoteNumber());
    }
}
