package org.liverecordings.recorder.embedded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.liverecordings.csv.CsvRow;
import org.liverecordings.csv.CsvTable;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.RecordingOrigin;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.CallRecorder;
import org.liverecordings.recording.recorder.NoConnectedCallException;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderFailedException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.store.LiveRecordingRepository;

/**
 * A recorder that lets the service run alone: the registry is its only truth, so that it records as long as an entry is there,
 * and does one thing after the other as far as the registry does.
 */
public final class EmbeddedCallRecorder implements CallRecorder {

    private static final List<String> COLUMNS = List.of("id", "deviceName", "directoryNumber", "mode", "origin");

    private final LiveRecordingRepository registry;
    private final Set<DirectoryNumber> idle;
    private final Set<RecordingId> unreachable;
    private final Set<RecordingId> failing;

    /**
     * @throws IllegalArgumentException if an id to simulate trouble with is not a GUID
     */
    public EmbeddedCallRecorder(LiveRecordingRepository registry, EmbeddedConfig config) {
        this.registry = registry;
        this.idle = config.idleNumbers().orElse(List.of()).stream()
                .map(DirectoryNumber::of)
                .collect(Collectors.toUnmodifiableSet());
        this.unreachable = ids(
                "live-recordings.embedded.simulate.unreachable",
                config.simulate().unreachable());
        this.failing = ids(
                "live-recordings.embedded.simulate.failing", config.simulate().failing());
    }

    private static Set<RecordingId> ids(String property, Optional<List<String>> texts) {
        return texts.orElse(List.of()).stream()
                .map(text -> RecordingId.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException(property + ": not a GUID: " + text)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Reads what is being recorded when the service starts.
     *
     * @param learntAt what counts as the recordings' start
     * @throws org.liverecordings.csv.BadCsvException if the file can't be read, a row is bad, or an id stands in it twice
     */
    public static List<LiveRecording> readRecordings(String location, Instant learntAt) {
        Map<RecordingId, LiveRecording> recordings = new HashMap<>();
        List<LiveRecording> inOrder = new ArrayList<>();
        new CsvTable(location, COLUMNS).forEach(row -> {
            LiveRecording recording = recording(row, learntAt);
            if (recordings.putIfAbsent(recording.id(), recording) != null) {
                throw new IllegalArgumentException("recording " + recording.id() + " is there already");
            }
            inOrder.add(recording);
        });
        return inOrder;
    }

    private static LiveRecording recording(CsvRow row, Instant learntAt) {
        String id = row.required("id");
        String device = row.text("deviceName");
        return new LiveRecording(
                RecordingId.parse(id).orElseThrow(() -> new IllegalArgumentException("id is not a GUID: " + id)),
                device.isEmpty() ? null : DeviceName.ofInventory(device),
                DirectoryNumber.ofInventory(row.required("directoryNumber")),
                row.constant("mode", RecordingMode.class),
                row.constant("origin", RecordingOrigin.class),
                learntAt,
                RecordingStatus.RECORDING);
    }

    @Override
    public CompletionStage<Void> start(LiveRecording recording) {
        return answer(recording.id(), () -> {
            if (idle.contains(recording.directoryNumber())) {
                throw new NoConnectedCallException();
            }
            registry.change(recording.id(), RecordingStatus.START_PENDING, RecordingStatus.RECORDING);
            return null;
        });
    }

    @Override
    public CompletionStage<Void> stop(RecordingId id) {
        return answer(id, () -> stopped(registry.find(id)));
    }

    /** An entry that is gone by now is nobody's to claim, whatever is answered here. */
    @Override
    public CompletionStage<Void> stop(LiveRecording entry) {
        return answer(entry.id(), () -> stopped(Optional.of(entry)));
    }

    private static Void stopped(Optional<LiveRecording> entry) {
        if (entry.filter(LiveRecording::isLive).isEmpty()) {
            throw new NoLiveRecordingException();
        }
        return null;
    }

    @Override
    public CompletionStage<Void> pause(RecordingId id) {
        return change(id, RecordingStatus.RECORDING, RecordingStatus.PAUSED, "the recording is paused");
    }

    @Override
    public CompletionStage<Void> resume(RecordingId id) {
        return change(id, RecordingStatus.PAUSED, RecordingStatus.RECORDING, "the recording isn't paused");
    }

    private CompletionStage<Void> change(
            RecordingId id, RecordingStatus expected, RecordingStatus changed, String alreadySo) {
        return answer(id, () -> {
            RecordingStatus before = registry.change(id, expected, changed).orElseThrow(NoLiveRecordingException::new);
            if (before == RecordingStatus.START_PENDING || before == RecordingStatus.STOPPED) {
                throw new NoLiveRecordingException();
            }
            if (before != expected) {
                throw new AlreadySoException(alreadySo);
            }
            return null;
        });
    }

    @Override
    public CompletionStage<Optional<RecordingStatus>> status(RecordingId id) {
        return answer(
                id,
                () -> registry.find(id)
                        .filter(LiveRecording::isLive)
                        .map(LiveRecording::status)
                        .filter(status -> status != RecordingStatus.START_PENDING));
    }

    private <T> CompletionStage<T> answer(RecordingId id, Supplier<T> work) {
        try {
            if (unreachable.contains(id)) {
                throw new RecorderUnavailableException("simulated outage", false, null);
            }
            if (failing.contains(id)) {
                throw new RecorderFailedException("simulated failure", false, null);
            }
            return CompletableFuture.completedStage(work.get());
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }
}
