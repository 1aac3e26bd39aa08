package org.liverecordings.api;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import org.liverecordings.recording.Caller;
import org.liverecordings.recording.StopRecordingUseCase;
import org.liverecordings.recording.StopRequest;

/** The vendor's LiveRecordings resource. {@code META-INF/openapi.yaml} documents it, {@link Answers} knows its answers. */
@Path(ApiPaths.LIVE_RECORDINGS)
@Blocking
public class LiveRecordingsResource {

    private final StopRecordingUseCase stopRecording;
    private final SecurityIdentity identity;
    private final RoutingContext request;

    LiveRecordingsResource(StopRecordingUseCase stopRecording, SecurityIdentity identity, RoutingContext request) {
        this.stopRecording = stopRecording;
        this.identity = identity;
        this.request = request;
    }

    /** Stops the recording with this id. */
    @DELETE
    @Path("{id}")
    @PermissionsAllowed(CallRecordingLevel.COMPLETE_MANAGEMENT)
    public void stopById(@PathParam("id") String id) {
        stopRecording.stop(StopRequest.byId(caller(), id));
    }

    /** Stops what is being recorded on a device, on a line, or on one line of one device. */
    @DELETE
    @PermissionsAllowed(CallRecordingLevel.COMPLETE_MANAGEMENT)
    public void stopByLine() {
        String query = request.request().query();
        stopRecording.stop(StopRequest.byLine(
                caller(), LineQuery.first(query, "deviceName"), LineQuery.firstNumber(query, "directoryNumber")));
    }

    private Caller caller() {
        SocketAddress address = request.request().remoteAddress();
        return new Caller(
                identity.getPrincipal().getName(),
                address == null ? null : address.hostAddress(),
                RequestIntake.correlationId(request));
    }
}
