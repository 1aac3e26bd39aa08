package org.liverecordings.support;

import java.nio.file.Path;

/** Where the build that runs these tests has put what it made. */
public final class BuildFolder {

    private BuildFolder() {}

    /** A file or folder in it. */
    public static Path path(String... names) {
        return Path.of(System.getProperty("build.directory", "target"), names);
    }
}
