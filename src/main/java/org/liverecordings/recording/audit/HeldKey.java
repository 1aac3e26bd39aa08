package org.liverecordings.recording.audit;

import java.util.Optional;
import java.util.UUID;

import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.idempotency.IdempotencyKey;
import org.liverecordings.recording.idempotency.IdempotencyKeys;
import org.liverecordings.recording.idempotency.KeyReusedException;
import org.liverecordings.recording.idempotency.KeyUnreadableException;
import org.liverecordings.recording.idempotency.RepeatedAnswerException;
import org.liverecordings.recording.idempotency.StoredAnswer;
import org.liverecordings.recording.store.Polling;

/** The key that a request holds, and under which its answer is kept. */
final class HeldKey {

    /** A request without a key: nothing is kept. */
    static final HeldKey NONE = new HeldKey(null, null, null);

    private final IdempotencyKeys keys;
    private final IdempotencyKey key;
    private final UUID holder;

    private HeldKey(IdempotencyKeys keys, IdempotencyKey key, UUID holder) {
        this.keys = keys;
        this.key = key;
        this.holder = holder;
    }

    /**
     * Takes a key, or waits for it until the deadline.
     *
     * @throws RuntimeException as {@link AuditedRequests#run} says of keys
     */
    static HeldKey take(IdempotencyKeys keys, IdempotencyKey key, UUID holder, Deadline deadline) {
        if (key.value() == null) {
            throw new KeyUnreadableException();
        }
        for (Polling polling = new Polling(deadline); ; polling.pause()) {
            IdempotencyKeys.Taken taken = keys.take(key, holder, AuditedRequests.lease(deadline));
            switch (taken.outcome()) {
                case TAKEN -> {
                    return new HeldKey(keys, key, holder);
                }
                case ANSWERED ->
                    throw new RepeatedAnswerException(
                            taken.answer(), key.answers().refusal(taken.answer()));
                case OTHER_REQUEST -> throw new KeyReusedException();
                case HELD -> {
                    if (!polling.mayGoOn()) {
                        throw new StillUnderWayException("a request with the same key is under way", false);
                    }
                }
            }
        }
    }

    boolean isNone() {
        return key == null;
    }

    /**
     * Stores the answer of a request that is done.
     *
     * @throws StillUnderWayException if another request has taken the key over
     */
    void store(Object result) {
        if (key != null && !keys.store(key, holder, key.answers().done(result))) {
            throw new StillUnderWayException("a request with the same key took over", true);
        }
    }

    /** The answer to keep of a request that failed; empty if it isn't a definitive one. */
    Optional<StoredAnswer> answerTo(RuntimeException failure) {
        return key == null ? Optional.empty() : key.answers().failed(failure);
    }

    /** Stores the answer of a request that failed. Without one, the next request with the key is a new attempt. */
    void end(Optional<StoredAnswer> answer) {
        if (key != null) {
            answer.ifPresentOrElse(definitive -> keys.store(key, holder, definitive), () -> keys.release(key, holder));
        }
    }
}
