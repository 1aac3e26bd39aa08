package org.liverecordings.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A phone of an {@link AsteriskServer}, or several at once: SIPp, which plays a tone of its own, so that it can be told from others. */
public final class SipPhone implements AutoCloseable {

    private static final int ATTEMPTS = 3;

    private final Process process;

    private SipPhone(Process process) {
        this.process = process;
    }

    static Optional<Path> program() {
        return Programs.find("sipp");
    }

    /** Answers every call, and plays a tone of so many Hz. */
    public static SipPhone answering(AsteriskServer server, String phone, int tone) {
        return start(server, phone, tone, "answer", Map.of(), List.of());
    }

    /** Answers a call, and after a while transfers the caller to another extension. */
    public static SipPhone transferring(AsteriskServer server, String phone, int tone, long afterMillis, String to) {
        return start(server, phone, tone, "refer", Map.of("AFTER", "" + afterMillis, "TARGET", to), List.of());
    }

    /** Answers a call, after a while calls another extension, and then connects the caller with that. */
    public static SipPhone consulting(AsteriskServer server, String phone, int tone, long afterMillis, String with) {
        return start(server, phone, tone, "attended", Map.of("AFTER", "" + afterMillis, "TARGET", with), List.of());
    }

    /** Calls, and stays connected. */
    public static SipPhone calling(AsteriskServer server, String phone, int tone, String called) {
        return start(server, phone, tone, "call", Map.of(), List.of("-s", called, "-m", "1"));
    }

    /** Calls, and after a while puts the call on hold for a while. */
    public static SipPhone holding(
            AsteriskServer server, String phone, int tone, String called, long afterMillis, long forMillis) {
        Map<String, String> times = Map.of("AFTER", "" + afterMillis, "FOR", "" + forMillis);
        return start(server, phone, tone, "hold", times, List.of("-s", called, "-m", "1"));
    }

    /** Calls, and hangs up after a while. */
    public static SipPhone hangingUp(AsteriskServer server, String phone, int tone, String called, long afterMillis) {
        return start(
                server, phone, tone, "hangup", Map.of("AFTER", "" + afterMillis), List.of("-s", called, "-m", "1"));
    }

    /** Starts a phone and waits until it is on its port. One that ends before, as when another program took the tone's, is started again. */
    private static SipPhone start(
            AsteriskServer server,
            String phone,
            int tone,
            String scenario,
            Map<String, String> values,
            List<String> options) {
        try {
            Path folder = Files.createTempDirectory(server.work(), "phone-" + phone + "-");
            String text = AsteriskServer.resource("sipp/" + scenario + ".xml").replace("@FROM@", phone);
            for (Map.Entry<String, String> value : values.entrySet()) {
                text = text.replace("@" + value.getKey() + "@", value.getValue());
            }
            Files.writeString(folder.resolve("scenario.xml"), text);
            Files.write(folder.resolve("tone.ulaw"), Tones.ulaw(tone));
            for (int i = 0; i < ATTEMPTS; i++) {
                SipPhone started = new SipPhone(launch(server, folder, phone, options));
                if (started.isOnPort(server.port(phone))) {
                    return started;
                }
                started.close();
            }
            throw new IllegalStateException(phone + " doesn't start: " + Files.readString(folder.resolve("output")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isOnPort(int port) throws IOException {
        String address = String.format(Locale.ROOT, "0100007F:%04X", port);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (process.isAlive() && System.nanoTime() < deadline) {
            if (Files.readString(Path.of("/proc/net/udp")).contains(address)) {
                // It takes the tone's port right after its own, and ends if that is taken.
                return !endsWithin(Duration.ofMillis(200)) || process.exitValue() == 0;
            }
            Pause.ofMillis(10);
        }
        // A short call may be over by now.
        return !process.isAlive() && process.exitValue() == 0;
    }

    private boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Process launch(AsteriskServer server, Path folder, String phone, List<String> options)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                program().orElseThrow().toString(),
                "-sf",
                "scenario.xml",
                "-nostdin",
                "-trace_err",
                "-error_file",
                "errors",
                "-i",
                "127.0.0.1",
                "-ci",
                "127.0.0.1",
                "-mi",
                "127.0.0.1",
                "-p",
                "" + server.port(phone),
                "-mp",
                "" + AsteriskServer.freeUdpPort()));
        command.addAll(options);
        command.add("127.0.0.1:" + server.sipPort());
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
    }

    /** Goes away without a word, as a phone does that loses its network. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
