package org.liverecordings.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.idempotency.AnswerWriter;
import org.liverecordings.recording.idempotency.IdempotencyKey;

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
        return new IdempotencyKey(Line.userKey(user), value, sha256(asked), answers);
    }

    /** Returns null if it is no key. */
    static String value(String header) {
        boolean quoted = header.length() > 1 && header.startsWith("\"") && header.endsWith("\"");
        String value = quoted ? header.substring(1, header.length() - 1) : header;
        return KEY.matcher(value).matches() ? value : null;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
