package org.liverecordings.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import org.liverecordings.support.RawHttp;
import org.liverecordings.support.TestTokens;

/**
 * One row of a contract's table: a state, a request, and the answer that it must get, to the letter.
 *
 * <p>In all texts {@code {id}}, {@code {id2}}, {@code {dev}}, {@code {dev2}}, {@code {num}} and {@code {num2}} stand for values
 * that no other row uses, so that all rows can share one running service.
 *
 * @param name what the row shows
 * @param lines the inventory, as rows of its CSV file
 * @param recordings what is being recorded, as rows of its CSV file
 * @param before requests that were made before, each answered 204
 * @param token {@code level N}, or {@code none}
 * @param request method and target below the API's path; a target that begins with {@code //} is below the server's root
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
                token,
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
                .replace("{correlation}", "contract-" + number);
    }

    /** Makes the request and checks its answer. */
    void check(URI service) {
        for (String earlier : before) {
            assertEquals(204, send(service, earlier).status(), "before: " + earlier);
        }
        RawHttp.Answer answer = send(service, request);
        assertEquals(status + " " + body, answer.status() + " " + answer.body(), answer::toString);
        assertEquals(List.of(name.replaceFirst("(\\d+):.*", "contract-$1")), answer.header("X-Request-Id"));
        assertEquals(contentType(), answer.header("Content-Type"));
    }

    private List<String> contentType() {
        if (body.isEmpty()) {
            return List.of();
        }
        return List.of(body.contains("about:blank") ? "application/problem+json" : "application/json");
    }

    private RawHttp.Answer send(URI service, String asked) {
        String[] parts = asked.split(" ", 2);
        String target = parts[1].startsWith("//") ? parts[1].substring(1) : API + parts[1];
        List<String> headers = new ArrayList<>();
        headers.add("X-Request-Id: " + name.replaceFirst("(\\d+):.*", "contract-$1"));
        if (!token.equals("none")) {
            int level = Integer.parseInt(token.substring("level ".length()));
            headers.add("Authorization: Bearer " + TestTokens.level("alice", level));
        }
        return RawHttp.send(service, parts[0], target, headers.toArray(String[]::new));
    }

    @Override
    public String toString() {
        return name;
    }
}
