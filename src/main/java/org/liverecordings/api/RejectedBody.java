package org.liverecordings.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The body of a 400, as the contract of every operation has it.
 *
 * @param reason the BadRequestReason of the operation
 * @param deviceName absent unless the reason is 1
 */
// Jackson finds a record's components by reflection, and no resource method's signature names this type.
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record RejectedBody(int reason, String deviceName) {}
