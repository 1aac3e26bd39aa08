import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.liverecordings.support.AsteriskServer;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.SipPhone;
import org.liverecordings.support.TestTokens;

/**
 * How long after its stop is asked for a recording of a real call gets its last sample, at most: until Asterisk has closed the file. After
 * {@code .ci/asterisk}, Debian's package {@code sip-tester} and {@code ./mvnw package -DskipTests}:
 *
 * <pre>java -cp 'target/test-classes:target/classes:target/quarkus-app/lib/main/*:target/quarkus-app/lib/boot/*' \
 *   src/bench/AsteriskStopBenchmark.java</pre>
 */
public class AsteriskStopBenchmark {

    private static final int STOPS = Integer.getInteger("stops", 200);
    private static final String API = "/fw/Apps/Recorder/WebAPI/LiveRecordings";
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    public static void main(String... args) throws Exception {
        Path lines = Files.createTempFile("lines", ".csv");
        Files.writeString(lines, "SEP201,201,alice,true,false\n");
        try (AsteriskServer server = AsteriskServer.start();
                SipPhone phone = SipPhone.answering(server, "201", 440);
                ServiceProcess service = ServiceProcess.start(settings(server.uri(), lines))) {
            server.call("201", "700");
            List<Double> toLastSample = new ArrayList<>();
            List<Double> toAnswer = new ArrayList<>();
            for (int i = -20; i < STOPS; i++) {
                String id = start(service.uri());
                TimeUnit.MILLISECONDS.sleep(100);
                long clock = System.currentTimeMillis();
                long asked = System.nanoTime();
                int status = RawHttp.delete(service.uri(), API + "/" + id, TestTokens.complete()).status();
                double answered = (System.nanoTime() - asked) / 1e6;
                if (status != 204) {
                    throw new IllegalStateException("answered " + status);
                }
                if (i >= 0) { // the first ones warm it up
                    toAnswer.add(answered);
                    toLastSample.add((Files.getLastModifiedTime(server.wav(id)).to(TimeUnit.MICROSECONDS) / 1e3) - clock);
                }
            }
            print("from the DELETE to the last sample", toLastSample);
            print("from the DELETE to the 204", toAnswer);
        } finally {
            Files.delete(lines);
        }
    }

    private static Map<String, String> settings(URI node, Path lines) {
        Map<String, String> settings = new HashMap<>(ServiceProcess.tokenSettings());
        settings.put("LIVE_RECORDINGS_RECORDER", "asterisk");
        settings.put("LIVE_RECORDINGS_LINES_FILE", lines.toString());
        settings.put("LIVE_RECORDINGS_ASTERISK_ENDPOINT", "PJSIP/{directoryNumber}");
        settings.put("LIVE_RECORDINGS_ASTERISK_NODES_PBX_URL", node.toString());
        settings.put("LIVE_RECORDINGS_ASTERISK_NODES_PBX_USERNAME", AsteriskServer.USER);
        settings.put("LIVE_RECORDINGS_ASTERISK_NODES_PBX_PASSWORD", AsteriskServer.PASSWORD);
        return settings;
    }

    private static String start(URI service) {
        String body = RawHttp.sendBody(
                        service, "POST", API, "{\"deviceName\":\"SEP201\"}", "Authorization: Bearer " + TestTokens.complete())
                .body();
        Matcher id = ID.matcher(body);
        if (!id.find()) {
            throw new IllegalStateException(body);
        }
        return id.group(1);
    }

    private static void print(String what, List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        System.out.printf(
                "%s: median %.0f ms, worst of %d %.0f ms%n",
                what, sorted.get(sorted.size() / 2), sorted.size(), sorted.get(sorted.size() - 1));
    }
}
