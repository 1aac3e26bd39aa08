package org.liverecordings.api;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.liverecordings.recording.DeviceName;

/**
 * The body of a 400, as the contract of every operation has it.
 *
 * @param reason the BadRequestReason of the operation
 * @param deviceName absent unless the reason is 1
 */
// Jackson finds a record's components by reflection, and no resource method's signature names this type.
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record RejectedBody(int reason, String deviceName) {

    /**
     * An answer with this body.
     *
     * @param device null if it isn't told
     */
    static Response answer(int reason, DeviceName device) {
        return Response.status(400)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new RejectedBody(reason, DeviceName.valueOf(device)))
                .build();
    }
}
