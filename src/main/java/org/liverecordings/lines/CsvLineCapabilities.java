package org.liverecordings.lines;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.liverecordings.csv.BadCsvException;
import org.liverecordings.csv.CsvRow;
import org.liverecordings.csv.CsvTable;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.Line.RecordingType;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.store.LineCapabilities;

/** The inventory of lines as a CSV file had it when it was read. */
public final class CsvLineCapabilities implements LineCapabilities {

    private static final String AUTOMATIC = "automaticRecording";
    private static final String RECORDING = "recording";
    private static final String GROUP = "group";

    private static final List<String> COLUMNS =
            List.of("deviceName", "directoryNumber", "username", "tapiMonitorable", AUTOMATIC);

    private static final List<String> MORE_COLUMNS = List.of(RECORDING, GROUP);

    private static final int MAX_USERNAME = 128;

    private final Map<Appearance, Line> lines;
    private final Map<DeviceName, List<Line>> byDevice = new HashMap<>();
    private final Map<DirectoryNumber, List<Line>> byNumber = new HashMap<>();
    private final Map<String, List<Line>> byUser = new HashMap<>();

    private CsvLineCapabilities(Map<Appearance, Line> lines) {
        this.lines = lines;
        for (Line line : lines.values()) {
            index(byDevice, line.deviceName(), line);
            index(byNumber, line.directoryNumber(), line);
            if (line.username() != null) {
                index(byUser, Line.userKey(line.username()), line);
            }
        }
        Stream.of(byDevice, byNumber, byUser)
                .flatMap(index -> index.values().stream())
                .forEach(indexed -> indexed.sort(Line.IN_ORDER));
    }

    /** An inventory that knows no line. */
    public static CsvLineCapabilities empty() {
        return new CsvLineCapabilities(Map.of());
    }

    /**
     * Reads the whole file.
     *
     * @throws BadCsvException if it can't be read, a row is bad, or a line stands in it twice
     */
    public static CsvLineCapabilities read(String location) {
        return new CsvLineCapabilities(lines(location));
    }

    /**
     * Reads the whole file, without what finds its lines by anything but their appearance.
     *
     * @throws BadCsvException as {@link #read} says
     */
    static Map<Appearance, Line> lines(String location) {
        Map<Appearance, Line> lines = new HashMap<>();
        // Many lines share a group.
        Map<String, Line.Group> groups = new HashMap<>();
        new CsvTable(location, COLUMNS, MORE_COLUMNS).forEach(row -> {
            String group = row.has(GROUP) ? row.text(GROUP) : "";
            Line line = line(row, group.isEmpty() ? null : groups.computeIfAbsent(group, Line.Group::of));
            if (lines.putIfAbsent(Appearance.of(line), line) != null) {
                throw new IllegalArgumentException(
                        "line " + line.directoryNumber() + " on device " + line.deviceName() + " is there already");
            }
        });
        return lines;
    }

    private static Line line(CsvRow row, Line.Group group) {
        String username = row.text("username");
        if (username.length() > MAX_USERNAME) {
            throw new IllegalArgumentException("username is longer than " + MAX_USERNAME + " characters");
        }
        return new Line(
                DeviceName.ofInventory(row.required("deviceName")),
                DirectoryNumber.ofInventory(row.required("directoryNumber")),
                username.isEmpty() ? null : username,
                row.flag("tapiMonitorable"),
                recording(row),
                group);
    }

    /** Files have one of the two columns, or both. */
    private static RecordingType recording(CsvRow row) {
        boolean named = row.has(RECORDING)
                && (!row.has(AUTOMATIC) || !row.text(RECORDING).isEmpty());
        if (!named) {
            return row.flag(AUTOMATIC) ? RecordingType.AUTOMATIC : RecordingType.SELECTIVE;
        }
        RecordingType recording = row.constant(RECORDING, RecordingType.class);
        if (row.has(AUTOMATIC) && row.flag(AUTOMATIC) != (recording == RecordingType.AUTOMATIC)) {
            throw new IllegalArgumentException(
                    "recording is " + row.text(RECORDING) + ", but automaticRecording is " + row.flag(AUTOMATIC));
        }
        return recording;
    }

    private static <K> void index(Map<K, List<Line>> index, K key, Line line) {
        index.computeIfAbsent(key, k -> new ArrayList<>(1)).add(line);
    }

    @Override
    public Optional<Line> find(DeviceName deviceName, DirectoryNumber directoryNumber) {
        return Optional.ofNullable(lines.get(new Appearance(deviceName, directoryNumber)));
    }

    @Override
    public List<Line> find(LineSelector selector) {
        if (selector.deviceName() == null) {
            return List.copyOf(byNumber.getOrDefault(selector.directoryNumber(), List.of()));
        }
        if (selector.directoryNumber() == null) {
            return List.copyOf(byDevice.getOrDefault(selector.deviceName(), List.of()));
        }
        return find(selector.deviceName(), selector.directoryNumber()).stream().toList();
    }

    @Override
    public List<Line> ofUser(String username) {
        return List.copyOf(byUser.getOrDefault(Line.userKey(username), List.of()));
    }

    @Override
    public List<Line> ofUsers(Collection<String> usernames) {
        return usernames.stream()
                .map(Line::userKey)
                .distinct()
                .flatMap(user -> byUser.getOrDefault(user, List.of()).stream())
                .sorted(Line.IN_ORDER)
                .toList();
    }

    @Override
    public List<Line> ofNumbers(Collection<DirectoryNumber> numbers) {
        return numbers.stream()
                .distinct()
                .flatMap(number -> byNumber.getOrDefault(number, List.of()).stream())
                .sorted(Line.IN_ORDER)
                .toList();
    }

    @Override
    public long count() {
        return lines.size();
    }

    /** A number on a device: what there is at most one line of. */
    record Appearance(DeviceName deviceName, DirectoryNumber directoryNumber) {

        static Appearance of(Line line) {
            return new Appearance(line.deviceName(), line.directoryNumber());
        }
    }
}
