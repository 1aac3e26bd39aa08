package org.liverecordings.api;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The body of a start's 201.
 *
 * @param id the recording's GUID
 */
// Jackson finds a record's components by reflection, and no resource method's signature names this type.
@RegisterForReflection
record StartedBody(String id) {}
