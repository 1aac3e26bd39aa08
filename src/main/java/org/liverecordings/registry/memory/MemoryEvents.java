package org.liverecordings.registry.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.event.Cause;
import org.liverecordings.recording.event.EventLog;
import org.liverecordings.recording.event.EventType;
import org.liverecordings.recording.event.Events;
import org.liverecordings.recording.event.RecordingEvent;

/** Keeps events in this process: as many as fit in, the oldest go first. */
public final class MemoryEvents implements Events, EventLog {

    private final Deque<RecordingEvent.Numbered> kept = new ArrayDeque<>();
    private final MemoryLiveRecordingRepository registry;
    private final String recorder;
    private final int capacity;
    private final InstantSource clock;
    private long latest;
    private long forgottenUpTo;

    /**
     * @param registry where each recording has an entry; null if they are a suite's
     * @param recorder what events call it
     * @param capacity how many are kept
     */
    public MemoryEvents(MemoryLiveRecordingRepository registry, String recorder, int capacity, InstantSource clock) {
        this.registry = registry;
        this.recorder = recorder;
        this.capacity = capacity;
        this.clock = clock;
        // Positions start above those of any earlier process, so that an old one is never valid here.
        this.latest = clock.millis() * 1000;
        this.forgottenUpTo = latest;
    }

    @Override
    public synchronized void changed(Collection<RecordingId> recordings, Cause cause) {
        if (registry != null) {
            recordings.forEach(id -> changed(id, cause));
        } else if (cause != null) {
            EventType.ofOperation(cause.operation()).ifPresent(type -> confirmed(type, recordings, cause));
        }
    }

    private void confirmed(EventType type, Collection<RecordingId> recordings, Cause cause) {
        List<RecordingId> named = new ArrayList<>(recordings);
        if (named.isEmpty()) {
            named.add(null);
        }
        named.forEach(id -> addOfSuite(type, id, cause, false));
    }

    private void changed(RecordingId id, Cause cause) {
        Optional<LiveRecording> found = registry.find(id)
                .filter(entry ->
                        entry.status() == RecordingStatus.RECORDING || entry.status() == RecordingStatus.PAUSED);
        if (found.isEmpty()) {
            return;
        }
        LiveRecording entry = found.get();
        RecordingStatus before = registry.markPublished(id).orElse(entry.status());
        if (before == RecordingStatus.START_PENDING) {
            add(EventType.STARTED, entry, cause, false);
        }
        if (entry.status() == RecordingStatus.PAUSED && before != RecordingStatus.PAUSED) {
            add(EventType.PAUSED, entry, cause, false);
        } else if (entry.status() == RecordingStatus.RECORDING && before == RecordingStatus.PAUSED) {
            add(EventType.RESUMED, entry, cause, false);
        }
    }

    @Override
    public synchronized void ended(LiveRecording recording, EventType type, Cause cause) {
        add(type, recording, cause, false);
    }

    @Override
    public synchronized void held(Collection<LineSelector> lines, EventType type, Cause cause) {
        lines.forEach(line -> add(type, null, line.deviceName(), line.directoryNumber(), cause, null, false));
    }

    /** Notes what became of a recording with an entry. */
    synchronized void add(EventType type, LiveRecording entry, Cause cause, boolean inferred) {
        add(
                type,
                entry.id(),
                entry.deviceName(),
                entry.directoryNumber(),
                cause,
                entry.call().node(),
                inferred);
    }

    /**
     * Notes what became of a suite's recording.
     *
     * @param recording null if the suite was asked by line
     */
    synchronized void addOfSuite(EventType type, RecordingId recording, Cause cause, boolean inferred) {
        add(
                type,
                recording,
                cause.line() == null ? null : cause.line().deviceName(),
                cause.line() == null ? null : cause.line().directoryNumber(),
                cause,
                null,
                inferred);
    }

    private void add(
            EventType type,
            RecordingId recording,
            DeviceName device,
            DirectoryNumber number,
            Cause cause,
            String node,
            boolean inferred) {
        latest++;
        kept.addLast(new RecordingEvent.Numbered(
                latest,
                new RecordingEvent(
                        UUID.randomUUID(),
                        type,
                        clock.instant(),
                        recording,
                        device,
                        number,
                        cause == null ? null : cause.user(),
                        cause == null ? null : cause.operation(),
                        cause == null ? null : cause.correlationId(),
                        cause == null ? null : cause.traceparent(),
                        recorder,
                        node,
                        inferred)));
        while (kept.size() > capacity) {
            forgottenUpTo = kept.removeFirst().position();
        }
    }

    @Override
    public synchronized List<RecordingEvent.Numbered> after(long position, int limit) {
        return kept.stream()
                .filter(event -> event.position() > position)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized long latest() {
        return latest;
    }

    @Override
    public synchronized long forgottenUpTo() {
        return forgottenUpTo;
    }

    @Override
    public synchronized long before(Instant time) {
        return kept.stream()
                .filter(event -> !event.event().at().isBefore(time))
                .findFirst()
                .map(event -> event.position() - 1)
                .orElse(latest);
    }

    @Override
    public synchronized int removeOlderThan(Duration age) {
        Instant oldest = clock.instant().minus(age);
        int removed = 0;
        while (!kept.isEmpty() && kept.getFirst().event().at().isBefore(oldest)) {
            forgottenUpTo = kept.removeFirst().position();
            removed++;
        }
        return removed;
    }

    /** Nothing to do: change and event die together with the process. */
    @Override
    public void noteForgotten() {}
}
