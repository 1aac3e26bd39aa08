package org.liverecordings.recorder.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.csv.BadCsvException;
import org.liverecordings.recorder.CallRecorderContract;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.LiveRecording.Call;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.RecordingOrigin;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.recorder.CallRecorder;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.registry.memory.MemoryLiveRecordingRepository;

class EmbeddedCallRecorderTest extends CallRecorderContract {

    private static final String HEADER = "id,deviceName,directoryNumber,mode,origin";
    private static final String ID = "75a90276-e47e-4e9e-b463-e3c743d5ff3a";

    private static final Instant LEARNT_AT = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path directory;

    @Override
    protected CallRecorder recorder() {
        MemoryLiveRecordingRepository registry = new MemoryLiveRecordingRepository(InstantSource.system());
        registry.addAll(Stream.of(LIVE, ALSO_LIVE, OUT_OF_REACH, FAILING)
                .map(id -> new LiveRecording(
                        id,
                        DeviceName.of("SEP1"),
                        DirectoryNumber.of("101"),
                        RecordingMode.MEDIA_FORKING,
                        RecordingOrigin.MANUAL,
                        LEARNT_AT,
                        RecordingStatus.RECORDING))
                .toList());
        registry.addAll(List.of(STARTABLE, WITHOUT_CALL));
        return new EmbeddedCallRecorder(registry, simulating(OUT_OF_REACH.toString(), FAILING.toString()));
    }

    @Test
    void whatItStartsAndPausesIsNotedInTheRegistry() {
        LiveRecordingRepository registry = new MemoryLiveRecordingRepository(InstantSource.system());
        registry.addAll(List.of(STARTABLE));
        CallRecorder recorder =
                new EmbeddedCallRecorder(registry, simulating(OUT_OF_REACH.toString(), FAILING.toString()));
        outcome(recorder.start(STARTABLE));
        assertEquals(Optional.of(STARTABLE.with(RecordingStatus.RECORDING)), registry.find(STARTABLE.id()));
        outcome(recorder.pause(STARTABLE.id()));
        assertEquals(
                RecordingStatus.PAUSED,
                registry.find(STARTABLE.id()).orElseThrow().status());
    }

    @Test
    void aRegistryThatFailsWhilePausingIsNoExceptionOfTheRecorder() {
        CallRecorder recorder =
                new EmbeddedCallRecorder(new BrokenRegistry(), simulating(OUT_OF_REACH.toString(), FAILING.toString()));
        assertThrows(UnsupportedOperationException.class, () -> outcome(recorder.pause(LIVE)));
    }

    @Test
    void anIdToSimulateTroubleWithMustBeAGuid() {
        EmbeddedConfig config = simulating("101", FAILING.toString());
        LiveRecordingRepository registry = new MemoryLiveRecordingRepository(InstantSource.system());
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new EmbeddedCallRecorder(registry, config));
        assertEquals("live-recordings.embedded.simulate.unreachable: not a GUID: 101", refused.getMessage());
    }

    @Test
    void aRegistryThatFailsIsNoExceptionOfTheRecorder() {
        CallRecorder recorder =
                new EmbeddedCallRecorder(new BrokenRegistry(), simulating(OUT_OF_REACH.toString(), FAILING.toString()));
        IllegalStateException failure = assertThrows(IllegalStateException.class, () -> outcome(recorder.stop(LIVE)));
        assertEquals("registry is down", failure.getMessage());
    }

    @Test
    void recordingsAreReadInTheOrderOfTheFile() throws IOException {
        String file = file(HEADER, "{" + ID + "},SEP1,\\+39101,Media-Forking,AUTOMATIC", LIVE + ",,102,dial-in,manual");
        List<LiveRecording> recordings = EmbeddedCallRecorder.readRecordings(file, LEARNT_AT);
        assertEquals(
                List.of(
                        new LiveRecording(
                                RecordingId.parse(ID).orElseThrow(),
                                DeviceName.of("SEP1"),
                                DirectoryNumber.of("+39101"),
                                RecordingMode.MEDIA_FORKING,
                                RecordingOrigin.AUTOMATIC,
                                LEARNT_AT,
                                RecordingStatus.RECORDING),
                        new LiveRecording(
                                LIVE,
                                null,
                                DirectoryNumber.of("102"),
                                RecordingMode.DIAL_IN,
                                RecordingOrigin.MANUAL,
                                LEARNT_AT,
                                RecordingStatus.RECORDING)),
                recordings);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1-1-1-1-1,SEP1,101,dial-in,manual | id is not a GUID: 1-1-1-1-1",
                ",SEP1,101,dial-in,manual | id is empty",
                ID + ",SEP1,,dial-in,manual | directoryNumber is empty",
                ID + ",,101,media-forking,manual | deviceName may be empty for a dial-in only",
                ID + ",SEP1,101,dialin,manual | mode must be media-forking or dial-in, not 'dialin'",
                ID + ",SEP1,101,dial-in, | origin must be manual or automatic, not ''",
                ID + ",SEP1,101,dial-in | has 4 fields instead of 5 (id,deviceName,directoryNumber,mode,origin)"
            })
    void aBadRecordingIsRefused(String row, String reason) throws IOException {
        String file = file(HEADER, row);
        BadCsvException refused =
                assertThrows(BadCsvException.class, () -> EmbeddedCallRecorder.readRecordings(file, LEARNT_AT));
        assertEquals(file + ", line 2: " + reason, refused.getMessage());
    }

    @Test
    void aRecordingThatStandsTwiceIsRefusedHoweverItsIdIsSpelled() throws IOException {
        String file = file(
                ID + ",SEP1,101,dial-in,manual",
                ID.toUpperCase(Locale.ROOT).replace("-", "") + ",SEP2,102,dial-in,manual");
        BadCsvException refused =
                assertThrows(BadCsvException.class, () -> EmbeddedCallRecorder.readRecordings(file, LEARNT_AT));
        assertEquals(file + ", line 2: recording " + ID + " is there already", refused.getMessage());
    }

    @Test
    @Timeout(60)
    void theRecordingsOfALargeDeploymentLoad() throws IOException {
        int count = 100_000;
        List<String> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(String.format("%s,SEP%012X,%d,media-forking,manual", new UUID(i, i), i / 2, 100_000 + i / 2));
        }
        String file = file(rows.toArray(String[]::new));
        LiveRecordingRepository registry = new MemoryLiveRecordingRepository(InstantSource.system());
        registry.addAll(EmbeddedCallRecorder.readRecordings(file, LEARNT_AT));
        assertEquals(count, registry.count());
        assertTrue(registry.find(new RecordingId(new UUID(99_999, 99_999))).isPresent());
        assertEquals(
                2,
                registry.find(new LineSelector(DeviceName.of("sep00000000c34f"), null))
                        .size());
        assertEquals(
                2,
                registry.find(new LineSelector(null, DirectoryNumber.of("149999")))
                        .size());
    }

    private String file(String... rows) throws IOException {
        return Files.write(Files.createTempFile(directory, "recordings", ".csv"), List.of(rows))
                .toString();
    }

    private static EmbeddedConfig simulating(String unreachable, String failing) {
        return new EmbeddedConfig() {
            @Override
            public Optional<String> recordingsFile() {
                return Optional.empty();
            }

            @Override
            public Optional<List<String>> idleNumbers() {
                return Optional.of(List.of("199"));
            }

            @Override
            public Simulate simulate() {
                return new Simulate() {
                    @Override
                    public Optional<List<String>> unreachable() {
                        return Optional.of(List.of(unreachable));
                    }

                    @Override
                    public Optional<List<String>> failing() {
                        return Optional.of(List.of(failing));
                    }
                };
            }
        };
    }

    private static final class BrokenRegistry implements LiveRecordingRepository {

        @Override
        public Optional<LiveRecording> find(RecordingId id) {
            throw new IllegalStateException("registry is down");
        }

        @Override
        public List<LiveRecording> find(LineSelector selector) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void addAll(Collection<LiveRecording> recordings) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean addIfLineIsFree(LiveRecording recording) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<LiveRecording> findOn(Collection<DirectoryNumber> numbers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<LiveRecording> findAll() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<LiveRecording> findAfter(RecordingId after, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<LiveRecording> findUnsettled() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean learn(RecordingId id, Call call) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<RecordingStatus> change(RecordingId id, RecordingStatus expected, RecordingStatus changed) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean remove(RecordingId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long count() {
            throw new UnsupportedOperationException();
        }
    }
}
