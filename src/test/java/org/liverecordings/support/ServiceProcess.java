package org.liverecordings.support;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The packaged service as a process of its own: the native executable if that is what was built, else the jar. It is configured
 * through its environment alone, as in production. An environment that sets {@code PORT} decides itself on which port it listens.
 */
public final class ServiceProcess implements AutoCloseable {

    private static final long START_SECONDS = 60;

    /** No test runs for long enough to get back what the JVM's second compiler costs. */
    private static final List<String> JAVA_OPTIONS = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Process process;
    private final int port;
    private final Path log;
    private final Map<String, String> environment;

    private ServiceProcess(Process process, int port, Path log, Map<String, String> environment) {
        this.process = process;
        this.port = port;
        this.log = log;
        this.environment = Map.copyOf(environment);
    }

    /** Settings with which tokens of {@link TestTokens} are accepted. */
    public static Map<String, String> tokenSettings() {
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION", TestTokens.publicKeyFile().toString());
        environment.put("MP_JWT_VERIFY_ISSUER", TestTokens.ISSUER);
        return environment;
    }

    /** Starts the service on a free port and waits until it is ready. */
    public static ServiceProcess start(Map<String, String> environment) {
        return start(freePort(), environment);
    }

    /** Starts the service on this port and waits until it is ready. */
    public static ServiceProcess start(int port, Map<String, String> environment) {
        return ready(launch(port, environment));
    }

    /**
     * Starts the service on a free port with these options and waits until it is ready.
     *
     * @param javaHome the JVM for a jar; a native executable does without
     */
    public static ServiceProcess start(Path javaHome, List<String> options, Map<String, String> environment) {
        return ready(launch(freePort(), javaHome, options, environment));
    }

    /** Waits until the service is ready. */
    public static ServiceProcess ready(ServiceProcess service) {
        try {
            service.awaitReady();
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
        return service;
    }

    /** Starts the service and doesn't wait: it may well refuse to start. */
    public static ServiceProcess launch(int port, Map<String, String> environment) {
        return launch(port, Path.of(System.getProperty("java.home")), options(), environment);
    }

    /** As {@link #launch(int, Map)}, in this folder, where {@code config/application.properties} is looked for. */
    public static ServiceProcess launch(Path folder, Map<String, String> environment) {
        return launch(freePort(), Path.of(System.getProperty("java.home")), options(), environment, folder);
    }

    /** As {@link #launch(int, Map)}, but another build of the service, on this JVM. */
    public static ServiceProcess launchJar(Path jar, Map<String, String> environment) {
        List<String> command = javaCommand(Path.of(System.getProperty("java.home")), JAVA_OPTIONS, jar.toString());
        return launch(freePort(), new ProcessBuilder(command), environment);
    }

    private static List<String> options() {
        return isJar()
                ? Stream.concat(JAVA_OPTIONS.stream(), ClassCache.options().stream())
                        .toList()
                : List.of();
    }

    private static ServiceProcess launch(
            int port, Path javaHome, List<String> options, Map<String, String> environment) {
        return launch(port, javaHome, options, environment, Path.of("").toAbsolutePath());
    }

    private static ServiceProcess launch(
            int port, Path javaHome, List<String> options, Map<String, String> environment, Path folder) {
        return launch(port, new ProcessBuilder(command(javaHome, options)).directory(folder.toFile()), environment);
    }

    /**
     * Starts a copy of the service in this folder as a user of whom the machine knows nothing but the number, and waits until it is
     * ready. Takes root. The folder must be one that others can reach; they can't write to it.
     */
    public static ServiceProcess startAs(int user, Path folder, Map<String, String> environment) {
        try {
            Path original = Path.of(artifactPath());
            Path copied = isJar() ? original.getParent() : original;
            Path copy = folder.resolve("service");
            try (Stream<Path> files = Files.walk(copied)) {
                for (Path file : files.toList()) {
                    Files.copy(file, copy.resolve(copied.relativize(file).toString()), COPY_ATTRIBUTES);
                }
            }
            List<String> command = new ArrayList<>(
                    List.of("setpriv", "--reuid=" + user, "--regid=0", "--clear-groups", "--no-new-privs", "--"));
            if (isJar()) {
                command.add(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
                command.addAll(JAVA_OPTIONS);
                command.addAll(
                        List.of("-jar", copy.resolve(original.getFileName()).toString()));
            } else {
                command.add(copy.toString());
            }
            Map<String, String> settings = new HashMap<>(environment);
            if (!isJar()) {
                settings.put("LD_LIBRARY_PATH", librariesOf(original).toString());
            }
            return ready(launch(freePort(), new ProcessBuilder(command).directory(folder.toFile()), settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An executable may have libraries that only the user who built it can read: those come along. */
    private static Path librariesOf(Path executable) throws IOException {
        Path libraries = Files.createTempDirectory("libraries");
        Files.setPosixFilePermissions(libraries, PosixFilePermissions.fromString("rwxr-xr-x"));
        Process ldd = new ProcessBuilder("ldd", executable.toString())
                .redirectErrorStream(true)
                .start();
        for (String line : new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
            String file = line.replaceFirst(".*=> (\\S+).*", "$1");
            if (file.startsWith("/") && !file.startsWith("/lib") && !file.startsWith("/usr/lib")) {
                Files.copy(Path.of(file), libraries.resolve(Path.of(file).getFileName()));
            }
        }
        return libraries;
    }

    private static ServiceProcess launch(int port, ProcessBuilder builder, Map<String, String> environment) {
        try {
            Path log = Files.createTempFile("live-recordings", ".log");
            log.toFile().deleteOnExit();
            // Nothing of the machine's own environment may leak in.
            Map<String, String> clean = builder.environment();
            clean.clear();
            clean.putAll(environment);
            if (!environment.containsKey("PORT")) {
                clean.put("QUARKUS_HTTP_PORT", Integer.toString(port));
            }
            clean.put("QUARKUS_HTTP_HOST", "127.0.0.1");
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new ServiceProcess(process, port, log, environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What starts it on this JVM, if it takes one. */
    public static List<String> command() {
        return command(Path.of(System.getProperty("java.home")), options());
    }

    private static List<String> command(Path javaHome, List<String> options) {
        if (isJar()) {
            return javaCommand(javaHome, options, artifactPath());
        }
        List<String> command = new ArrayList<>(List.of(artifactPath()));
        command.addAll(options);
        return command;
    }

    private static List<String> javaCommand(Path javaHome, List<String> options, String jar) {
        List<String> command =
                new ArrayList<>(List.of(javaHome.resolve("bin").resolve("java").toString()));
        command.addAll(options);
        command.addAll(List.of("-jar", jar));
        return command;
    }

    /** Whether the package is a jar, and not a native executable. */
    public static boolean isJar() {
        return !artifact().getProperty("type").startsWith("native");
    }

    private static String artifactPath() {
        return BuildFolder.path()
                .toAbsolutePath()
                .resolve(artifact().getProperty("path"))
                .toString();
    }

    private static Properties artifact() {
        Properties artifact = new Properties();
        try (InputStream in = Files.newInputStream(BuildFolder.path("quarkus-artifact.properties"))) {
            artifact.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return artifact;
    }

    /** A port that was free a moment ago. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw new IllegalStateException("the service ended with " + process.exitValue() + ":\n" + log());
            }
            if (isReady()) {
                return;
            }
            Pause.ofMillis(50);
        }
        throw new IllegalStateException("the service isn't ready after " + START_SECONDS + " s:\n" + log());
    }

    /** Whether the readiness probe answers 200. */
    public boolean isReady() {
        try {
            HttpURLConnection probe =
                    (HttpURLConnection) uri().resolve("/q/health/ready").toURL().openConnection();
            probe.setConnectTimeout(1000);
            probe.setReadTimeout(1000);
            return probe.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it has printed so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the process to end and tells its exit code. */
    public int awaitExit() {
        try {
            if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("still running:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Sends a signal by its name, such as {@code STOP} or {@code CONT}. Of a stop it waits until no thread runs any more. */
    public void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            while (name.equals("STOP") && isRunning()) {
                Thread.sleep(1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isRunning() {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid()), "task"))) {
            for (Path thread : threads.toList()) {
                if (!Files.readString(thread.resolve("status")).contains("State:\tT")) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            // A thread ended meanwhile, or all of them did.
            return process.isAlive();
        }
    }

    /** Ends it, and reads all that it wrote for secrets. */
    @Override
    public void close() {
        end();
        List<String> secrets = LogSecrets.in(log(), environment);
        if (!secrets.isEmpty()) {
            throw new AssertionError("secrets in the log: " + secrets + '\n' + log());
        }
    }

    private void end() {
        if (process.isAlive()) {
            process.destroy();
            try {
                if (!process.waitFor(15, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
