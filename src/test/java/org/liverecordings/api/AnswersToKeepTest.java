package org.liverecordings.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.idempotency.AnswerWriter.Refusal;
import org.liverecordings.recording.idempotency.StoredAnswer;
import org.liverecordings.recording.stop.StopRejectedException;
import org.liverecordings.recording.stop.StopRejection;

/** What is read from answers that were stored. */
class AnswersToKeepTest {

    private final AnswersToKeep answers = new AnswersToKeep(null, new ObjectMapper());

    @ParameterizedTest
    @EnumSource
    void aRejectionNamesItsReason(StopRejection rejection) {
        StoredAnswer stored =
                answers.failed(new StopRejectedException(rejection)).orElseThrow();
        assertEquals(new Refusal(Refusal.Kind.REJECTED, rejection.code()), answers.refusal(stored));
    }

    @Test
    void theDeviceBesideTheReasonIsNotMinded() {
        StoredAnswer stored = new StoredAnswer(400, "application/json", "{\"reason\":1,\"deviceName\":\"SEP1\"}");
        assertEquals(new Refusal(Refusal.Kind.REJECTED, 1), answers.refusal(stored));
    }

    @Test
    void aHoldHasAnEnd() {
        assertEquals(
                new Refusal(Refusal.Kind.HELD, null),
                answers.refusal(problem(409, ",\"until\":\"2026-01-01T12:00:00Z\"")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"why\":\"\\\"until\\\":1 reason\"", ",\"reason\":\"2\""})
    void anyOtherProblemSaysNoMore(String more) {
        assertEquals(new Refusal(Refusal.Kind.NOT_LIVE, null), answers.refusal(problem(409, more)));
    }

    @Test
    void whatHasNoBodySaysNoMore() {
        assertEquals(
                new Refusal(Refusal.Kind.FORBIDDEN, null),
                answers.refusal(answers.failed(new NotPermittedException()).orElseThrow()));
    }

    @ParameterizedTest
    @CsvSource({"400, REJECTED", "404, NOT_LIVE", "409, NOT_LIVE", "429, ALREADY_SO"})
    void theStatusTellsOfWhichKindAProblemIs(int status, Refusal.Kind kind) {
        assertEquals(new Refusal(kind, null), answers.refusal(problem(status, "")));
    }

    @Test
    void whatWasDoneIsNoRefusal() {
        RecordingId id =
                RecordingId.parse("75a90276-e47e-4e9e-b463-e3c743d5ff3a").orElseThrow();
        assertEquals(Refusal.NONE, answers.refusal(answers.done(id)));
        assertEquals(Refusal.NONE, answers.refusal(answers.done(null)));
    }

    private static StoredAnswer problem(int status, String more) {
        return new StoredAnswer(
                status,
                Problem.MEDIA_TYPE,
                "{\"type\":\"about:blank\",\"title\":\"x\",\"status\":" + status + ",\"correlationId\":\"c\"" + more
                        + "}");
    }
}
