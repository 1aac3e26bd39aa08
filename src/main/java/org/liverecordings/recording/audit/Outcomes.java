package org.liverecordings.recording.audit;

import java.time.Duration;
import java.util.List;

import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RejectedException;
import org.liverecordings.recording.audit.AuditTrail.Outcome;
import org.liverecordings.recording.audit.AuditTrail.Result;
import org.liverecordings.recording.idempotency.AnswerWriter.Refusal;
import org.liverecordings.recording.idempotency.KeyReusedException;
import org.liverecordings.recording.idempotency.KeyUnreadableException;
import org.liverecordings.recording.idempotency.RepeatedAnswerException;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.NoConnectedCallException;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderException;
import org.liverecordings.recording.recorder.RecorderIncapableException;
import org.liverecordings.recording.store.LineHeldException;
import org.liverecordings.recording.store.NoSuchHoldException;
import org.liverecordings.recording.timer.TimerUnusableException;

/** What the trail says of a request that failed. */
final class Outcomes {

    private Outcomes() {}

    /**
     * @param confirmed what the recorder confirmed nonetheless
     */
    static Outcome of(RuntimeException failure, List<RecordingId> confirmed, Duration duration) {
        if (failure instanceof RepeatedAnswerException e) {
            return new Outcome(resultOf(e.refusal()), e.refusal().reason(), List.of(), duration, null, false, true);
        }
        Result result = resultOf(failure);
        return new Outcome(
                result,
                failure instanceof RejectedException e ? e.code() : null,
                confirmed,
                duration,
                result == Result.FAILED || result == Result.UNKNOWN ? failure : null);
    }

    private static Result resultOf(RuntimeException failure) {
        if (failure instanceof RejectedException
                || failure instanceof KeyReusedException
                || failure instanceof KeyUnreadableException
                || failure instanceof ReasonUnusableException
                || failure instanceof TimerUnusableException) {
            return Result.REJECTED;
        } else if (failure instanceof NotPermittedException) {
            return Result.FORBIDDEN;
        } else if (failure instanceof LineHeldException) {
            return Result.HELD;
        } else if (failure instanceof NoSuchHoldException
                || failure instanceof NoLiveRecordingException
                || failure instanceof NoConnectedCallException) {
            return Result.NOT_LIVE;
        } else if (failure instanceof AlreadySoException) {
            return Result.ALREADY_SO;
        } else if (failure instanceof RecorderException e && !e.mayHaveArrived()
                || failure instanceof RecorderIncapableException) {
            return Result.FAILED;
        }
        return Result.UNKNOWN;
    }

    private static Result resultOf(Refusal refusal) {
        return switch (refusal.kind()) {
            case NONE -> Result.DONE;
            case REJECTED -> Result.REJECTED;
            case FORBIDDEN -> Result.FORBIDDEN;
            case NOT_LIVE -> Result.NOT_LIVE;
            case HELD -> Result.HELD;
            case ALREADY_SO -> Result.ALREADY_SO;
        };
    }
}
