package org.liverecordings.recording.idempotency;

/**
 * An answer that is given again to whoever repeats the request with the same key.
 *
 * @param status the HTTP status
 * @param mediaType of the body; null if there is none
 * @param body byte for byte as it was sent; null if there is none
 */
public record StoredAnswer(int status, String mediaType, String body) {}
