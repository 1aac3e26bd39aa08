package org.liverecordings.lines;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.jboss.logging.Logger;
import org.liverecordings.csv.BadCsvException;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.store.LineCapabilities;

/** The inventory of lines as a CSV file has it now, or had it when it was last without an error. */
public final class ReloadingLineCapabilities implements LineCapabilities {

    private static final Logger LOG = Logger.getLogger(ReloadingLineCapabilities.class);

    private final LinesFile file;
    private volatile CsvLineCapabilities current;

    /**
     * Reads the file.
     *
     * @throws BadCsvException if it can't be read, a row is bad, or a line stands in it twice
     */
    public ReloadingLineCapabilities(String location) {
        this.file = new LinesFile(location);
        file.markRead();
        file.read(() -> current = load());
    }

    private CsvLineCapabilities load() {
        long started = System.nanoTime();
        CsvLineCapabilities loaded = CsvLineCapabilities.read(file.location());
        LOG.infof(
                "loaded lines=%d file=%s durationMs=%d",
                loaded.count(), file.location(), (System.nanoTime() - started) / 1_000_000);
        return loaded;
    }

    /**
     * Reads the file again if it has changed and looks as it did at the call before, so that it isn't read half-written. With an
     * error in it, or without a line, everything stays as it is, and the log says why; after any other failure the next call tries
     * again.
     */
    public synchronized void refresh() {
        if (file.isChanged()) {
            try {
                file.read(this::reload);
            } catch (BadCsvException e) {
                LOG.errorf("kept lines=%d because of a bad file: %s", current.count(), e.getMessage());
            }
        }
    }

    /** When the lines were last known to be the file's, in milliseconds since 1970. */
    public long currentAt() {
        return file.currentAt();
    }

    private void reload() {
        CsvLineCapabilities loaded = load();
        if (loaded.count() == 0 && current.count() > 0) {
            throw new BadCsvException(file.location() + ": has no lines", null);
        }
        current = loaded;
    }

    @Override
    public Optional<Line> find(DeviceName deviceName, DirectoryNumber directoryNumber) {
        return current.find(deviceName, directoryNumber);
    }

    @Override
    public List<Line> find(LineSelector selector) {
        return current.find(selector);
    }

    @Override
    public List<Line> ofUser(String username) {
        return current.ofUser(username);
    }

    @Override
    public List<Line> ofUsers(Collection<String> usernames) {
        return current.ofUsers(usernames);
    }

    @Override
    public List<Line> ofNumbers(Collection<DirectoryNumber> numbers) {
        return current.ofNumbers(numbers);
    }

    @Override
    public long count() {
        return current.count();
    }
}
