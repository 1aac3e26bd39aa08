package org.liverecordings.randomized;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What the suite was asked.
 *
 * @param number tells it from others
 * @param came a moment of {@link History#moment}
 * @param id null if it names a line
 * @param query the names that are given, and their values
 */
record SuiteRequest(long number, long came, Instant cameAt, String method, UUID id, Map<String, String> query) {

    private static final String API = "/fw/Apps/Recorder/WebAPI/LiveRecordings";

    static SuiteRequest parse(String requestLine) {
        String[] parts = requestLine.split(" ");
        String[] target = parts[1].substring(API.length()).split("\\?", 2);
        Map<String, String> query = new HashMap<>();
        if (target.length > 1) {
            for (String parameter : target[1].split("&")) {
                String[] pair = parameter.split("=", 2);
                query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
            }
        }
        UUID id = target[0].length() > 1 ? UUID.fromString(target[0].substring(1)) : null;
        long moment = History.moment();
        return new SuiteRequest(moment, moment, Instant.now(), parts[0], id, query);
    }

    boolean selects(StoppedLine.Recorded recording) {
        return id != null
                ? id.equals(recording.id)
                : isOrAbsent("deviceName", recording.device)
                        && isOrAbsent("directoryNumber", recording.number)
                        && isOrAbsent("username", recording.user);
    }

    private boolean isOrAbsent(String name, String value) {
        return query.getOrDefault(name, value).equals(value);
    }

    @Override
    public String toString() {
        return "suite request " + number + " " + method + " " + (id == null ? query : id);
    }
}
