package org.liverecordings.lines;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

import org.liverecordings.csv.BadCsvException;
import org.liverecordings.text.Sha256;

/** The CSV file of lines, which may change while we run. */
final class LinesFile {

    private final String location;
    private Object seen;
    private Object read;
    private boolean good;
    private volatile long currentAt;

    /**
     * @param location as {@link org.liverecordings.csv.CsvTable} takes it
     */
    LinesFile(String location) {
        this.location = location;
    }

    String location() {
        return location;
    }

    /** Looks at it and takes it for read, whatever it is. */
    void markRead() {
        seen = fingerprint();
        read = seen;
    }

    /**
     * Whether it is another one than was read last, and isn't being written right now: then it isn't as it was at the look
     * before.
     */
    boolean isChanged() {
        Object now = fingerprint();
        boolean settled = now.equals(seen);
        seen = now;
        if (!settled || now.equals(read)) {
            if (good && now.equals(read)) {
                currentAt = System.currentTimeMillis();
            }
            return false;
        }
        read = now;
        return true;
    }

    /**
     * Reads it in this way. With a bad file that is all; after any other failure, which says nothing about the file, it counts as
     * changed.
     */
    void read(Runnable way) {
        good = false;
        try {
            way.run();
            good = true;
            currentAt = System.currentTimeMillis();
        } catch (BadCsvException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            read = null;
            throw e;
        }
    }

    /** When what was read last was known to be what the file holds, in milliseconds since 1970; 0 if that was never so. */
    long currentAt() {
        return currentAt;
    }

    /** Where it is, how long, how old: an editor changes the one, a Kubernetes volume the other. */
    private Object fingerprint() {
        if (location.startsWith("classpath:")) {
            return location;
        }
        try {
            BasicFileAttributes file = Files.readAttributes(Path.of(location), BasicFileAttributes.class);
            return new Fingerprint(
                    file.lastModifiedTime(),
                    file.size(),
                    String.valueOf(file.fileKey()),
                    Files.isReadable(Path.of(location)));
        } catch (IOException e) {
            return String.valueOf(e);
        }
    }

    private record Fingerprint(Object modified, long size, String key, boolean readable) {}

    /**
     * A digest of the content.
     *
     * @throws IOException if it can't be read
     */
    String digest() throws IOException {
        try (InputStream in = open()) {
            return Sha256.hex(in);
        }
    }

    private InputStream open() throws IOException {
        if (location.startsWith("classpath:")) {
            String resource = location.substring("classpath:".length());
            return Objects.requireNonNull(
                    Thread.currentThread().getContextClassLoader().getResourceAsStream(resource), resource);
        }
        return Files.newInputStream(Path.of(location));
    }
}
