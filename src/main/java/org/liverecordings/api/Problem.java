package org.liverecordings.api;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * An RFC 9457 problem without internals.
 *
 * @param type always {@code about:blank}: the status says it all
 * @param title for people
 * @param status the HTTP status
 * @param correlationId is in the log line as well
 */
// Jackson finds a record's components by reflection, and no resource method's signature names this type.
@RegisterForReflection
record Problem(String type, String title, int status, String correlationId) {

    /** The media type of problems. */
    static final String MEDIA_TYPE = "application/problem+json";
}
