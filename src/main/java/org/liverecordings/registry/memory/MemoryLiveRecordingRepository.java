package org.liverecordings.registry.memory;

import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.LiveRecording.Call;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.store.LiveRecordingRepository;

/**
 * Keeps the registry in this process. One lock guards the map and its indexes: each operation under it takes microseconds, but for a
 * list of all, which is far from being felt at the rate at which recordings start and stop.
 */
public final class MemoryLiveRecordingRepository implements LiveRecordingRepository {

    private final Map<RecordingId, LiveRecording> recordings = new HashMap<>();
    private final NavigableSet<RecordingId> inOrder = new TreeSet<>();
    private final NavigableSet<RecordingId> unsettled = new TreeSet<>();
    private final Map<DeviceName, TreeSet<RecordingId>> byDevice = new HashMap<>();
    private final Map<DirectoryNumber, TreeSet<RecordingId>> byNumber = new HashMap<>();

    /** The status of each that was published last. */
    private final Map<RecordingId, RecordingStatus> published = new HashMap<>();

    private final InstantSource clock;

    /**
     * An empty one.
     *
     * @param clock tells since when a recording is paused
     */
    public MemoryLiveRecordingRepository(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void addAll(Collection<LiveRecording> added) {
        added.forEach(this::add);
    }

    private void add(LiveRecording recording) {
        if (recordings.putIfAbsent(recording.id(), recording) == null) {
            published.put(recording.id(), recording.status());
            if (recording.deviceName() != null) {
                index(byDevice, recording.deviceName(), recording.id());
            }
            index(byNumber, recording.directoryNumber(), recording.id());
            inOrder.add(recording.id());
            noteWhetherSettled(recording);
        }
    }

    private void noteWhetherSettled(LiveRecording recording) {
        if (recording.status() == RecordingStatus.START_PENDING || !recording.isLive()) {
            unsettled.add(recording.id());
        } else {
            unsettled.remove(recording.id());
        }
    }

    @Override
    public synchronized boolean addIfLineIsFree(LiveRecording recording) {
        for (LiveRecording other : find(new LineSelector(null, recording.directoryNumber()))) {
            if (other.isLive()
                    && (other.deviceName() == null || other.deviceName().equals(recording.deviceName()))) {
                return false;
            }
        }
        add(recording);
        return true;
    }

    @Override
    public synchronized Optional<LiveRecording> find(RecordingId id) {
        return Optional.ofNullable(recordings.get(id));
    }

    @Override
    public synchronized List<LiveRecording> find(LineSelector selector) {
        Collection<RecordingId> candidates = selector.deviceName() != null
                ? byDevice.get(selector.deviceName())
                : byNumber.get(selector.directoryNumber());
        return candidates == null
                ? List.of()
                : candidates.stream()
                        .map(recordings::get)
                        .filter(selector::selects)
                        .toList();
    }

    @Override
    public synchronized List<LiveRecording> findOn(Collection<DirectoryNumber> numbers) {
        return numbers.stream()
                .distinct()
                .flatMap(number -> find(new LineSelector(null, number)).stream())
                .sorted(Comparator.comparing(LiveRecording::id))
                .toList();
    }

    @Override
    public synchronized List<LiveRecording> findAll() {
        return inOrder.stream().map(recordings::get).toList();
    }

    @Override
    public synchronized List<LiveRecording> findAfter(RecordingId after, int limit) {
        NavigableSet<RecordingId> rest = after == null ? inOrder : inOrder.tailSet(after, false);
        return rest.stream().limit(limit).map(recordings::get).toList();
    }

    @Override
    public synchronized List<LiveRecording> findUnsettled() {
        return unsettled.stream().map(recordings::get).toList();
    }

    @Override
    public synchronized boolean learn(RecordingId id, Call call) {
        return recordings.computeIfPresent(id, (same, recording) -> recording.of(call)) != null;
    }

    @Override
    public synchronized Optional<RecordingStatus> change(
            RecordingId id, RecordingStatus expected, RecordingStatus changed) {
        LiveRecording recording = recordings.get(id);
        if (recording == null) {
            return Optional.empty();
        }
        if (recording.status() == expected) {
            LiveRecording other = recording.with(changed, clock.instant());
            recordings.put(id, other);
            noteWhetherSettled(other);
        }
        return Optional.of(recording.status());
    }

    @Override
    public synchronized boolean remove(RecordingId id) {
        LiveRecording removed = recordings.remove(id);
        published.remove(id);
        if (removed == null) {
            return false;
        }
        inOrder.remove(id);
        unsettled.remove(id);
        if (removed.deviceName() != null) {
            unindex(byDevice, removed.deviceName(), id);
        }
        unindex(byNumber, removed.directoryNumber(), id);
        return true;
    }

    /**
     * Notes that what a recording is by now is published.
     *
     * @return what was published before; empty if there is no such recording
     */
    synchronized Optional<RecordingStatus> markPublished(RecordingId id) {
        LiveRecording recording = recordings.get(id);
        return recording == null ? Optional.empty() : Optional.of(published.put(id, recording.status()));
    }

    @Override
    public synchronized long count() {
        return recordings.size();
    }

    /** How many there are in each state. */
    public synchronized Map<RecordingStatus, Long> countByStatus() {
        return recordings.values().stream()
                .collect(Collectors.groupingBy(LiveRecording::status, Collectors.counting()));
    }

    private static <K> void index(Map<K, TreeSet<RecordingId>> index, K key, RecordingId id) {
        index.computeIfAbsent(key, k -> new TreeSet<>()).add(id);
    }

    private static <K> void unindex(Map<K, TreeSet<RecordingId>> index, K key, RecordingId id) {
        TreeSet<RecordingId> ids = index.get(key);
        ids.remove(id);
        if (ids.isEmpty()) {
            index.remove(key);
        }
    }
}
