package org.liverecordings.api.intake;

import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import org.liverecordings.api.ApiPaths;

/**
 * Keeps the labels of HTTP metrics few, whoever sends what: a path is one of the API's templates, a method one that there is. Each
 * new value would make a series of its own, until the limit on series keeps out those that matter.
 */
@Singleton
public class MetricLabels implements MeterFilter {

    static final String OTHER = "UNKNOWN";

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    private static final String REPLAY = "/webhooks/{name}/replay";

    /** Other paths of ours, and the framework's words where it has no path. */
    private static final Set<String> KNOWN =
            Set.of("/audit", "/events", REPLAY, "/holds", "NOT_FOUND", "REDIRECTION", "root", "/cors-preflight", OTHER);

    private static final Pattern REPLAYS = Pattern.compile("/webhooks/[^/]+/replay");
    private static final Pattern HOLD = Pattern.compile("/holds/[^/]+/?");

    /** The group is an id; without it the operation's path has none. */
    private static final Pattern OPERATION = Pattern.compile("(?:/(?:Mine|Pause|Resume)|(/[^/]+)(/Pause|/Resume)?)?");

    @Override
    public Meter.Id map(Meter.Id id) {
        return id.getName().startsWith("http.")
                ? id.replaceTags(
                        id.getTags().stream().map(MetricLabels::bounded).toList())
                : id;
    }

    private static Tag bounded(Tag tag) {
        return switch (tag.getKey()) {
            case "method" -> METHODS.contains(tag.getValue()) ? tag : Tag.of("method", OTHER);
            case "uri" -> Tag.of("uri", template(tag.getValue()));
            default -> tag;
        };
    }

    /** The template that the path is one of, if it is one of any. */
    public static String template(String path) {
        if (KNOWN.contains(path)) {
            return path;
        }
        if (REPLAYS.matcher(path).matches()) {
            return REPLAY;
        }
        if (HOLD.matcher(path).matches()) {
            return "/holds/{id}";
        }
        String canonical = RequestPath.canonical(path);
        String below = canonical == null ? null : RequestPath.belowApi(canonical);
        Matcher operation = OPERATION.matcher(below == null ? "" : below);
        if (below == null || !operation.matches()) {
            return OTHER;
        }
        return operation.group(1) == null
                ? canonical
                : ApiPaths.LIVE_RECORDINGS + "/{id}" + Objects.requireNonNullElse(operation.group(2), "");
    }
}
