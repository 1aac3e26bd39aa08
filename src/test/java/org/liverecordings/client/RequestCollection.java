package org.liverecordings.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The collection of requests that people open in their editors. */
final class RequestCollection {

    private static final Pattern VARIABLE = Pattern.compile("(?m)^@(\\w+) = (.*)$");

    private RequestCollection() {}

    /**
     * A request of the collection.
     *
     * @param title begins with the status that it promises
     */
    record Request(String title, String method, String url, List<String> headers, String body) {

        HttpRequest request() {
            HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(url))
                    .timeout(Duration.ofMinutes(1))
                    .method(method, BodyPublishers.ofString(body));
            headers.forEach(header -> builder.header(header.split(": ", 2)[0], header.split(": ", 2)[1]));
            return builder.build();
        }

        @Override
        public String toString() {
            return title;
        }
    }

    /**
     * The requests in their order.
     *
     * @param variables instead of those of the collection
     */
    static List<Request> requests(Map<String, String> variables) {
        try {
            String text = Files.readString(Path.of("docs", "live-recordings.http"));
            Map<String, String> all = new HashMap<>();
            Matcher variable = VARIABLE.matcher(text);
            while (variable.find()) {
                all.put(variable.group(1), variables.getOrDefault(variable.group(1), variable.group(2)));
            }
            String[] parts = text.split("(?m)^### ");
            return Arrays.stream(parts, 1, parts.length)
                    .map(part -> request(part, all))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Request request(String part, Map<String, String> variables) {
        String text = part;
        // A variable may name another one.
        for (int i = 0; i < 2; i++) {
            for (Map.Entry<String, String> each : variables.entrySet()) {
                text = text.replace("{{" + each.getKey() + "}}", each.getValue());
            }
        }
        String[] headAndBody = text.strip().split("\n\n", 2);
        List<String> head = headAndBody[0].lines().toList();
        String[] line = head.get(1).split(" ", 2);
        return new Request(
                head.get(0),
                line[0],
                line[1],
                head.subList(2, head.size()),
                headAndBody.length == 1 ? "" : headAndBody[1].strip());
    }
}
