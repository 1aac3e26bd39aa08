package org.liverecordings.recorder;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;

import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.jboss.logging.Logger;
import org.liverecordings.recorder.UpstreamClient.Answer;
import org.liverecordings.recorder.UpstreamClient.NotSentException;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.Rejection;
import org.liverecordings.recording.pause.PauseRejectedException;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.recorder.ListedRecording.RemoteParty;
import org.liverecordings.recording.recorder.NoConnectedCallException;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderFailedException;
import org.liverecordings.recording.recorder.RecorderIncapableException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.recorder.RecordingSuite;
import org.liverecordings.recording.start.StartRejectedException;
import org.liverecordings.recording.start.StartRejection;
import org.liverecordings.recording.stop.StopRejectedException;
import org.liverecordings.recording.stop.StopRejection;

/** The vendor's UCX Suite, which holds the recordings and applies the rules. */
public final class ImagicleRecordingSuite implements RecordingSuite {

    private static final Logger LOG = Logger.getLogger(ImagicleRecordingSuite.class);
    private static final String API = "/fw/Apps/Recorder/WebAPI/LiveRecordings";

    /** Enough for a list of some thousand live recordings; every other documented body is far smaller. */
    private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;

    private final UpstreamClient suite;
    private final Duration timeout;

    /**
     * @param patience after which whoever asks gives a request up
     * @throws IllegalArgumentException if a setting is missing or makes no sense
     */
    public ImagicleRecordingSuite(Vertx vertx, TlsConfigurationRegistry tls, ImagicleConfig config, Duration patience) {
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setSslHandshakeTimeout(config.connectTimeout().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxPoolSize(config.connections());
        UpstreamAddress.tls(tls, "live-recordings.imagicle.tls-configuration-name", config.tlsConfigurationName())
                .ifPresent(configuration -> TlsConfigUtils.configure(options, configuration));
        // It gives up a little before its asker, since it alone knows whether the request had left.
        this.timeout = patience.multipliedBy(19).dividedBy(20);
        this.suite = new UpstreamClient(
                vertx,
                options,
                UpstreamAddress.base(
                        "live-recordings.imagicle.url", required("live-recordings.imagicle.url", config.url())),
                required("live-recordings.imagicle.username", config.username()),
                required("live-recordings.imagicle.password", config.password()),
                MAX_BODY_BYTES);
    }

    private static <T> T required(String property, Optional<T> value) {
        return value.orElseThrow(
                () -> new IllegalArgumentException("the recorder imagicle needs " + property + " to be set"));
    }

    @Override
    public CompletionStage<RecordingId> start(LineSelector line, RecordingMode mode) {
        JsonObject body = new JsonObject();
        if (line.deviceName() != null) {
            body.put("deviceName", line.deviceName().value());
        }
        if (line.directoryNumber() != null) {
            body.put("directoryNumber", line.directoryNumber().value());
        }
        body.put("mode", mode == RecordingMode.DIAL_IN ? 1 : 0);
        return ask(HttpMethod.POST, "", body, answer -> switch (answer.status()) {
            case 201 -> startedId(answer);
            case 400 -> throw rejection(answer, StartRejection::ofCode, StartRejectedException::new);
            case 409 -> throw new NoConnectedCallException();
            case 429 -> throw new AlreadySoException("the line is being recorded");
            case 501 -> throw new RecorderIncapableException(false);
            case 503 -> throw new RecorderIncapableException(true);
            default -> throw unforeseen(answer.status());
        });
    }

    private static RecordingId startedId(Answer answer) {
        return RecordingId.parse(json(answer).getString("id"))
                .orElseThrow(
                        () -> new RecorderFailedException("UCX Suite started a recording without an id", true, null));
    }

    @Override
    public CompletionStage<Void> stop(RecordingTarget target) {
        return ask(HttpMethod.DELETE, path(target, ""), null, answer -> switch (answer.status()) {
            case 204 -> null;
            case 400 -> throw rejection(answer, StopRejection::ofCode, StopRejectedException::new);
            case 409 -> throw new NoLiveRecordingException();
            default -> throw unforeseen(answer.status());
        });
    }

    @Override
    public CompletionStage<Void> pause(RecordingTarget target) {
        return pause(target, "/Pause", "the recording is paused");
    }

    @Override
    public CompletionStage<Void> resume(RecordingTarget target) {
        return pause(target, "/Resume", "the recording isn't paused");
    }

    private CompletionStage<Void> pause(RecordingTarget target, String action, String alreadySo) {
        return ask(HttpMethod.PUT, path(target, action), null, answer -> switch (answer.status()) {
            case 204 -> null;
            case 400 -> throw new PauseRejectedException();
            case 409 -> throw new NoLiveRecordingException();
            case 429 -> throw new AlreadySoException(alreadySo);
            default -> throw unforeseen(answer.status());
        });
    }

    @Override
    public CompletionStage<List<ListedRecording>> list(ListFilter filter) {
        String query = query(
                "deviceName", filter.deviceName(),
                "directoryNumber", filter.directoryNumber(),
                "username", filter.username(),
                "numericUserId", filter.numericUserId());
        return ask(HttpMethod.GET, query, null, answer -> {
            if (answer.status() != 200) {
                throw unforeseen(answer.status());
            }
            return body(answer).toJsonArray().stream()
                    .map(item -> listed((JsonObject) item))
                    .toList();
        });
    }

    private static ListedRecording listed(JsonObject item) {
        JsonObject local = item.getJsonObject("localParty", new JsonObject());
        JsonObject remote = item.getJsonObject("remoteParty", new JsonObject());
        return new ListedRecording(
                RecordingId.parse(item.getString("id")).orElseThrow(() -> new DecodeException("id is not a GUID")),
                OffsetDateTime.parse(item.getString("startedAt")).toInstant(),
                Duration.parse(item.getString("duration")),
                local == null ? null : local.getString("username"),
                remote == null
                        ? RemoteParty.UNKNOWN
                        : new RemoteParty(
                                remote.getString("firstName"),
                                remote.getString("lastName"),
                                remote.getString("phoneNumber")),
                item.getBoolean("isPaused", false));
    }

    private static String path(RecordingTarget target, String action) {
        if (target instanceof RecordingTarget.ById byId) {
            return "/" + byId.id() + action;
        }
        LineSelector selector = ((RecordingTarget.OnLine) target).selector();
        return action + query("deviceName", selector.deviceName(), "directoryNumber", selector.directoryNumber());
    }

    /** Takes names and values in turn; a value that is null is left out. */
    private static String query(Object... namesAndValues) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                // A form encoder writes a space as a plus sign, which not every server reads back as a space.
                String value = URLEncoder.encode(namesAndValues[i + 1].toString(), StandardCharsets.UTF_8)
                        .replace("+", "%20");
                query.append(query.isEmpty() ? '?' : '&')
                        .append(namesAndValues[i])
                        .append('=')
                        .append(value);
            }
        }
        return query.toString();
    }

    /**
     * @param meaning the value of an answer; throws what the answer means if that is no value
     */
    private <T> CompletionStage<T> ask(
            HttpMethod method, String pathAndQuery, JsonObject body, Function<Answer, T> meaning) {
        return suite.send(method, API + pathAndQuery, body, timeout).handle((answer, failure) -> {
            if (failure != null) {
                Throwable cause = UpstreamClient.cause(failure);
                throw new CompletionException(new RecorderUnavailableException(
                        "UCX Suite: " + cause.getMessage(), !(cause instanceof NotSentException), cause));
            }
            try {
                return meaning.apply(answer);
            } catch (BrokenOffException e) {
                // A refusal changes nothing, whatever it would have said.
                throw new CompletionException(new RecorderUnavailableException(
                        "UCX Suite answered " + answer.status() + " with a body that broke off",
                        answer.status() < 300,
                        e));
            } catch (DecodeException | ClassCastException | DateTimeException | NullPointerException e) {
                // Malformed JSON, or well-formed JSON of another shape. A refusal changes nothing, whatever it says.
                throw new CompletionException(new RecorderFailedException(
                        "UCX Suite answered " + answer.status() + " with a body that makes no sense",
                        answer.status() < 300,
                        e));
            } catch (RuntimeException e) {
                throw new CompletionException(e);
            }
        });
    }

    private static JsonObject json(Answer answer) {
        return body(answer).toJsonObject();
    }

    private static Buffer body(Answer answer) {
        if (answer.body() == null) {
            throw new BrokenOffException();
        }
        return answer.body();
    }

    private static <R extends Rejection> RuntimeException rejection(
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

    private static RuntimeException unforeseen(int status) {
        if (status == 401 || status == 403) {
            LOG.errorf(
                    "UCX Suite answered %d: live-recordings.imagicle.username or password is wrong,"
                            + " or the user lacks Call Recording level 10",
                    status);
            return new RecorderFailedException("UCX Suite refuses our user: " + status, false, null);
        }
        if (status >= 500) {
            return new RecorderUnavailableException("UCX Suite answered " + status, true, null);
        }
        // A refusal changes nothing; a success that isn't the documented one may have changed anything.
        return new RecorderFailedException("UCX Suite answered " + status, status < 300, null);
    }

    private static final class BrokenOffException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
