package org.liverecordings.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

/** A real Asterisk on 127.0.0.1 with free ports and phones that {@link SipPhone} can be. It ends with what it was made in. */
public final class AsteriskServer implements AutoCloseable {

    public static final String USER = "recorder";
    public static final String PASSWORD = "secret, with %41 & more";

    /** The endpoints' names; those that begin with 1 have phones of their own, the others share one. */
    public static final List<String> PHONES = Stream.concat(
                    Stream.of("101", "102", "103", "199"),
                    IntStream.rangeClosed(201, 260).mapToObj(Integer::toString))
            .toList();

    private static final List<String> EMPTY_FILES = List.of(
            "acl",
            "ccss",
            "cdr",
            "cel",
            "confbridge",
            "features",
            "manager",
            "pjproject",
            "stasis",
            "udptl",
            "websocket_client");

    private static final List<String> FILES =
            List.of("ari", "asterisk", "extensions", "http", "indications", "logger", "modules", "pjsip", "rtp");

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final Path root;
    private final Path work;
    private final List<String> phones;
    private final int httpPort = ServiceProcess.freePort();
    private final int sipPort = freeUdpPort();
    private final Map<String, Integer> phonePorts = new HashMap<>();
    private Process process;

    private AsteriskServer(Path root, Path work, List<String> phones) {
        this.root = root;
        this.work = work;
        this.phones = phones;
    }

    /** Leaves a test out, by name and with the reason, where there is no Asterisk or no SIPp. */
    public static void assume() {
        Assumptions.assumeTrue(
                isThere(), () -> "LEFT OUT: needs a real Asterisk, which .ci/asterisk gets (in " + folder() + ")");
        Assumptions.assumeTrue(
                SipPhone.program().isPresent(), () -> "LEFT OUT: needs SIPp, which is Debian's package sip-tester");
    }

    /** Whether {@code .ci/asterisk} got one. */
    public static boolean isThere() {
        return Files.isExecutable(folder().resolve("usr/sbin/asterisk"));
    }

    private static Path folder() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path caches = cache == null || cache.isEmpty()
                ? Path.of(Optional.ofNullable(System.getenv("HOME")).orElse("/tmp"), ".cache")
                : Path.of(cache);
        return caches.resolve("live-recordings").resolve("asterisk");
    }

    /** Starts one and waits until it is ready. */
    public static AsteriskServer start() {
        return start(List.of());
    }

    /** Starts one with more phones, which share the one of those that don't begin with 1, and waits until it is ready. */
    public static AsteriskServer start(List<String> morePhones) {
        try {
            AsteriskServer server = new AsteriskServer(
                    folder(),
                    Files.createTempDirectory("live-recordings-asterisk"),
                    Stream.concat(PHONES.stream(), morePhones.stream()).toList());
            server.configure();
            server.startAgain();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void configure() throws IOException {
        for (String folder : List.of("etc", "lib", "run", "log", "spool/recording")) {
            Files.createDirectories(work.resolve(folder));
        }
        for (String name : EMPTY_FILES) {
            Files.writeString(etc(name), "");
        }
        int shared = freeUdpPort();
        StringBuilder endpoints = new StringBuilder();
        for (String phone : phones) {
            phonePorts.put(phone, phone.startsWith("1") ? freeUdpPort() : shared);
            endpoints
                    .append("[%1$s](phone)%naors = %1$s%ncallerid = Phone %1$s <%1$s>%n[%1$s]%ntype = aor%n"
                            .formatted(phone))
                    .append("contact = sip:%s@127.0.0.1:%d%n".formatted(phone, phonePorts.get(phone)));
        }
        for (String name : FILES) {
            Files.writeString(
                    etc(name),
                    resource("etc/" + name + ".conf")
                            .replace("@ETC@", work.resolve("etc").toString())
                            .replace("@WORK@", work.toString())
                            .replace(
                                    "@MODULES@",
                                    libraries().resolve("asterisk/modules").toString())
                            .replace(
                                    "@DATA@", root.resolve("usr/share/asterisk").toString())
                            .replace("@PASSWORD@", PASSWORD)
                            .replace("@HTTP_PORT@", Integer.toString(httpPort))
                            .replace("@SIP_PORT@", Integer.toString(sipPort))
                            .replace("@PHONES@", endpoints));
        }
    }

    /** A file of its configuration. */
    public Path etc(String name) {
        return work.resolve("etc").resolve(name + ".conf");
    }

    static String resource(String name) {
        try (InputStream in = AsteriskServer.class.getResourceAsStream("/asterisk/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path libraries() throws IOException {
        try (Stream<Path> all = Files.list(root.resolve("usr/lib"))) {
            return all.filter(folder -> Files.isDirectory(folder.resolve("asterisk/modules")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** After it has ended; the configuration and what was recorded are the same. */
    public void startAgain() {
        int starts = starts();
        launch();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        // It answers to ARI's ping before it takes calls.
        while (starts() == starts) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IllegalStateException("Asterisk isn't ready:\n" + log());
            }
            Pause.ofMillis(20);
        }
    }

    private int starts() {
        return Files.exists(output()) ? log().split("Asterisk Ready", -1).length - 1 : 0;
    }

    private Path output() {
        return work.resolve("log/output");
    }

    /** Starts it without waiting. */
    private void launch() {
        try {
            Path libraries = libraries();
            Path loader;
            try (Stream<Path> all = Files.list(libraries)) {
                loader = all.filter(file -> file.getFileName().toString().matches("ld-linux.*\\.so.*"))
                        .findFirst()
                        .orElseThrow();
            }
            process = new ProcessBuilder(
                            loader.toString(),
                            "--library-path",
                            libraries + ":" + root.resolve("usr/lib"),
                            root.resolve("usr/sbin/asterisk").toString(),
                            "-C",
                            etc("asterisk").toString(),
                            "-f")
                    .directory(work.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its address without ARI's path. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + httpPort);
    }

    int sipPort() {
        return sipPort;
    }

    int port(String phone) {
        return phonePorts.get(phone);
    }

    Path work() {
        return work;
    }

    /** What it has printed so far. */
    public String log() {
        try {
            return Files.readString(output(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What phones complained of. */
    private String faultsOfPhones() {
        try (Stream<Path> files = Files.walk(work(), 2)) {
            StringBuilder faults = new StringBuilder();
            for (Path file : files.filter(file -> file.endsWith("errors")).toList()) {
                faults.append(file).append(":\n").append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
            return faults.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where its recordings are. */
    public Path recordings() {
        return work.resolve("spool/recording");
    }

    /** The file of a recording. */
    public Path wav(Object id) {
        return recordings().resolve(id + ".wav");
    }

    /** Asks it by its REST interface, beside the service. */
    public HttpResponse<String> ari(String method, String pathAndQuery) {
        HttpRequest request = HttpRequest.newBuilder(uri().resolve("/ari" + pathAndQuery))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8)))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whether it is recording under this name now. */
    public boolean isRecording(Object id) {
        HttpResponse<String> answer = ari("GET", "/recordings/live/" + id);
        if (answer.statusCode() != 200 && !answer.body().contains("Recording not found")) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return answer.statusCode() == 200;
    }

    /** How many channels of ours listen to a call. */
    public long listening() {
        return ari("GET", "/channels").body().split("\"name\":\"Snoop/", -1).length - 1L;
    }

    /** Lets a phone be called and connected to an extension, and waits until it is. Returns the id of the phone's channel. */
    public String call(String phone, String extension) {
        String id = "call-" + phone + "-" + System.nanoTime();
        HttpResponse<String> answer = ari(
                "POST",
                "/channels?endpoint=" + URLEncoder.encode("PJSIP/" + phone, StandardCharsets.UTF_8) + "&extension="
                        + extension + "&context=phones&priority=1&channelId=" + id);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        awaitUp(phone);
        return id;
    }

    /** Waits until a phone's call is connected. */
    public void awaitUp(String phone) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!isUp(phone)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(phone + " isn't connected:\n" + log() + faultsOfPhones());
            }
            Pause.ofMillis(20);
        }
    }

    /** Waits until a phone that was connected isn't any more. */
    public void awaitDown(String phone) {
        awaitUp(phone);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (isUp(phone)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(phone + " is still connected:\n" + log());
            }
            Pause.ofMillis(20);
        }
    }

    private boolean isUp(String phone) {
        String channels = ari("GET", "/channels").body();
        return List.of(channels.split("\"id\":")).stream()
                .anyMatch(
                        channel -> channel.contains("\"PJSIP/" + phone + "-") && channel.contains("\"state\":\"Up\""));
    }

    /** Ends all calls, and waits until they are over: the next ones are between the same phones. */
    public void hangUpAll() {
        List<String> ids = channels();
        ids.forEach(id -> ari("DELETE", "/channels/" + URLEncoder.encode(id, StandardCharsets.UTF_8)));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (channels().stream().anyMatch(ids::contains)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("calls aren't over:\n" + log());
            }
            Pause.ofMillis(20);
        }
    }

    private List<String> channels() {
        List<String> ids = new ArrayList<>();
        for (String channel : ari("GET", "/channels").body().split("\\{\"id\":\"")) {
            if (channel.contains("\"name\":\"")) {
                ids.add(channel.substring(0, channel.indexOf('"')));
            }
        }
        return ids;
    }

    /** SIGTERM, and waits. */
    public void terminate() {
        process.destroy();
        awaitExit();
    }

    /** SIGKILL, and waits. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Sends a signal by its name, such as {@code STOP} or {@code CONT}. */
    public void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitExit() {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Asterisk doesn't end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static int freeUdpPort() {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            // One that is frozen hears of nothing else.
            process.destroyForcibly();
            awaitExit();
        }
        try (Stream<Path> files = Files.walk(work)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
