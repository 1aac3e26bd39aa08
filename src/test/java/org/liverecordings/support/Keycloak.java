package org.liverecordings.support;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;

/** A real Keycloak with the realm {@code telephony}, which {@code .ci/keycloak} installs. It can be stopped and started again. */
public final class Keycloak implements AutoCloseable {

    private static final int OLDEST_JAVA = 21;
    private static final Duration LONGEST_START = Duration.ofMinutes(6);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final int port = ServiceProcess.freePort();
    private final Path home;
    private final Path java;
    private Process process;

    private Keycloak(Path home, Path java) {
        this.home = home;
        this.java = java;
    }

    /** What it takes and isn't there; empty if a Keycloak can be run. */
    public static Optional<String> missing() {
        if (installation().isEmpty()) {
            return Optional.of("no Keycloak: .ci/keycloak installs one");
        }
        return javaHome().isEmpty()
                ? Optional.of("no JDK of " + OLDEST_JAVA + " or newer for Keycloak: KEYCLOAK_JAVA_HOME can name one")
                : Optional.empty();
    }

    /** A copy of the installation, of its own and not running. */
    public static Keycloak copy() {
        try {
            Path home = Files.createTempDirectory("live-recordings-keycloak");
            Path original = installation().orElseThrow();
            int copied = new ProcessBuilder("cp", "-a", original + "/.", home.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (copied != 0) {
                throw new IOException("can't copy " + original);
            }
            // Somebody may have tried that installation out.
            delete(home.resolve("data"));
            Path imported = Files.createDirectories(home.resolve("data/import"));
            try (InputStream realm = Keycloak.class.getResourceAsStream("/keycloak/telephony.json")) {
                Files.write(
                        imported.resolve("telephony.json"),
                        Objects.requireNonNull(realm).readAllBytes());
            }
            return new Keycloak(home, javaHome().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path cache() {
        String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        return Path.of(cache, "live-recordings");
    }

    private static Optional<Path> installation() {
        return inside(cache())
                .filter(found -> found.getFileName().toString().startsWith("keycloak-"))
                .filter(found -> Files.isExecutable(found.resolve("bin/kc.sh")))
                .max(Comparator.naturalOrder());
    }

    /** The JDK that builds the native executable will do, where there is one. */
    private static Optional<Path> javaHome() {
        Stream<Path> named = Stream.of("KEYCLOAK_JAVA_HOME", "GRAALVM_HOME")
                .map(System::getenv)
                .filter(Objects::nonNull)
                .map(Path::of);
        Stream<Path> usual = Stream.of(Path.of(System.getProperty("java.home")), cache().resolve("native-image"));
        return Stream.of(named, usual, inside(Path.of("/usr/lib/jvm")))
                .flatMap(homes -> homes)
                .filter(home -> version(home) >= OLDEST_JAVA)
                .findFirst();
    }

    private static Stream<Path> inside(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Stream.empty();
        }
        try (Stream<Path> found = Files.list(directory)) {
            return found.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int version(Path javaHome) {
        Properties release = new Properties();
        try (InputStream in = Files.newInputStream(javaHome.resolve("release"))) {
            release.load(in);
            return Integer.parseInt(
                    release.getProperty("JAVA_VERSION", "0").replace("\"", "").split("\\.")[0]);
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    /** What its tokens name as their issuer, whether it runs or not. */
    public String issuer() {
        return "http://127.0.0.1:" + port + "/realms/telephony";
    }

    /** Starts it and waits until it answers. */
    public Keycloak start() {
        try {
            ProcessBuilder builder = new ProcessBuilder(
                    home.resolve("bin/kc.sh").toString(),
                    "start-dev",
                    "--http-host=127.0.0.1",
                    "--http-port=" + port,
                    "--import-realm",
                    "--cache=local");
            builder.environment().put("JAVA_HOME", java.toString());
            // It doesn't run for long enough to get back what the JVM's second compiler costs.
            builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
            builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
            builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", "admin");
            process = builder.redirectErrorStream(true)
                    .redirectOutput(home.resolve("keycloak.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await()
                .atMost(LONGEST_START)
                .pollInterval(Duration.ofSeconds(1))
                .until(this::answers);
        return this;
    }

    private boolean answers() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException(Files.readString(home.resolve("keycloak.log")));
        }
        try {
            URI discovery = URI.create(issuer() + "/.well-known/openid-configuration");
            return http.send(HttpRequest.newBuilder(discovery).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Stops it; its keys are there again after the next start. */
    public void stop() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A token that a user gets for name and password, which are the same in this realm. */
    public String userToken(String name) {
        return token(
                "telephony",
                Map.of("grant_type", "password", "client_id", "live-recordings", "username", name, "password", name));
    }

    /** A token that a program gets for itself. */
    public String programToken() {
        return token(
                "telephony",
                Map.of("grant_type", "client_credentials", "client_id", "crm", "client_secret", "crm-secret"));
    }

    private String token(String realm, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return json(HttpRequest.newBuilder(URI.create(
                                "http://127.0.0.1:" + port + "/realms/" + realm + "/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body)))
                .get("access_token")
                .asText();
    }

    /** Has it sign with a new key from now on, by its admin API. */
    public void rotateKeys() {
        String admin = token(
                "master",
                Map.of("grant_type", "password", "client_id", "admin-cli", "username", "admin", "password", "admin"));
        String realm = "http://127.0.0.1:" + port + "/admin/realms/telephony";
        String id = json(HttpRequest.newBuilder(URI.create(realm)).header("Authorization", "Bearer " + admin))
                .get("id")
                .asText();
        json(HttpRequest.newBuilder(URI.create(realm + "/components"))
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"rotated\",\"parentId\":\"" + id
                        + "\",\"providerId\":\"rsa-generated\",\"providerType\":\"org.keycloak.keys.KeyProvider\","
                        + "\"config\":{\"priority\":[\"1000\"],\"enabled\":[\"true\"],\"active\":[\"true\"],"
                        + "\"keySize\":[\"2048\"],\"algorithm\":[\"RS256\"]}}")));
    }

    private JsonNode json(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer =
                    http.send(request.timeout(Duration.ofMinutes(1)).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            stop();
        }
        delete(home);
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
