package org.liverecordings.replicas;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkus.elytron.security.common.BcryptUtil;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.RawHttp.Answer;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

/** One more instance of the service, with its recordings in its own memory, in a suite's place. */
final class Upstream implements AutoCloseable {

    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final String AUTHORIZATION = "Authorization: Bearer ";

    private final ServiceProcess service;
    private int next;

    private Upstream(ServiceProcess service) {
        this.service = service;
    }

    static Upstream start(Path directory) throws IOException {
        Files.writeString(directory.resolve("users"), "service:" + BcryptUtil.bcryptHash("secret", 4) + ":10\n");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            lines.append(String.format("SEP%012d,%d,alice,true,false\n", i, 1000 + i));
        }
        Files.writeString(directory.resolve("upstream.csv"), lines);
        Map<String, String> settings = ServiceProcess.tokenSettings();
        settings.put(
                "LIVE_RECORDINGS_BASIC_USERS_FILE", directory.resolve("users").toString());
        settings.put(
                "LIVE_RECORDINGS_LINES_FILE", directory.resolve("upstream.csv").toString());
        return new Upstream(ServiceProcess.start(settings));
    }

    URI uri() {
        return service.uri();
    }

    synchronized UUID record() {
        String body = "{\"directoryNumber\":\"" + (1000 + next++) + "\"}";
        Answer answer =
                RawHttp.sendBody(service.uri(), "POST", Replicas.API, body, AUTHORIZATION + TestTokens.complete());
        Matcher id = ID.matcher(answer.body());
        if (!id.find()) {
            throw new AssertionError(answer.toString());
        }
        return UUID.fromString(id.group(1));
    }

    /** The directory number of the line that was recorded last. */
    synchronized int latestNumber() {
        return 999 + next;
    }

    boolean isRecording(UUID id) {
        return RawHttp.send(service.uri(), "GET", Replicas.API, AUTHORIZATION + TestTokens.complete())
                .body()
                .contains(id.toString());
    }

    @Override
    public void close() {
        service.close();
    }
}
