package org.liverecordings.api;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.ext.web.RoutingContext;
import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RejectedException;
import org.liverecordings.recording.idempotency.AnswerWriter;
import org.liverecordings.recording.idempotency.StoredAnswer;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.NoConnectedCallException;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.store.LineHeldException;
import org.liverecordings.recording.store.NoSuchHoldException;
import org.liverecordings.recording.timer.TimerUnusableException;

/** Writes down a request's definitive answers as {@link Answers} gives them: what was done, and what the client must change. */
public final class AnswersToKeep implements AnswerWriter {

    private static final Answers TABLE = new Answers();

    private final RoutingContext request;
    private final ObjectMapper json;

    public AnswersToKeep(RoutingContext request, ObjectMapper json) {
        this.request = request;
        this.json = json;
    }

    /** The answer to a start, which has a result, or to anything else. */
    public static Response doneWith(Object result) {
        return result instanceof RecordingId id
                ? Response.status(201)
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .entity(new StartedBody(id.toString()))
                        .build()
                : Response.noContent().build();
    }

    @Override
    public StoredAnswer done(Object result) {
        return stored(doneWith(result));
    }

    @Override
    public Optional<StoredAnswer> failed(RuntimeException failure) {
        Response answer = null;
        if (failure instanceof RejectedException e) {
            answer = TABLE.rejected(e);
        } else if (failure instanceof NotPermittedException e) {
            answer = TABLE.notPermitted(e);
        } else if (failure instanceof NoLiveRecordingException e) {
            answer = TABLE.notLive(e, request);
        } else if (failure instanceof NoConnectedCallException e) {
            answer = TABLE.noCall(e, request);
        } else if (failure instanceof NoSuchHoldException e) {
            answer = TABLE.noSuchHold(e, request);
        } else if (failure instanceof LineHeldException e) {
            answer = TABLE.held(e, request);
        } else if (failure instanceof TimerUnusableException e) {
            answer = TABLE.unusable(e, request);
        } else if (failure instanceof AlreadySoException e) {
            answer = TABLE.alreadySo(e, request);
        }
        return Optional.ofNullable(answer).map(this::stored);
    }

    /** The way back from {@link #failed}. A {@link RejectedBody} has the reason, and of all {@link Problem}s only that of a hold has an end. */
    @Override
    public Refusal refusal(StoredAnswer answer) {
        try {
            JsonNode body = answer.body() == null ? MissingNode.getInstance() : json.readTree(answer.body());
            Refusal.Kind kind = switch (answer.status()) {
                case 400 -> Refusal.Kind.REJECTED;
                case 403 -> Refusal.Kind.FORBIDDEN;
                case 404 -> Refusal.Kind.NOT_LIVE;
                case 409 -> body.has("until") ? Refusal.Kind.HELD : Refusal.Kind.NOT_LIVE;
                case 429 -> Refusal.Kind.ALREADY_SO;
                default -> Refusal.Kind.NONE;
            };
            JsonNode reason = body.path("reason");
            return new Refusal(kind, reason.isInt() ? reason.intValue() : null);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private StoredAnswer stored(Response answer) {
        try {
            return new StoredAnswer(
                    answer.getStatus(),
                    answer.getMediaType() == null ? null : answer.getMediaType().toString(),
                    answer.getEntity() == null ? null : text(answer.getEntity()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the first answer is written: to bytes Jackson escapes what is beyond the BMP, to a string it doesn't. */
    private String text(Object entity) throws JsonProcessingException {
        return new String(json.writeValueAsBytes(entity), StandardCharsets.UTF_8);
    }
}
