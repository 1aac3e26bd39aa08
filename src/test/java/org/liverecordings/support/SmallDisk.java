package org.liverecordings.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Assumptions;

/** A file system of its own over a folder, until it is closed. */
public final class SmallDisk implements AutoCloseable {

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /**
     * Leaves the test out where nobody may mount anything.
     *
     * @param options of tmpfs, such as {@code size=64k} or {@code ro}
     */
    public static SmallDisk over(Path folder, String options) {
        boolean mounted = run("mount", "-t", "tmpfs", "-o", options, "none", folder.toString());
        Assumptions.assumeTrue(mounted, "LEFT OUT: needs a disk of its own, and only root may mount one");
        return new SmallDisk(folder);
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        // Asterisk may still have a file open there.
        run("umount", "--lazy", folder.toString());
    }
}
