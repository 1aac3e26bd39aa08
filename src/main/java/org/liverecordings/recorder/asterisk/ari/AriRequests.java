package org.liverecordings.recorder.asterisk.ari;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jboss.logging.Logger;
import org.liverecordings.recorder.upstream.NotSentException;
import org.liverecordings.recorder.upstream.UpstreamClient;
import org.liverecordings.recorder.upstream.UpstreamClient.Answer;
import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.recorder.RecorderException;
import org.liverecordings.recording.recorder.RecorderFailedException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.text.LogText;

/**
 * Sends requests to one node's REST interface and says what becomes of them. Every method returns at once and never throws; what fails
 * does so with a {@link RecorderException}.
 */
final class AriRequests {

    private static final Logger LOG = Logger.getLogger(AriRequests.class);

    private static final Set<String> NOT_THERE =
            Set.of("Recording not found", "Channel not found", "Provided channel was not found", "Endpoint not found");

    private final String node;
    private final UpstreamClient client;

    AriRequests(String node, UpstreamClient client) {
        this.node = node;
        this.client = client;
    }

    /** What changes nothing may be given up at any time. */
    <T> Future<T> read(String path, Deadline deadline, Function<Answer, T> meaning) {
        return ask(left -> client.send(HttpMethod.GET, Ari.PATH + path, null, left), deadline, false, answer -> {
            if (answer.status() != 200 && !isNotFound(answer)) {
                throw unforeseen(answer, false);
            }
            return meaning.apply(answer);
        });
    }

    /** Reads a file that Asterisk writes meanwhile, of which it sends more than it announces. */
    <T> Future<T> readGrowing(String path, Deadline deadline, Function<Answer, T> meaning) {
        return ask(left -> client.readLast(Ari.PATH + path, left), deadline, false, meaning);
    }

    /** What is given up may have been done. */
    <T> Future<T> write(HttpMethod method, String path, Deadline deadline, Function<Answer, T> meaning) {
        return ask(left -> client.send(method, Ari.PATH + path, null, left), deadline, true, meaning);
    }

    private <T> Future<T> ask(
            Function<Duration, CompletionStage<Answer>> sent,
            Deadline deadline,
            boolean changes,
            Function<Answer, T> meaning) {
        if (deadline.isOver()) {
            return Future.failedFuture(unavailable("no time left", false, null));
        }
        return Future.fromCompletionStage(sent.apply(deadline.left()))
                .recover(failure -> Future.failedFuture(
                        unavailable(failure.getMessage(), changes && !(failure instanceof NotSentException), failure)))
                .map(answer -> {
                    if (answer.body() == null) {
                        throw unavailable("a body broke off", changes, null);
                    }
                    try {
                        return meaning.apply(answer);
                    } catch (DecodeException | ClassCastException | DateTimeException | NullPointerException e) {
                        String text = " answered " + answer.status() + " with a body that makes no sense";
                        throw new RecorderFailedException("Asterisk " + node + text, changes, e);
                    }
                });
    }

    /** Returns false for what isn't there. */
    boolean succeeded(Answer answer, int status) {
        if (answer.status() != status && !isNotFound(answer)) {
            throw unforeseen(answer, true);
        }
        return answer.status() == status;
    }

    /** Only these say that what was named isn't there: another 404 says that nobody understood the request. */
    static boolean isNotFound(Answer answer) {
        return answer.status() == 404 && NOT_THERE.contains(message(answer));
    }

    /** Whether the channel that was named is there, but in no application. Other conflicts say so in other words. */
    static boolean hasLeft(Answer answer) {
        return answer.status() == 409 && message(answer).equals("Channel not in Stasis application");
    }

    RecorderFailedException cantRecord(String cause) {
        LOG.errorf(
                "Asterisk %s can't record: see that the folder recording in its spool directory is there, that Asterisk may write to it,"
                        + " that the disk isn't full, and that its asterisk.conf has no cache_record_files",
                node);
        return new RecorderFailedException("Asterisk " + node + " can't record: " + cause, true, null);
    }

    private RecorderException unforeseen(Answer answer, boolean changes) {
        int status = answer.status();
        String message = message(answer);
        String text = "Asterisk " + node + " answered " + status + ' ' + message;
        if (status == 401 || status == 403) {
            LOG.errorf(
                    "Asterisk %s answered %d %s: live-recordings.asterisk.nodes.%s.username or its password is wrong,"
                            + " or that user of ari.conf is read_only",
                    node, status, LogText.quote(message), node);
            return new RecorderFailedException(text, false, null);
        }
        if (status == 503 || status == 404 && Set.of("", "Resource not found").contains(message)) {
            LOG.errorf(
                    "Asterisk %s answered %d %s: it is still starting, or ARI isn't loaded (res_ari and its modules,"
                            + " ari.conf enabled), or live-recordings.asterisk.nodes.%s.url isn't its address",
                    node, status, LogText.quote(message), node);
            return unavailable("answered " + status, false, null);
        }
        // A refusal changes nothing.
        return new RecorderFailedException(text, changes && (status < 300 || status >= 500), null);
    }

    private RecorderUnavailableException unavailable(String message, boolean mayHaveArrived, Throwable cause) {
        return new RecorderUnavailableException("Asterisk " + node + ": " + message, mayHaveArrived, cause);
    }

    /** What an answer other than a success says in words; empty if it isn't ARI's. */
    private static String message(Answer answer) {
        try {
            String message = object(answer).getString("message");
            return message == null ? "" : message;
        } catch (DecodeException | ClassCastException e) {
            return "";
        }
    }

    static JsonObject object(Answer answer) {
        return answer.body().toJsonObject();
    }

    static JsonArray array(Answer answer) {
        return answer.body().toJsonArray();
    }

    static List<String> texts(JsonArray array) {
        return array.stream().map(String.class::cast).toList();
    }

    /** What to look at when the events' connection was refused; empty if nothing is known. */
    static String advice(String node, Throwable failure) {
        if (failure instanceof UpgradeRejectedException rejected) {
            return rejected.getStatus() == 401
                    ? ": live-recordings.asterisk.nodes." + node + ".username or its password is wrong"
                    : ": is ARI loaded there (res_ari and its modules, res_http_websocket, ari.conf enabled)?";
        }
        return "";
    }
}
