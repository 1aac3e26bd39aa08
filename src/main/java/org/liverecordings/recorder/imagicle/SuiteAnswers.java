package org.liverecordings.recorder.imagicle;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.jboss.logging.Logger;
import org.liverecordings.recorder.upstream.UpstreamClient.Answer;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.Rejection;
import org.liverecordings.recording.recorder.NoUsableListException;
import org.liverecordings.recording.recorder.RecorderFailedException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;

/** What the suite's answers mean, as far as it is the same for all of its operations. */
final class SuiteAnswers {

    private static final Logger LOG = Logger.getLogger(SuiteAnswers.class);

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private SuiteAnswers() {}

    /**
     * The body's object.
     *
     * @throws RuntimeException if the body broke off ({@link BrokenOffException}), or isn't a JSON object
     */
    static JsonObject json(Answer answer) {
        return body(answer).toJsonObject();
    }

    /**
     * The body without a byte-order mark.
     *
     * @throws BrokenOffException if it broke off
     */
    static Buffer body(Answer answer) {
        Buffer body = answer.body();
        if (body == null) {
            throw new BrokenOffException();
        }
        Buffer mark = Buffer.buffer(BYTE_ORDER_MARK);
        int length = mark.length();
        return body.length() >= length && body.getBuffer(0, length).equals(mark)
                ? body.getBuffer(length, body.length())
                : body;
    }

    /** What a 400 with this reason means to the operation that knows the reason. */
    static <R extends Rejection> RuntimeException rejection(
            Answer answer, IntFunction<Optional<R>> ofCode, BiFunction<R, DeviceName, RuntimeException> rejected) {
        JsonObject body = json(answer);
        Object reason = body.getValue("reason");
        String deviceName = body.getString("deviceName");
        Optional<R> rejection = reason instanceof Integer code ? ofCode.apply(code) : Optional.empty();
        return rejection
                .map(known -> rejected.apply(known, known.namesDevice() ? DeviceName.ofNullable(deviceName) : null))
                .orElseGet(() ->
                        new RecorderFailedException("UCX Suite answered 400 with an unknown reason", false, null));
    }

    /**
     * Whether it comes from somebody who holds requests back. The suite's own 429 says that a recording is as was asked for, and
     * doesn't say when to ask again.
     */
    static boolean isThrottled(Answer answer) {
        return answer.status() == 429 && answer.retryAfter();
    }

    /**
     * What a status means that the operation doesn't document, or documents as an error of the suite. The contract tells a suite
     * that failed at this request (500) from one that is unavailable (504), and so do we: the one says nothing about the next
     * request, the other does.
     *
     * @param changing whether the request would have changed anything
     */
    static RuntimeException unforeseen(int status, boolean changing) {
        String message = "UCX Suite answered " + status;
        return switch (status) {
            case 401, 403 -> {
                LOG.errorf(
                        "UCX Suite answered %d: live-recordings.imagicle.username or password is wrong,"
                                + " or the user lacks Call Recording level 10",
                        status);
                yield new RecorderFailedException("UCX Suite refuses our user: " + status, false, null);
            }
            // Whoever throttles us, or waited too long for the request, did nothing of it.
            case 408, 429 -> new RecorderUnavailableException(message, false, null);
            case 502, 503, 504 -> new RecorderUnavailableException(message, changing, null);
            // A refusal changes nothing; a success that isn't the documented one, or a failure, may have changed
            // anything.
            default -> new RecorderFailedException(message, changing && (status < 300 || status >= 500), null);
        };
    }

    /** What a status means that comes instead of a list. A failure says nothing about the next request, a refusal does. */
    static RuntimeException noList(int status) {
        RuntimeException meaning = unforeseen(status, false);
        return meaning instanceof RecorderFailedException && (status < 500 || status == 501)
                ? new NoUsableListException(meaning.getMessage(), null)
                : meaning;
    }

    /** The suite's answer ended before its body did. */
    static final class BrokenOffException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
