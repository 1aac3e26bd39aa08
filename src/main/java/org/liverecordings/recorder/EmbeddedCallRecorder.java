package org.liverecordings.recorder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

import org.liverecordings.csv.CsvTable;
import org.liverecordings.recording.CallRecorder;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.LiveRecordingRepository;
import org.liverecordings.recording.NoLiveRecordingException;
import org.liverecordings.recording.RecorderFailedException;
import org.liverecordings.recording.RecorderUnavailableException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.RecordingOrigin;

/** A recorder that lets the service run alone: the registry is its only truth, so that it records as long as an entry is there. */
public final class EmbeddedCallRecorder implements CallRecorder {

    private static final List<String> COLUMNS = List.of("id", "deviceName", "directoryNumber", "mode", "origin");

    private final LiveRecordingRepository registry;
    private final Set<RecordingId> unreachable;
    private final Set<RecordingId> failing;

    /**
     * @throws IllegalArgumentException if an id to simulate trouble with is not a GUID
     */
    public EmbeddedCallRecorder(LiveRecordingRepository registry, EmbeddedConfig config) {
        this.registry = registry;
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
     * @throws org.liverecordings.csv.BadCsvException if the file can't be read, a row is bad, or an id stands in it twice
     */
    public static List<LiveRecording> readRecordings(String location) {
        Map<RecordingId, LiveRecording> recordings = new HashMap<>();
        List<LiveRecording> inOrder = new ArrayList<>();
        new CsvTable(location, COLUMNS).forEach(row -> {
            LiveRecording recording = recording(row);
            if (recordings.putIfAbsent(recording.id(), recording) != null) {
                throw new IllegalArgumentException("recording " + recording.id() + " is there already");
            }
            inOrder.add(recording);
        });
        return inOrder;
    }

    private static LiveRecording recording(CsvTable.Row row) {
        String id = row.required("id");
        return new LiveRecording(
                RecordingId.parse(id).orElseThrow(() -> new IllegalArgumentException("id is not a GUID: " + id)),
                DeviceName.ofNullable(row.text("deviceName")),
                DirectoryNumber.of(row.required("directoryNumber")),
                row.constant("mode", RecordingMode.class),
                row.constant("origin", RecordingOrigin.class));
    }

    @Override
    public CompletionStage<Void> stop(RecordingId id) {
        if (unreachable.contains(id)) {
            return CompletableFuture.failedStage(new RecorderUnavailableException("simulated outage", false, null));
        }
        if (failing.contains(id)) {
            return CompletableFuture.failedStage(new RecorderFailedException("simulated failure", false, null));
        }
        try {
            return registry.find(id).isPresent()
                    ? CompletableFuture.completedStage(null)
                    : CompletableFuture.failedStage(new NoLiveRecordingException());
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }
}
