package org.liverecordings.recording.idempotency;

/**
 * The key that a client sent with its request, so that it can repeat the request until it gets the answer.
 *
 * @param userKey whose key it is: two users may choose the same one
 * @param value as it was sent; null if that is no key
 * @param fingerprint tells one request from another: the same key must not be used for something else
 * @param answers writes down the request's answers
 */
public record IdempotencyKey(String userKey, String value, String fingerprint, AnswerWriter answers) {}
