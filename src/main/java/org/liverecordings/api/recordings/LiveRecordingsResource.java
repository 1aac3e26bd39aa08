package org.liverecordings.api.recordings;

import java.util.List;
import java.util.function.Function;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import org.liverecordings.api.Answers;
import org.liverecordings.api.AnswersToKeep;
import org.liverecordings.api.ApiPaths;
import org.liverecordings.api.Callers;
import org.liverecordings.api.LineQuery;
import org.liverecordings.api.signin.CallRecordingLevel;
import org.liverecordings.recording.Caller;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.list.ListRecordingsUseCase;
import org.liverecordings.recording.pause.PauseRecordingUseCase;
import org.liverecordings.recording.pause.PauseRequest;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.start.StartRecordingUseCase;
import org.liverecordings.recording.start.StartRequest;
import org.liverecordings.recording.stop.StopRecordingUseCase;
import org.liverecordings.recording.stop.StopRequest;
import org.liverecordings.recording.timer.TimerRules;

/**
 * The vendor's LiveRecordings resource. {@code META-INF/openapi.yaml} documents it, {@link Answers} knows its answers.
 *
 * <p>Whoever has no level at all is refused here, which is a line in the log. Of all others the use cases decide by their level, so
 * that an attempt of somebody who might have is on the trail.
 */
@Path(ApiPaths.LIVE_RECORDINGS)
@Blocking
public class LiveRecordingsResource {

    private final StartRecordingUseCase startRecording;
    private final StopRecordingUseCase stopRecording;
    private final PauseRecordingUseCase pauseRecording;
    private final ListRecordingsUseCase listRecordings;
    private final SecurityIdentity identity;
    private final RoutingContext request;
    private final ObjectMapper json;

    LiveRecordingsResource(
            StartRecordingUseCase startRecording,
            StopRecordingUseCase stopRecording,
            PauseRecordingUseCase pauseRecording,
            ListRecordingsUseCase listRecordings,
            SecurityIdentity identity,
            RoutingContext request,
            ObjectMapper json) {
        this.startRecording = startRecording;
        this.stopRecording = stopRecording;
        this.pauseRecording = pauseRecording;
        this.listRecordings = listRecordings;
        this.identity = identity;
        this.request = request;
        this.json = json;
    }

    /** Starts recording the call on a line; without a body, on the caller's own. */
    @POST
    @PermissionsAllowed(CallRecordingLevel.OWN_LINES)
    public Response start() {
        // What can't be read is kept under no key: whoever sends the same as a whole isn't asking for something else.
        StartRequest asked = RequestBody.of(request)
                .map(body -> StartBody.read(json, caller(body), body))
                .orElseGet(() -> StartRequest.illegible(Callers.of(identity, request)));
        return AnswersToKeep.doneWith(startRecording.start(asked));
    }

    /** Lists the live recordings that the caller may see and that pass the query's filters. */
    @GET
    @PermissionsAllowed(CallRecordingLevel.OWN_LINES)
    public Response list() {
        ListFilter filter = ListFilter.of(
                parameter("deviceName"), directoryNumber(), parameter("username"), parameter("numericUserId"));
        List<ListedBody> listed = listRecordings.list(caller(), filter).stream()
                .map(ListedBody::of)
                .toList();
        return Response.ok(listed, MediaType.APPLICATION_JSON_TYPE).build();
    }

    /** Tells one live recording, if the caller may see it. */
    @GET
    @Path("{id}")
    @PermissionsAllowed(CallRecordingLevel.OWN_LINES)
    public Response one(@PathParam("id") String text) {
        return RecordingId.parse(text)
                .map(id -> listRecordings
                        .find(caller(), id)
                        .map(ListedBody::of)
                        .map(item -> Response.ok(item, MediaType.APPLICATION_JSON_TYPE)
                                .build())
                        .orElseGet(() -> Answers.noSuch("live recording", request)))
                .orElseGet(Answers::noGuid);
    }

    /** Stops the recording with this id. */
    @DELETE
    @Path("{id}")
    @PermissionsAllowed(CallRecordingLevel.OWN_LINES)
    public void stopById(@PathParam("id") String id) {
        stop(caller -> StopRequest.byId(caller, id));
    }

    /** Stops what is being recorded on a device, on a line, or on one line of one device. */
    @DELETE
    @PermissionsAllowed(CallRecordingLevel.OWN_LINES)
    public void stopByLine() {
        stop(caller -> StopRequest.byLine(caller, parameter("deviceName"), directoryNumber()));
    }

    /** Stops what is being recorded on the caller's own lines. */
    @DELETE
    @Path("Mine")
    @PermissionsAllowed(CallRecordingLevel.OWN_LINES)
    public void stopMine() {
        stop(StopRequest::mine);
    }

    private void stop(Function<Caller, StopRequest> asked) {
        String inQuery = parameter("reason");
        String inBody = StopBody.reason(json, request, inQuery);
        stopRecording.stop(asked.apply(caller(inBody)).because(inQuery, inBody));
    }

    /** Pauses the recording with this id. */
    @PUT
    @Path("{id}/Pause")
    @PermissionsAllowed(CallRecordingLevel.OWN_LINES)
    public void pauseById(@PathParam("id") String id) {
        pauseRecording.pause(PauseRequest.pauseById(caller(), id).resumingAfter(parameter(TimerRules.RESUME_AFTER)));
    }

    /** Pauses what is being recorded on a line. */
    @PUT
    @Path("Pause")
    @PermissionsAllowed(CallRecordingLevel.OWN_LINES)
    public void pauseByNumber() {
        pauseRecording.pause(PauseRequest.pauseOnNumber(caller(), directoryNumber())
                .resumingAfter(parameter(TimerRules.RESUME_AFTER)));
    }

    /** Resumes the recording with this id. */
    @PUT
    @Path("{id}/Resume")
    @PermissionsAllowed(CallRecordingLevel.OWN_LINES)
    public void resumeById(@PathParam("id") String id) {
        pauseRecording.pause(PauseRequest.resumeById(caller(), id));
    }

    /** Resumes what is being recorded on a line. */
    @PUT
    @Path("Resume")
    @PermissionsAllowed(CallRecordingLevel.OWN_LINES)
    public void resumeByNumber() {
        pauseRecording.pause(PauseRequest.resumeOnNumber(caller(), directoryNumber()));
    }

    private String parameter(String name) {
        return LineQuery.first(request.request().query(), name);
    }

    private String directoryNumber() {
        return LineQuery.firstNumber(request.request().query(), "directoryNumber");
    }

    private Caller caller() {
        return caller(null);
    }

    private Caller caller(String body) {
        return Callers.withKey(identity, request, body, json);
    }
}
