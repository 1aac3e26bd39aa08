package org.liverecordings.api;

import java.util.List;
import java.util.regex.Pattern;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.idempotency.AnswerWriter;
import org.liverecordings.recording.idempotency.IdempotencyKey;
import org.liverecordings.text.Sha256;

/** Reads the header {@code Idempotency-Key} of the IETF draft: a quoted string, or the same without quotes. */
public final class IdempotencyHeader {

    static final String NAME = "Idempotency-Key";

    /** Visible ASCII, and so long as any UUID or hash; quotes and backslashes are left out, so that nothing needs to be escaped. */
    private static final Pattern KEY = Pattern.compile("[!#-\\[\\]-~]{1,255}");

    private IdempotencyHeader() {}

    /**
     * @param body null if the request has none
     * @return null if there is no such header; a key without a value if it can't be read
     */
    public static IdempotencyKey read(RoutingContext context, String user, String body, AnswerWriter answers) {
        HttpServerRequest request = context.request();
        List<String> headers = request.headers().getAll(NAME);
        if (headers.isEmpty()) {
            return null;
        }
        String value = headers.size() == 1 ? value(headers.get(0).strip()) : null;
        String asked = request.method() + " " + request.path() + "?" + request.query() + "\n" + body;
        return new IdempotencyKey(Line.userKey(user), value, Sha256.hex(asked), answers);
    }

    /** Returns null if it is no key. */
    static String value(String header) {
        boolean quoted = header.length() > 1 && header.startsWith("\"") && header.endsWith("\"");
        String value = quoted ? header.substring(1, header.length() - 1) : header;
        return KEY.matcher(value).matches() ? value : null;
    }
}
