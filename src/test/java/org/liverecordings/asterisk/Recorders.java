package org.liverecordings.asterisk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.liverecordings.support.AsteriskServer;
import org.liverecordings.support.Pause;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.RawHttp.Answer;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;
import org.liverecordings.support.Wav;

/** The packaged service in front of nodes of Asterisk, and what tests ask of it. Phone 101 is the line 101 of device SEP101. */
final class Recorders {

    static final String API = "/fw/Apps/Recorder/WebAPI/LiveRecordings";

    /** What was said just before and is heard just after. */
    private static final Duration PACKETS = Duration.ofMillis(60);

    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    private Recorders() {}

    /** Settings with the nodes by their names. */
    static Map<String, String> settings(Map<String, URI> nodes) {
        Map<String, String> settings = ServiceProcess.tokenSettings();
        settings.put("LIVE_RECORDINGS_RECORDER", "asterisk");
        // However busy the machine is: only a fault is a fault.
        settings.put("LIVE_RECORDINGS_GUARD_DEADLINE", "15s");
        settings.put("LIVE_RECORDINGS_GUARD_ATTEMPT_TIMEOUT", "7s");
        settings.put("LIVE_RECORDINGS_GUARD_BREAKER_WINDOW", "10000");
        settings.put("LIVE_RECORDINGS_ASTERISK_ENDPOINT", "PJSIP/{directoryNumber}");
        settings.put("LIVE_RECORDINGS_LINES_FILE", lines().toString());
        nodes.forEach((name, uri) -> {
            String node = "LIVE_RECORDINGS_ASTERISK_NODES_" + name.toUpperCase(Locale.ROOT);
            settings.put(node + "_URL", uri.toString());
            settings.put(node + "_USERNAME", AsteriskServer.USER);
            settings.put(node + "_PASSWORD", AsteriskServer.PASSWORD);
        });
        return settings;
    }

    private static Path lines() {
        try {
            Path file = Files.createTempFile("lines", ".csv");
            file.toFile().deleteOnExit();
            Files.writeString(
                    file,
                    AsteriskServer.PHONES.stream()
                            .map(phone -> "SEP" + phone + "," + phone + ",user" + phone + ",false,false\n")
                            .collect(Collectors.joining()));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts recording a phone's call and returns the recording's id. */
    static String start(ServiceProcess service, String phone, String... headers) {
        Answer answer = askToStart(service, phone, headers);
        Matcher id = ID.matcher(answer.body());
        if (answer.status() != 201 || !id.find()) {
            throw new AssertionError(answer + "\n" + service.log());
        }
        return id.group(1);
    }

    static Answer askToStart(ServiceProcess service, String phone, String... headers) {
        return RawHttp.sendBody(
                service.uri(),
                "POST",
                API,
                "{\"deviceName\":\"SEP" + phone + "\",\"directoryNumber\":\"" + phone + "\"}",
                with(authorization(), headers));
    }

    static int stop(ServiceProcess service, String id, String... headers) {
        return RawHttp.send(service.uri(), "DELETE", API + "/" + id, with(authorization(), headers))
                .status();
    }

    /** Stops a recording so that its line is put on hold. */
    static int withdrawConsent(ServiceProcess service, String id) {
        return RawHttp.send(service.uri(), "DELETE", API + "/" + id + "?reason=consent-withdrawn", authorization())
                .status();
    }

    /** The lines that are on hold. */
    static String holds(ServiceProcess service) {
        return RawHttp.send(service.uri(), "GET", "/holds", authorization()).body();
    }

    private static String[] with(String header, String... others) {
        return Stream.concat(Stream.of(header), Stream.of(others)).toArray(String[]::new);
    }

    /** Repeats a stop as the documentation says, until it is known what became of it. */
    static int stopUntilKnown(ServiceProcess service, String id) {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        int status = stop(service, id);
        while ((status == 503 || status == 504) && System.nanoTime() < deadline) {
            Pause.of(Duration.ofMillis(100));
            status = stop(service, id);
        }
        return status;
    }

    static int pause(ServiceProcess service, String id) {
        return RawHttp.send(service.uri(), "PUT", API + "/" + id + "/Pause", authorization())
                .status();
    }

    static int resume(ServiceProcess service, String id) {
        return RawHttp.send(service.uri(), "PUT", API + "/" + id + "/Resume", authorization())
                .status();
    }

    static String list(ServiceProcess service) {
        return RawHttp.send(service.uri(), "GET", API, authorization()).body();
    }

    /** The id of the only recording of a phone. */
    static String listed(ServiceProcess service, String phone) {
        String list = RawHttp.send(service.uri(), "GET", API + "?directoryNumber=" + phone, authorization())
                .body();
        Matcher id = ID.matcher(list);
        if (!id.find()) {
            throw new AssertionError(list);
        }
        return id.group(1);
    }

    static boolean isListed(ServiceProcess service, String id) {
        return list(service).contains(id);
    }

    /** Waits until a recording has left the registry by itself. */
    static void awaitUnlisted(ServiceProcess service, String id) {
        try {
            await(() -> !isListed(service, id));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("still listed:\n" + service.log(), e);
        }
    }

    static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }

    private static String authorization() {
        return "Authorization: Bearer " + TestTokens.complete();
    }

    /** How much time has gone by, which is more than the audio that was recorded in it. */
    static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime).plus(PACKETS);
    }

    /** Waits until so much audio is in a recording's file. */
    static void awaitAudio(AsteriskServer server, String id, Duration audio) {
        await(() -> Files.exists(server.wav(id))
                && Wav.read(server.wav(id)).duration().compareTo(audio) >= 0);
    }
}
