package org.liverecordings.registry;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.LiveRecording.Call;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.store.LiveRecordingRepository;

/**
 * Keeps the registry in this process. One lock guards the map and its two indexes: each operation under it takes microseconds,
 * which is far from being felt at the rate at which recordings start and stop.
 */
public final class MemoryLiveRecordingRepository implements LiveRecordingRepository {

    private final Map<RecordingId, LiveRecording> recordings = new HashMap<>();
    private final Map<DeviceName, TreeSet<RecordingId>> byDevice = new HashMap<>();
    private final Map<DirectoryNumber, TreeSet<RecordingId>> byNumber = new HashMap<>();

    @Override
    public synchronized void addAll(Collection<LiveRecording> added) {
        added.forEach(this::add);
    }

    private void add(LiveRecording recording) {
        if (recordings.putIfAbsent(recording.id(), recording) == null) {
            if (recording.deviceName() != null) {
                index(byDevice, recording.deviceName(), recording.id());
            }
            index(byNumber, recording.directoryNumber(), recording.id());
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
        return recordings.values().stream()
                .sorted(Comparator.comparing(LiveRecording::id))
                .toList();
    }

    @Override
    public List<LiveRecording> findAfter(RecordingId after, int limit) {
        return findAll().stream()
                .filter(recording -> after == null || recording.id().compareTo(after) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public List<LiveRecording> findUnsettled() {
        return findAll().stream()
                .filter(recording -> recording.status() == RecordingStatus.START_PENDING || !recording.isLive())
                .toList();
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
            recordings.put(id, recording.with(changed, Instant.now()));
        }
        return Optional.of(recording.status());
    }

    @Override
    public synchronized boolean remove(RecordingId id) {
        LiveRecording removed = recordings.remove(id);
        if (removed == null) {
            return false;
        }
        if (removed.deviceName() != null) {
            unindex(byDevice, removed.deviceName(), id);
        }
        unindex(byNumber, removed.directoryNumber(), id);
        return true;
    }

    @Override
    public synchronized long count() {
        return recordings.size();
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
