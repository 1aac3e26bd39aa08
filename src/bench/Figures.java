import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures start-up and memory, see {@code figures}: {@code java Figures.java NAME=COMMAND...}. Each command is started anew for
 * each of the runs, the commands by turns, so that what else the machine does falls on all alike.
 */
class Figures {

    static final int RUNS = Integer.getInteger("runs", 20);
    static final int REQUESTS = Integer.getInteger("requests", 100_000);
    static final int CLIENTS = 8;
    static final String API = "/fw/Apps/Recorder/WebAPI/LiveRecordings/";
    static final byte[] ID = "75a90276-e47e-4e9e-b463-000000000000".getBytes(StandardCharsets.US_ASCII);

    static Path folder;
    static String token;

    public static void main(String... args) throws Exception {
        folder = Files.createTempDirectory("figures");
        writeFiles();
        List<Measured> all = new ArrayList<>();
        for (String arg : args) {
            all.add(new Measured(arg.substring(0, arg.indexOf('=')), arg.substring(arg.indexOf('=') + 1)));
        }
        for (int run = 0; run <= RUNS; run++) {
            for (Measured measured : all) {
                try (Running running = new Running(measured)) {
                    if (run > 0) { // the first one reads the files from the disk
                        measured.starts.add(running.started);
                        measured.memory.add(running.rss());
                    }
                }
            }
        }
        for (Measured measured : all) {
            try (Running running = new Running(measured)) {
                running.load();
                measured.memoryAfterLoad = running.rss();
            }
        }
        System.out.printf("| %s | exec to first 204, median | fastest | RSS after it | RSS after %,d requests |%n", "", REQUESTS);
        System.out.println("|---|---:|---:|---:|---:|");
        for (Measured measured : all) {
            System.out.printf(
                    "| %s | %.0f ms | %.0f ms | %.1f MB | %.1f MB |%n",
                    measured.name,
                    median(measured.starts) / 1e6,
                    measured.starts.stream().min(Long::compare).get() / 1e6,
                    median(measured.memory) / 1e6,
                    measured.memoryAfterLoad / 1e6);
        }
    }

    static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    static void writeFiles() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        Files.writeString(
                folder.resolve("key.pem"),
                "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        long now = System.currentTimeMillis() / 1000;
        String claims = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "."
                + base64("{\"iss\":\"figures\",\"sub\":\"figures\",\"upn\":\"figures\",\"groups\":[\"call-recording-lv10\"],"
                        + "\"iat\":" + now + ",\"exp\":" + (now + 36_000) + "}");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(claims.getBytes(StandardCharsets.US_ASCII));
        token = claims + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        Files.writeString(
                folder.resolve("lines.csv"),
                "deviceName,directoryNumber,username,tapiMonitorable,automaticRecording\nSEP000000000001,101,alice,true,false\n");
        Files.writeString(
                folder.resolve("recordings.csv"),
                "id,deviceName,directoryNumber,mode,origin\n" + new String(ID, StandardCharsets.US_ASCII)
                        + ",SEP000000000001,101,media-forking,manual\n");
    }

    static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    static class Measured {
        final String name;
        final String[] command;
        final String path;
        final List<Long> starts = new ArrayList<>();
        final List<Long> memory = new ArrayList<>();
        long memoryAfterLoad;

        Measured(String name, String command) {
            this.name = name;
            this.command = command.split(" ");
            this.path = name.contains("hello") ? "/hello" : API + new String(ID, StandardCharsets.US_ASCII);
        }
    }

    /** A process from its start to its first 204. */
    static class Running implements AutoCloseable {
        final Process process;
        final int port;
        final byte[] request;
        final long started;

        Running(Measured measured) throws Exception {
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            request = ("DELETE " + measured.path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            ProcessBuilder builder = new ProcessBuilder(measured.command).redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile());
            builder.environment().clear();
            builder.environment().putAll(Map.of(
                    "QUARKUS_HTTP_PORT", Integer.toString(port),
                    "QUARKUS_HTTP_HOST", "127.0.0.1",
                    "MP_JWT_VERIFY_PUBLICKEY_LOCATION", folder.resolve("key.pem").toString(),
                    "MP_JWT_VERIFY_ISSUER", "figures",
                    "LIVE_RECORDINGS_LINES_FILE", folder.resolve("lines.csv").toString(),
                    "LIVE_RECORDINGS_EMBEDDED_RECORDINGS_FILE", folder.resolve("recordings.csv").toString()));
            long before = System.nanoTime();
            process = builder.start();
            while (true) {
                try (Socket socket = new Socket("127.0.0.1", port)) {
                    int status = exchange(socket);
                    if (status != 204) {
                        throw new IllegalStateException("answered " + status + "\n" + Files.readString(folder.resolve("log")));
                    }
                    break;
                } catch (IOException e) {
                    if (!process.isAlive() || System.nanoTime() - before > TimeUnit.SECONDS.toNanos(60)) {
                        throw new IllegalStateException(Files.readString(folder.resolve("log")), e);
                    }
                    Thread.sleep(0, 200_000);
                }
            }
            started = System.nanoTime() - before;
        }

        int exchange(Socket socket) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(request);
            out.flush();
            return status(new BufferedInputStream(socket.getInputStream()));
        }

        /** Reads one answer to its end. */
        static int status(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
                int b = in.read();
                if (b < 0) {
                    throw new IOException("closed");
                }
                head.append((char) b);
            }
            String lower = head.toString().toLowerCase();
            int length = lower.indexOf("content-length: ");
            if (length >= 0) {
                in.skipNBytes(Integer.parseInt(lower.substring(length + 16, lower.indexOf('\r', length))));
            }
            return Integer.parseInt(head.substring(9, 12));
        }

        /** Keeps eight connections busy. But for the first 204 the service's answers are 409: the recording has been stopped. */
        void load() throws Exception {
            AtomicInteger left = new AtomicInteger(REQUESTS);
            AtomicInteger failed = new AtomicInteger();
            Thread[] clients = new Thread[CLIENTS];
            for (int i = 0; i < CLIENTS; i++) {
                clients[i] = new Thread(() -> {
                    try (Socket socket = new Socket("127.0.0.1", port)) {
                        socket.setTcpNoDelay(true);
                        BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
                        while (left.getAndDecrement() > 0) {
                            socket.getOutputStream().write(request);
                            int status = status(in);
                            if (status != 204 && status != 409) {
                                failed.incrementAndGet();
                            }
                        }
                    } catch (IOException e) {
                        failed.incrementAndGet();
                    }
                });
                clients[i].start();
            }
            for (Thread client : clients) {
                client.join();
            }
            if (failed.get() > 0) {
                throw new IllegalStateException(failed + " requests failed");
            }
        }

        long rss() throws IOException {
            for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
            throw new IOException("no VmRSS");
        }

        @Override
        public void close() throws Exception {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}
