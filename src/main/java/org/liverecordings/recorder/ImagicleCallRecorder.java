package org.liverecordings.recorder;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.jboss.logging.Logger;
import org.liverecordings.recorder.UcxSuiteClient.Answer;
import org.liverecordings.recorder.UcxSuiteClient.NotSentException;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.NoLiveRecordingException;
import org.liverecordings.recording.RecorderFailedException;
import org.liverecordings.recording.RecorderUnavailableException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingSuite;
import org.liverecordings.recording.StopRejectedException;
import org.liverecordings.recording.StopRejection;

/** The vendor's UCX Suite, which holds the recordings and applies the rules. */
public final class ImagicleCallRecorder implements RecordingSuite {

    private static final Logger LOG = Logger.getLogger(ImagicleCallRecorder.class);
    private static final String API = "/fw/Apps/Recorder/WebAPI/LiveRecordings";

    private final UcxSuiteClient suite;

    /**
     * @param patience after which whoever asks gives a request up
     * @throws IllegalArgumentException if a setting is missing or makes no sense
     */
    public ImagicleCallRecorder(Vertx vertx, TlsConfigurationRegistry tls, ImagicleConfig config, Duration patience) {
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setSslHandshakeTimeout(config.connectTimeout().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxPoolSize(config.connections());
        config.tlsConfigurationName()
                .map(name -> tlsConfiguration(tls, name))
                .or(tls::getDefault)
                .ifPresent(configuration -> TlsConfigUtils.configure(options, configuration));
        // It gives up a little before its asker, since it alone knows whether the request had left.
        this.suite = new UcxSuiteClient(
                vertx,
                options,
                baseOf(config.url()),
                required("live-recordings.imagicle.username", config.username()),
                required("live-recordings.imagicle.password", config.password()),
                patience.multipliedBy(19).dividedBy(20));
    }

    private static TlsConfiguration tlsConfiguration(TlsConfigurationRegistry tls, String name) {
        return tls.get(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "live-recordings.imagicle.tls-configuration-name: there is no quarkus.tls." + name));
    }

    private static URI baseOf(Optional<URI> url) {
        URI base = required("live-recordings.imagicle.url", url);
        if (base.getHost() == null
                || !("http".equalsIgnoreCase(base.getScheme()) || "https".equalsIgnoreCase(base.getScheme()))) {
            throw new IllegalArgumentException("live-recordings.imagicle.url: not an http or https address: " + base);
        }
        String text = base.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : base;
    }

    private static <T> T required(String property, Optional<T> value) {
        return value.orElseThrow(
                () -> new IllegalArgumentException("the recorder imagicle needs " + property + " to be set"));
    }

    @Override
    public CompletionStage<Void> stop(RecordingId id) {
        return stop("/" + id);
    }

    @Override
    public CompletionStage<Void> stop(LineSelector selector) {
        StringBuilder query = new StringBuilder();
        if (selector.deviceName() != null) {
            append(query, "deviceName", selector.deviceName().value());
        }
        if (selector.directoryNumber() != null) {
            append(query, "directoryNumber", selector.directoryNumber().value());
        }
        return stop(query.toString());
    }

    private static void append(StringBuilder query, String name, String value) {
        // A form encoder writes a space as a plus sign, which not every server reads back as a space.
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
        query.append(query.isEmpty() ? '?' : '&').append(name).append('=').append(encoded);
    }

    private CompletionStage<Void> stop(String rest) {
        return suite.send(HttpMethod.DELETE, API + rest).handle((answer, failure) -> {
            if (failure != null) {
                Throwable cause = UcxSuiteClient.cause(failure);
                throw new CompletionException(new RecorderUnavailableException(
                        "UCX Suite: " + cause.getMessage(), !(cause instanceof NotSentException), cause));
            }
            RuntimeException problem = problemIn(answer);
            if (problem != null) {
                throw new CompletionException(problem);
            }
            return null;
        });
    }

    /** Null if the suite confirmed the stop. */
    private static RuntimeException problemIn(Answer answer) {
        int status = answer.status();
        if (status == 204) {
            return null;
        }
        if (status == 400) {
            return rejectionIn(answer);
        }
        if (status == 409) {
            return new NoLiveRecordingException();
        }
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

    private static RuntimeException rejectionIn(Answer answer) {
        if (answer.body() == null) {
            return new RecorderUnavailableException("UCX Suite answered 400 with a body that broke off", false, null);
        }
        try {
            JsonObject body = answer.body().toJsonObject();
            Object reason = body.getValue("reason");
            Object deviceName = body.getValue("deviceName");
            Optional<StopRejection> rejection =
                    reason instanceof Integer code ? StopRejection.ofCode(code) : Optional.empty();
            if (rejection.isPresent() && (deviceName == null || deviceName instanceof String)) {
                boolean named = rejection.get() == StopRejection.NOT_MONITORABLE;
                return new StopRejectedException(
                        rejection.get(), named ? DeviceName.ofNullable((String) deviceName) : null);
            }
        } catch (DecodeException e) {
            return new RecorderFailedException("UCX Suite answered 400 with a body that isn't JSON", false, e);
        }
        return new RecorderFailedException("UCX Suite answered 400 with an unknown reason", false, null);
    }
}
