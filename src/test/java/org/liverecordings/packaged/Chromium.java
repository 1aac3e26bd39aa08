package org.liverecordings.packaged;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.liverecordings.support.OtherProgram;
import org.liverecordings.support.Programs;

/** A real browser without a window, on one page. */
final class Chromium implements AutoCloseable {

    private final OtherProgram program = new OtherProgram("chromium");

    private Chromium() {}

    static Optional<Path> program() {
        return Programs.find("chromium");
    }

    static Chromium open(Path program, URI page) {
        Chromium browser = new Chromium();
        browser.program.start(List.of(
                program.toString(),
                "--headless",
                "--no-sandbox", // started by root it wouldn't start with one
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--no-first-run",
                "--no-proxy-server",
                "--remote-debugging-port=0", // else it would end once the page is there
                "--user-data-dir=" + browser.program.folder().resolve("profile"),
                page.toString()));
        return browser;
    }

    String log() {
        return program.log();
    }

    @Override
    public void close() {
        program.close();
    }
}
