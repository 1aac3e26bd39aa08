package org.liverecordings.api.recordings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liverecordings.api.ApiPaths;
import org.liverecordings.api.GuardedApiProfile;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.RecordingOrigin;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.support.Seed;
import org.liverecordings.support.TestTokens;

/**
 * Arbitrary requests never fail the server, never hang, and never stop a recording that they don't name. Every canary could be
 * stopped by a request that names it and is allowed to: the generator makes plenty that do only one of the two. Which
 * recordings may be gone at the end is known from how each request was made, not from what the service makes of it.
 *
 * <p>A failure names its seed; {@code -Dtest.seed=…} runs it again.
 */
@QuarkusTest
@TestProfile(GuardedApiProfile.class)
class StopFuzzTest {

    private static final int THREADS = 4;
    private static final int REQUESTS_PER_THREAD = Integer.getInteger("fuzz.requests", 24_000) / THREADS;
    private static final int PIPELINED = 16;
    private static final int ANSWER_WITHIN_MILLIS = 20_000;
    private static final int EXPENDABLES_PER_THREAD = 400;

    /** The number of a monitorable line that isn't set to automatic recording; the canaries and the expendables are on it. */
    private static final String DEVICE = "SEP00000000A001";

    private static final String NUMBER = "701";

    @TestHTTPResource("/")
    URI service;

    @Inject
    LiveRecordingRepository registry;

    private final long seed = Seed.of(StopFuzzTest.class);
    private final Logger log = Logger.getLogger("org.liverecordings");
    private final Level logLevel = log.getLevel();

    private final List<LiveRecording> canaries = IntStream.range(0, 50)
            .mapToObj(i -> recording("ca4a0000-0000-4000-8000-%012x".formatted(i)))
            .toList();
    private final Set<RecordingId> mayBeStopped = ConcurrentHashMap.newKeySet();
    private final Set<RecordingId> mustBeStopped = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void quiet() {
        registry.addAll(canaries);
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void forget() {
        log.setLevel(logLevel);
        canaries.forEach(canary -> registry.remove(canary.id()));
        mayBeStopped.forEach(registry::remove);
    }

    @Test
    void arbitraryRequestsNeitherFailTheServerNorStopWhatTheyDoNotName() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Callable<Void>> clients = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int client = i;
            clients.add(() -> new Client(client).run());
        }

        for (Future<Void> client : threads.invokeAll(clients, 5, TimeUnit.MINUTES)) {
            client.get();
        }
        threads.shutdown();

        String run = Seed.hint(seed) + " answers=" + new HashMap<>(answers);
        System.out.println(run);
        assertEquals(List.of(), failures.stream().limit(20).toList(), run);
        assertEquals(List.of(), canaries.stream().filter(c -> !isLive(c.id())).toList(), run);
        assertEquals(List.of(), mustBeStopped.stream().filter(this::isLive).toList(), run);
        assertTrue(answers.keySet().containsAll(Set.of(204, 400, 401, 403, 404, 405, 409)), run);
    }

    private boolean isLive(RecordingId id) {
        return registry.find(id).isPresent();
    }

    private static LiveRecording recording(String id) {
        return new LiveRecording(
                RecordingId.parse(id).orElseThrow(),
                DeviceName.of(DEVICE),
                DirectoryNumber.of(NUMBER),
                RecordingMode.MEDIA_FORKING,
                RecordingOrigin.MANUAL,
                Instant.now(),
                RecordingStatus.RECORDING);
    }

    /**
     * @param endsConnection whether the service may close the connection over it, as it may over what isn't legal HTTP
     * @param expected the statuses it may be answered with; empty: any below 500
     */
    private record Attempt(byte[] bytes, boolean endsConnection, Set<Integer> expected) {

        @Override
        public String toString() {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            return (text.length() > 600 ? text.substring(0, 600) + "…" : text).replace("\r\n", "⏎");
        }
    }

    private final class Client {

        private final int number;
        private final Random random;
        private final List<String> expendable = new ArrayList<>();
        private final String complete = TestTokens.complete();
        private final String weak = TestTokens.level("trainee", 9);
        private final String foreign = TestTokens.claims("mallory", "call-recording-lv10")
                .sign(TestTokens.otherKeys(0).getPrivate());
        private Socket socket;
        private InputStream in;
        private String answered;
        private Attempt kept;

        Client(int number) {
            this.number = number;
            this.random = new Random(seed + number);
            for (int i = 0; i < EXPENDABLES_PER_THREAD; i++) {
                String id = "e0e0000%d-0000-4000-8000-%012x".formatted(number, i);
                LiveRecording recording = recording(id);
                mayBeStopped.add(recording.id());
                registry.addAll(List.of(recording));
                expendable.add(id);
            }
        }

        Void run() throws IOException {
            int sent = 0;
            while (sent < REQUESTS_PER_THREAD && failures.isEmpty()) {
                List<Attempt> batch = batch();
                sent += batch.size();
                exchange(batch);
            }
            disconnect();
            return null;
        }

        /** What may end the connection comes alone: the answers to what came before it would be lost with the connection. */
        private List<Attempt> batch() {
            List<Attempt> batch = new ArrayList<>();
            while (batch.size() < PIPELINED && kept == null) {
                Attempt attempt = attempt();
                if (attempt.endsConnection()) {
                    kept = attempt;
                } else {
                    batch.add(attempt);
                }
            }
            if (batch.isEmpty()) {
                batch.add(kept);
                kept = null;
            }
            return batch;
        }

        private void exchange(List<Attempt> batch) throws IOException {
            Attempt awaited = batch.get(0);
            try {
                connect();
                for (Attempt attempt : batch) {
                    socket.getOutputStream().write(attempt.bytes());
                }
                socket.getOutputStream().flush();
                for (Attempt attempt : batch) {
                    awaited = attempt;
                    int status = readAnswer();
                    if (status == 0) {
                        judgeSilence(attempt);
                        disconnect();
                        return;
                    }
                    judge(attempt, status);
                }
            } catch (SocketTimeoutException e) {
                failures.add("no answer: " + awaited);
                disconnect();
                return;
            } catch (IOException e) {
                judgeSilence(awaited);
                disconnect();
                return;
            }
            if (batch.get(batch.size() - 1).endsConnection()) {
                disconnect();
            }
        }

        private void judge(Attempt attempt, int status) {
            answered = status + ": " + attempt;
            answers.merge(status, 1, Integer::sum);
            if (status >= 500
                    || status < 200
                    || !attempt.expected().isEmpty() && !attempt.expected().contains(status)) {
                failures.add(answered);
            }
        }

        /** What isn't legal HTTP may cost the connection; anything else has a right to an answer. */
        private void judgeSilence(Attempt attempt) {
            answers.merge(0, 1, Integer::sum);
            if (!attempt.endsConnection()) {
                failures.add("connection closed: " + attempt + " after " + answered);
            }
        }

        private void connect() throws IOException {
            if (socket == null) {
                socket = new Socket();
                socket.connect(new InetSocketAddress(service.getHost(), service.getPort()), ANSWER_WITHIN_MILLIS);
                socket.setSoTimeout(ANSWER_WITHIN_MILLIS);
                socket.setTcpNoDelay(true);
                in = new BufferedInputStream(socket.getInputStream());
            }
        }

        private void disconnect() throws IOException {
            if (socket != null) {
                socket.close();
                socket = null;
            }
        }

        /** The status, or 0 if the connection was closed instead. */
        private int readAnswer() throws IOException {
            String line = readLine();
            if (line == null) {
                return 0;
            }
            int status = Integer.parseInt(line.split(" ")[1]);
            int length = 0;
            boolean chunked = false;
            while (!(line = readLine()).isEmpty()) {
                String header = line.toLowerCase(Locale.ROOT);
                if (header.startsWith("content-length:")) {
                    length = Integer.parseInt(header.substring(15).strip());
                }
                chunked |= header.startsWith("transfer-encoding:") && header.contains("chunked");
            }
            if (chunked) {
                int size;
                while ((size = Integer.parseInt(readLine().strip(), 16)) > 0) {
                    in.skipNBytes(size + 2L);
                }
                readLine();
            } else {
                in.skipNBytes(length);
            }
            return status == 100 ? readAnswer() : status;
        }

        private String readLine() throws IOException {
            StringBuilder line = new StringBuilder();
            int b;
            while ((b = in.read()) >= 0 && b != '\n') {
                if (b != '\r') {
                    line.append((char) b);
                }
            }
            return b < 0 && line.isEmpty() ? null : line.toString();
        }

        private Attempt attempt() {
            int arm = random.nextInt(100);
            if (arm < 4 && !expendable.isEmpty()) {
                return expendableStop();
            }
            if (arm < 30) {
                return namedWithoutRight();
            }
            if (arm < 60) {
                return rightWithoutName();
            }
            if (arm < 75) {
                return otherMethod();
            }
            if (arm < 95) {
                return anyTarget();
            }
            return garbage();
        }

        /** The only arm whose requests may stop anything: the right token, a true id in any spelling. */
        private Attempt expendableStop() {
            String id = expendable.remove(expendable.size() - 1);
            mustBeStopped.add(RecordingId.parse(id).orElseThrow());
            String spelled = switch (random.nextInt(6)) {
                case 0 -> id.replace("-", "");
                case 1 -> "{" + id + "}";
                case 2 -> "(" + id + ")";
                case 3 -> "%20" + id + "%20";
                case 4 -> "%7b" + id + "%7D";
                default -> id;
            };
            String target =
                    anyCase(ApiPaths.LIVE_RECORDINGS) + "/" + anyCase(spelled) + (random.nextBoolean() ? "/" : "");
            return request("DELETE", target, "Bearer " + complete, Set.of(204));
        }

        /** Canaries by id, device or number; the token doesn't hold or isn't enough. */
        private Attempt namedWithoutRight() {
            String authorization = switch (random.nextInt(8)) {
                case 0 -> null;
                case 1 -> "Bearer " + weak;
                case 2 -> "Bearer " + foreign;
                case 3 -> "Bearer " + mutatedToken(complete);
                case 4 -> "Basic anVkeTpzZWNyZXQx";
                case 5 -> "Bearer";
                case 6 -> complete;
                default -> "Basic " + text(random.nextInt(30), "ABCabc012=+/");
            };
            String target = switch (random.nextInt(3)) {
                case 0 -> "/" + canary();
                case 1 -> "?deviceName=" + DEVICE;
                default -> "?directoryNumber=" + NUMBER + "&deviceName=";
            };
            return request("DELETE", anyCase(ApiPaths.LIVE_RECORDINGS) + target, authorization, Set.of(401, 403));
        }

        /** The right token, but what is named is no canary, however close it comes. */
        private Attempt rightWithoutName() {
            String target = switch (random.nextInt(12)) {
                case 0 -> "/" + mutatedGuid(canary());
                case 1 -> "?deviceName=" + DEVICE.substring(0, 14);
                case 2 -> "?deviceName=" + DEVICE + "x&directoryNumber=" + NUMBER;
                case 3 -> "?deviceName=&deviceName=" + DEVICE + "&directoryNumber=&directoryNumber=" + NUMBER;
                case 4 -> "?directoryNumber=" + NUMBER + text(1 + random.nextInt(3), "0123456789#*xX");
                case 5 -> "?directoryNumber=%2B" + NUMBER;
                case 6 -> "?id=" + canary() + "&line=" + NUMBER + "&" + text(random.nextInt(40), "%&=;+?/az09\\{");
                case 7 -> "?deviceName=*&directoryNumber=_";
                case 8 -> "?deviceName=" + "x".repeat(1 + random.nextInt(3500)) + "&directoryNumber=" + NUMBER;
                case 9 -> "?deviceName=%00" + DEVICE;
                case 10 -> "?deviceName=' OR '1'='1".replace(" ", random.nextBoolean() ? "+" : "%20");
                default -> "/" + text(random.nextInt(200), "%{}()-0aF;=,.~!@:\\|^`\"<>[]#");
            };
            return request(
                    "DELETE", anyCase(ApiPaths.LIVE_RECORDINGS) + target, "Bearer " + complete, Set.of(400, 404, 409));
        }

        /** Canaries, with the right token, but it is not a stop that is asked for. */
        private Attempt otherMethod() {
            String method = switch (random.nextInt(10)) {
                case 0 -> "GET";
                case 1 -> "POST";
                case 2 -> "PUT";
                case 3 -> "PATCH";
                case 4 -> "OPTIONS";
                case 5 -> "delete";
                case 6 -> "DELETEX";
                case 7 -> "TRACE";
                case 8 -> "PROPFIND";
                default -> text(1 + random.nextInt(12), "ABCdef-_!");
            };
            String target = random.nextBoolean() ? "/" + canary() : "?deviceName=" + DEVICE;
            return request(method, anyCase(ApiPaths.LIVE_RECORDINGS) + target, "Bearer " + complete, Set.of());
        }

        /** The path in spellings that no longer are the path's, or anything at all. */
        private Attempt anyTarget() {
            String path = ApiPaths.LIVE_RECORDINGS;
            String target = switch (random.nextInt(14)) {
                case 0 -> path.replace("LiveRecordings", "LiveRecordings;x=" + canary()) + "/x";
                case 1 -> path + "/x/../" + text(3, "ab/.%");
                case 2 -> path + "/".repeat(random.nextInt(3800));
                case 3 -> "/" + text(random.nextInt(300), "%./;a\\");
                case 4 -> "/../..".repeat(random.nextInt(500)) + "/etc/passwd";
                case 5 -> path + "/" + canary() + "/Pause";
                case 6 -> path + "/x%2F" + canary();
                case 7 -> "/%2e%2e" + path + "/%2e/" + text(5, "%2eE/x");
                case 8 -> path + "/%c0%ae%" + text(4, "0123456789abcdef%");
                case 9 -> "http://" + text(3, "abc:/@") + path + "/x";
                case 10 -> text(1 + random.nextInt(30), "*%?a/:@{");
                case 11 -> path + "?" + text(random.nextInt(2000), "%&=+a1;\\");
                case 12 -> "/q/" + text(random.nextInt(20), "healtopnpi/-%");
                default -> bytes(1 + random.nextInt(100));
            };
            return request(anyCase("DELETE"), target, "Bearer " + complete, Set.of());
        }

        /** Not even HTTP, or too much of it. */
        private Attempt garbage() {
            String head = "DELETE " + ApiPaths.LIVE_RECORDINGS + "/" + mutatedGuid(canary());
            String raw = switch (random.nextInt(10)) {
                // A letter first: a server skips control characters before a request, and waits on for one.
                case 0 -> "x" + bytes(random.nextInt(300)) + "\r\n\r\n";
                case 1 -> head + "x".repeat(5000) + " HTTP/1.1\r\nHost: x\r\n\r\n";
                case 2 -> head + " HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(20_000) + "\r\n\r\n";
                case 3 -> head + " HTTP/9.9\r\nHost: x\r\n\r\n";
                case 4 -> head + " HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n";
                case 5 -> head + " HTTP/1.1\r\nHost: x\r\nContent-Length: 20000000\r\n\r\n";
                case 6 -> head + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n";
                case 7 -> head + " HTTP/1.1\r\n: x\r\n\r\n";
                case 8 -> head + " HTTP/1.1\r\nAuthorization: Bearer " + bytes(40) + "\r\n\r\n";
                default -> "\r\n\r\n" + head + "\r\n\r\n";
            };
            return new Attempt(raw.getBytes(StandardCharsets.ISO_8859_1), true, Set.of());
        }

        private Attempt request(String method, String target, String authorization, Set<Integer> expected) {
            StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
            if (authorization != null) {
                request.append(anyCase("Authorization"))
                        .append(": ")
                        .append(authorization)
                        .append("\r\n");
            }
            switch (random.nextInt(8)) {
                case 0 ->
                    request.append("X-Request-Id: ")
                            .append(text(random.nextInt(200), "az09 %\"<;=,é"))
                            .append("\r\n");
                case 1 -> request.append("Accept: text/plain;q=0.1\r\n");
                case 2 ->
                    request.append("Content-Type: ").append(text(10, "az/;=*")).append("\r\n");
                case 3 ->
                    request.append("X-HTTP-Method-Override: DELETE\r\nX-Original-URL: /\r\nX-Forwarded-Host: x\r\n");
                case 4 -> request.append("Cookie: ").append(text(30, "az=;\" ")).append("\r\n");
                default -> {}
            }
            request.append("\r\n");
            return new Attempt(request.toString().getBytes(StandardCharsets.ISO_8859_1), expected.isEmpty(), expected);
        }

        private String canary() {
            return canaries.get(random.nextInt(canaries.size())).id().toString();
        }

        /** Neither a canary nor an expendable: the last letter that isn't a digit of the group is one that is in neither. */
        private String mutatedGuid(String guid) {
            return switch (random.nextInt(8)) {
                case 0 -> guid.substring(1);
                case 1 -> guid + "0";
                case 2 -> guid.replaceFirst("-", "");
                case 3 -> "{" + guid;
                case 4 -> "{" + guid.replace("-", "") + "}";
                case 5 -> "f" + guid.substring(1);
                case 6 -> guid.replace('0', 'o');
                default -> guid.substring(0, 20) + text(1, "g_%&{") + guid.substring(21);
            };
        }

        private String mutatedToken(String token) {
            // The last letter's low bits may not count, so that changing it may change nothing.
            int at = random.nextInt(token.length() - 2);
            char other = token.charAt(at) == 'A' ? 'B' : 'A';
            return switch (random.nextInt(4)) {
                case 0 -> token.substring(0, at);
                case 1 -> token.substring(0, at) + "." + token.substring(at);
                default -> token.substring(0, at) + other + token.substring(at + 1);
            };
        }

        private String anyCase(String text) {
            if (random.nextInt(3) > 0 || text.equals("DELETE")) {
                return text;
            }
            StringBuilder mixed = new StringBuilder();
            for (char c : text.toCharArray()) {
                mixed.append(random.nextBoolean() ? Character.toUpperCase(c) : Character.toLowerCase(c));
            }
            return mixed.toString();
        }

        private String text(int length, String alphabet) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < length; i++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            return text.toString();
        }

        private String bytes(int length) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < length; i++) {
                text.append((char) random.nextInt(256));
            }
            return text.toString();
        }
    }
}
