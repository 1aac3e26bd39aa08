package org.liverecordings.recorder.imagicle;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.liverecordings.recorder.upstream.NotSentException;
import org.liverecordings.recorder.upstream.UpstreamAddress;
import org.liverecordings.recorder.upstream.UpstreamClient;
import org.liverecordings.recorder.upstream.UpstreamClient.Answer;
import org.liverecordings.recorder.upstream.UpstreamTimes;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.pause.PauseRejectedException;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.recorder.NoConnectedCallException;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.NoUsableListException;
import org.liverecordings.recording.recorder.RecorderAnswers;
import org.liverecordings.recording.recorder.RecorderFailedException;
import org.liverecordings.recording.recorder.RecorderIncapableException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.recorder.RecordingSuite;
import org.liverecordings.recording.start.StartRejectedException;
import org.liverecordings.recording.start.StartRejection;
import org.liverecordings.recording.stop.StopRejectedException;
import org.liverecordings.recording.stop.StopRejection;
import org.liverecordings.settings.NamedTls;

/** The vendor's UCX Suite, which holds the recordings and applies the rules. */
public final class ImagicleRecordingSuite implements RecordingSuite {

    /** The path of what the suite and we have in common. */
    public static final String API = "/fw/Apps/Recorder/WebAPI/LiveRecordings";

    private static final String SETTINGS = "live-recordings.imagicle";

    /** Enough for a list of some thousand live recordings; every other documented body is far smaller. */
    private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;

    private final UpstreamClient suite;
    private final Duration timeout;
    private final SuiteList list = new SuiteList();

    /**
     * @param timeout after which whoever asks gives a request up
     * @throws IllegalArgumentException if a setting is missing or makes no sense
     */
    public ImagicleRecordingSuite(Vertx vertx, TlsConfigurationRegistry tls, ImagicleConfig config, Duration timeout) {
        HttpClientOptions options = new HttpClientOptions().setMaxPoolSize(config.connections());
        UpstreamTimes.connectWithin(config.connectTimeout(), options);
        NamedTls.of(tls, SETTINGS, config.tlsConfigurationName())
                .ifPresent(configuration -> TlsConfigUtils.configure(options, configuration));
        this.timeout = UpstreamTimes.below(timeout);
        this.suite = new UpstreamClient(
                vertx,
                options,
                UpstreamAddress.of(SETTINGS, required("url", config.url()), API),
                required("username", config.username()),
                required("password", config.password()),
                MAX_BODY_BYTES);
    }

    private static <T> T required(String setting, Optional<T> value) {
        return value.orElseThrow(() ->
                new IllegalArgumentException("the recorder imagicle needs " + SETTINGS + '.' + setting + " to be set"));
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
            case 400 -> throw SuiteAnswers.rejection(answer, StartRejection::ofCode, StartRejectedException::new);
            case 409 -> throw new NoConnectedCallException();
            case 429 -> throw new AlreadySoException("the line is being recorded");
            case 501 -> throw new RecorderIncapableException(false);
            case 503 -> throw new RecorderIncapableException(true);
            default -> throw SuiteAnswers.unforeseen(answer.status(), true);
        });
    }

    private static RecordingId startedId(Answer answer) {
        return RecordingId.parse(SuiteAnswers.json(answer).getString("id"))
                .orElseThrow(
                        () -> new RecorderFailedException("UCX Suite started a recording without an id", true, null));
    }

    @Override
    public CompletionStage<Void> stop(RecordingTarget target) {
        return ask(HttpMethod.DELETE, SuitePaths.of(target, ""), null, answer -> switch (answer.status()) {
            case 204 -> null;
            case 400 -> throw SuiteAnswers.rejection(answer, StopRejection::ofCode, StopRejectedException::new);
            case 409 -> throw new NoLiveRecordingException();
            default -> throw SuiteAnswers.unforeseen(answer.status(), true);
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
        return ask(HttpMethod.PUT, SuitePaths.of(target, action), null, answer -> switch (answer.status()) {
            case 204 -> null;
            case 400 -> throw new PauseRejectedException();
            case 409 -> throw new NoLiveRecordingException();
            case 429 -> throw new AlreadySoException(alreadySo);
            default -> throw SuiteAnswers.unforeseen(answer.status(), true);
        });
    }

    @Override
    public CompletionStage<List<ListedRecording>> list(ListFilter filter) {
        return ask(HttpMethod.GET, SuitePaths.of(filter), null, answer -> {
            if (answer.status() != 200) {
                throw SuiteAnswers.noList(answer.status());
            }
            return list.read(SuiteAnswers.body(answer).toJsonArray());
        });
    }

    /**
     * @param meaning the value of an answer; throws what the answer means if that is no value
     */
    private <T> CompletionStage<T> ask(
            HttpMethod method, String pathAndQuery, JsonObject body, Function<Answer, T> meaning) {
        // A list changes nothing, however it fails.
        boolean changing = method != HttpMethod.GET;
        return suite.send(method, API + pathAndQuery, body, timeout).handle((answer, failure) -> {
            if (failure != null) {
                Throwable cause = RecorderAnswers.cause(failure);
                throw new CompletionException(new RecorderUnavailableException(
                        "UCX Suite: " + cause.getMessage(), changing && !(cause instanceof NotSentException), cause));
            }
            // A refusal changes nothing, whatever it says or would have said.
            boolean mayHaveArrived = changing && answer.status() < 300;
            try {
                if (SuiteAnswers.isThrottled(answer)) {
                    throw SuiteAnswers.unforeseen(answer.status(), changing);
                }
                return meaning.apply(answer);
            } catch (SuiteAnswers.BrokenOffException e) {
                throw new CompletionException(new RecorderUnavailableException(
                        "UCX Suite answered " + answer.status() + " with a body that broke off", mayHaveArrived, e));
            } catch (DecodeException | ClassCastException | DateTimeException | NullPointerException e) {
                // Malformed JSON, or well-formed JSON of another shape.
                String message = "UCX Suite answered " + answer.status() + " with a body that makes no sense";
                throw new CompletionException(
                        changing
                                ? new RecorderFailedException(message, mayHaveArrived, e)
                                : new NoUsableListException(message, e));
            } catch (RuntimeException e) {
                throw new CompletionException(e);
            }
        });
    }
}
