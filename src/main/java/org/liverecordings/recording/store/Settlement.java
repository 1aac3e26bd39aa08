package org.liverecordings.recording.store;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.event.Cause;
import org.liverecordings.recording.idempotency.IdempotencyKey;
import org.liverecordings.recording.idempotency.StoredAnswer;

/**
 * How a stop ends.
 *
 * @param holder of all leases and of the key
 * @param stopped what this request may claim
 * @param inferred those of the stopped ones that the recorder no longer knew after an unknown outcome
 * @param over what the recorder doesn't record, and this request didn't stop
 * @param entry the trail's
 * @param duration since the request began
 * @param answers what to store under the client's key; null if it sent none
 * @param cause who stops it, for the events; never null
 */
public record Settlement(
        UUID holder,
        Set<RecordingTarget> stopped,
        Set<RecordingTarget> inferred,
        Set<RecordingTarget> over,
        UUID entry,
        Duration duration,
        Answers answers,
        Cause cause) {

    /**
     * The answers of which one is to be stored.
     *
     * @param key never null
     * @param ifClaimed if anything was claimed
     * @param ifNothing if nothing was
     */
    public record Answers(IdempotencyKey key, StoredAnswer ifClaimed, StoredAnswer ifNothing) {

        /**
         * @param key null if the client sent none
         * @param nothing how the request fails if nothing was claimed; a definitive answer
         * @return null if there is no key
         */
        public static Answers of(IdempotencyKey key, RuntimeException nothing) {
            return key == null
                    ? null
                    : new Answers(
                            key,
                            key.answers().done(null),
                            key.answers().failed(nothing).orElseThrow());
        }

        /** The answer if this was claimed. */
        public StoredAnswer of(Set<RecordingTarget> claimed) {
            return claimed.isEmpty() ? ifNothing : ifClaimed;
        }
    }

    /** The client's key; null if it sent none. */
    public IdempotencyKey key() {
        return answers == null ? null : answers.key();
    }

    /** All targets whose lease it needs. */
    public Set<RecordingTarget> targets() {
        Set<RecordingTarget> targets = new HashSet<>(stopped);
        targets.addAll(over);
        return targets;
    }
}
