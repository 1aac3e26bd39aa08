package org.liverecordings.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.liverecordings.support.RawHttp;
import org.liverecordings.support.TestTokens;

/**
 * One row of a contract's table: a state, a request, and the answer that it must get, to the letter.
 *
 * <p>In all texts {@code {id}}, {@code {id2}}, {@code {dev}}, {@code {dev2}}, {@code {num}}, {@code {num2}} and
 * {@code {user}} stand for values that no other row uses, so that all rows can share one running service. In a body, {@code <guid>},
 * {@code <duration>} and {@code <instant>} stand for any such value.
 *
 * @param name what the row shows
 * @param lines the inventory, as rows of its CSV file
 * @param recordings what is being recorded, as rows of its CSV file
 * @param before requests that were made before by a caller with level 10, or by whose token stands before it in brackets, each with
 *     success
 * @param token {@code level N}, {@code level N {user}}, {@code level 10:group|group {user}}, or {@code none}
 * @param request method and target below the API's path, perhaps a space and a body; a target that begins with {@code //} is
 *     below the server's root
 * @param status the answer's status
 * @param body the answer's body
 */
public record Row(
        String name,
        List<String> lines,
        List<String> recordings,
        List<String> before,
        String token,
        String request,
        int status,
        String body) {

    static final String API = "/fw/Apps/Recorder/WebAPI/LiveRecordings";

    /** A row that is asked for with level 10, in a state that the next calls add to. */
    public static Row row(String name) {
        return new Row(name, List.of(), List.of(), List.of(), "level 10", null, 0, "");
    }

    public Row line(String csv) {
        return new Row(name, with(lines, csv), recordings, before, token, request, status, body);
    }

    public Row recording(String csv) {
        return new Row(name, lines, with(recordings, csv), before, token, request, status, body);
    }

    public Row before(String earlier) {
        return new Row(name, lines, recordings, with(before, earlier), token, request, status, body);
    }

    public Row token(String whose) {
        return new Row(name, lines, recordings, before, whose, request, status, body);
    }

    public Row when(String asked) {
        return new Row(name, lines, recordings, before, token, asked, status, body);
    }

    public Row then(int answered, String with) {
        return new Row(name, lines, recordings, before, token, request, answered, with);
    }

    private static List<String> with(List<String> list, String added) {
        List<String> longer = new ArrayList<>(list);
        longer.add(added);
        return longer;
    }

    /** The row with its placeholders filled in. */
    Row numbered(int number) {
        return new Row(
                number + ": " + name,
                lines.stream().map(text -> fill(text, number)).toList(),
                recordings.stream().map(text -> fill(text, number)).toList(),
                before.stream().map(text -> fill(text, number)).toList(),
                fill(token, number),
                fill(request, number),
                status,
                fill(body, number));
    }

    private static String fill(String text, int number) {
        return text.replace("{id}", String.format("%08d-0000-4000-8000-00000000000a", number))
                .replace("{ID}", String.format("%08d-0000-4000-8000-00000000000A", number))
                .replace("{id digits}", String.format("%08d00004000800000000000000a", number))
                .replace("{id2}", String.format("%08d-0000-4000-8000-00000000000b", number))
                .replace("{dev}", String.format("SEP%011dA", number))
                .replace("{dev lower}", String.format("sep%011da", number))
                .replace("{dev2}", String.format("SEP%011dB", number))
                .replace("{num}", String.format("1%04d1", number))
                .replace("{num2}", String.format("1%04d2", number))
                .replace("{user}", "user" + number)
                .replace("{correlation}", "contract-" + number);
    }

    /** Makes the request and checks its answer. */
    void check(URI service, Credentials credentials) {
        for (String earlier : before) {
            int answered = send(service, credentials, tokenOf(earlier), earlier.replaceFirst("^\\[.*\\] ", ""))
                    .status();
            assertTrue(answered < 300, () -> "before: " + earlier + ": " + answered);
        }
        RawHttp.Answer answer = send(service, credentials, token, request);
        assertEquals(status, answer.status(), answer::toString);
        assertTrue(answer.body().matches(pattern()), () -> "expected " + body + " but was " + answer.body());
        assertEquals(List.of(correlation()), answer.header("X-Request-Id"));
        assertEquals(contentType(), answer.header("Content-Type"));
    }

    private static String tokenOf(String earlier) {
        return earlier.startsWith("[") ? earlier.substring(1, earlier.indexOf(']')) : "level 10";
    }

    /** Of everybody who makes a request. */
    List<String> tokens() {
        return Stream.concat(Stream.of(token), before.stream().map(Row::tokenOf))
                .toList();
    }

    private String correlation() {
        return name.replaceFirst("(\\d+):.*", "contract-$1");
    }

    private String pattern() {
        return Pattern.quote(body)
                .replace("<guid>", "\\E[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\Q")
                .replace("<duration>", "\\EPT(\\d+H)?(\\d+M)?(\\d+S)?\\Q")
                .replace("<instant>", "\\E\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z\\Q");
    }

    /** Method and path of the request, without its query. */
    public String operation() {
        String[] parts = request.split(" ", 3);
        return parts[0] + " " + path(parts[1]).replaceFirst("\\?.*", "");
    }

    private static String path(String target) {
        return target.startsWith("//") ? target.substring(1) : API + target;
    }

    /** The content type that the answer must have; empty if it has no body. */
    public List<String> contentType() {
        if (body.isEmpty()) {
            return List.of();
        }
        return List.of(body.contains("about:blank") ? "application/problem+json" : "application/json");
    }

    private RawHttp.Answer send(URI service, Credentials credentials, String whose, String asked) {
        String[] parts = asked.split(" ", 3);
        String target = path(parts[1]);
        List<String> headers = new ArrayList<>();
        headers.add("X-Request-Id: " + correlation());
        if (!whose.equals("none")) {
            String[] who = whose.split(" ");
            headers.add("Authorization: " + credentials.of(who.length > 2 ? who[2] : "alice", who[1]));
        }
        String content = parts.length > 2 ? parts[2] : "";
        return RawHttp.sendBody(service, parts[0], target, content, headers.toArray(String[]::new));
    }

    /** A way to sign in. */
    interface Credentials {

        Credentials BEARER = (user, level) -> "Bearer "
                + (level.contains(":")
                        ? TestTokens.groups(
                                user, ("supervisors-" + level.substring(3).replace("|", " supervisors-")).split(" "))
                        : TestTokens.level(user, Integer.parseInt(level)));

        /**
         * The value of the Authorization header.
         *
         * @param level a number, or {@code 10:} and the groups of lines that the user manages
         */
        String of(String user, String level);

        /** The same with a number. */
        default String of(String user, int level) {
            return of(user, Integer.toString(level));
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
