package org.liverecordings.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.liverecordings.client.RequestCollection.Request;
import org.liverecordings.client.generated.ApiClient;
import org.liverecordings.client.generated.ApiException;
import org.liverecordings.client.generated.AuditApi;
import org.liverecordings.client.generated.EventsApi;
import org.liverecordings.client.generated.HoldsApi;
import org.liverecordings.client.generated.LiveRecordingsApi;
import org.liverecordings.client.generated.model.AuditEntry;
import org.liverecordings.client.generated.model.Hold;
import org.liverecordings.client.generated.model.LiveRecording;
import org.liverecordings.client.generated.model.Start;
import org.liverecordings.client.generated.model.StopReason;
import org.liverecordings.docs.Pages;
import org.liverecordings.events.webhook.TestEndpoint;
import org.liverecordings.support.OpenApiDocument;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

/** Every operation of the OpenAPI document, by the collection of requests, and by a client that was generated. */
class EveryOperationIT {

    private static final OpenApiDocument DOCUMENT =
            new OpenApiDocument(Pages.text(Path.of("src", "main", "resources", "META-INF", "openapi.yaml")));

    /** The recording on the line 108. */
    private static final String HEIDIS = "75a90276-e47e-4e9e-b463-e3c743d50504";

    private static ServiceProcess service;

    @BeforeAll
    static void startTheService() {
        PostgresServer database = PostgresServer.shared();
        Map<String, String> settings = new HashMap<>(PostgresServer.settings(database.url(database.newDatabase())));
        settings.putAll(ServiceProcess.tokenSettings());
        Path sample = Path.of("src", "main", "resources", "sample").toAbsolutePath();
        settings.put("LIVE_RECORDINGS_LINES_FILE", sample.resolve("lines.csv").toString());
        settings.put(
                "LIVE_RECORDINGS_EMBEDDED_RECORDINGS_FILE",
                sample.resolve("recordings.csv").toString());
        // The stream ends, so that a client can read all of it.
        settings.put("LIVE_RECORDINGS_EVENTS_LONGEST_STREAM", "1s");
        settings.putAll(TestEndpoint.settings("CRM", "http://127.0.0.1:" + ServiceProcess.freePort()));
        service = ServiceProcess.start(settings);
    }

    @AfterAll
    static void stopTheService() {
        if (service != null) {
            service.close();
        }
    }

    @Test
    void theCollectionHasEveryOperationAndEachAnswersWhatItsTitleSays() throws Exception {
        List<Request> requests =
                RequestCollection.requests(Map.of("service", service.uri().toString(), "token", TestTokens.complete()));

        HttpClient client = HttpClient.newHttpClient();
        List<String> answers = new ArrayList<>();
        for (Request request : requests) {
            int status =
                    client.send(request.request(), BodyHandlers.discarding()).statusCode();
            answers.add(status + request.title().substring(3));
        }

        assertEquals(requests.stream().map(Request::title).toList(), answers);
        assertEquals(
                DOCUMENT.operations().keySet(),
                requests.stream()
                        .map(Request::request)
                        .map(request -> operation(request.method(), request.uri()))
                        .collect(Collectors.toSet()));
    }

    @Test
    void aGeneratedClientCallsEveryOperation() throws ApiException {
        Set<String> called = new HashSet<>();
        ApiClient client = new ApiClient()
                .setRequestInterceptor(
                        request -> request.header("Authorization", "Bearer " + TestTokens.level("agent", 10)))
                .setResponseInterceptor(
                        answer -> called.add(operation(answer.request().method(), answer.uri())));
        client.updateBaseUri(service.uri().toString());
        LiveRecordingsApi recordings = new LiveRecordingsApi(client);
        HoldsApi holds = new HoldsApi(client);
        EventsApi events = new EventsApi(client);

        // Heidi's recording, by its id and by its number.
        LiveRecording listed =
                recordings.callList(null, "108", null, null, null).get(0);
        LiveRecording one = recordings.one(listed.getId().toString(), null);
        recordings.pauseById(HEIDIS, null, null, null);
        recordings.resumeById(HEIDIS, null, null);
        recordings.pauseByNumber("108", null, null, null);
        recordings.resumeByNumber("108", null, null);
        recordings.stopById(HEIDIS, null, null, null, new StopReason().reason("consent-withdrawn"));
        Hold hold = holds.holds(null, "108", null).getHolds().stream()
                .filter(each -> "108".equals(each.getDirectoryNumber()))
                .findFirst()
                .orElseThrow();
        holds.liftHold(hold.getId().toString(), null, null);
        // One's own line, then another one.
        UUID own = recordings.start(null, null, new Start()).getId();
        recordings.stopMine(null, null, null, null);
        recordings.start(null, null, new Start().deviceName("SEP000000000108"));
        recordings.stopByLine("SEP000000000108", "108", "payment", null, null, null);
        AuditEntry newest = new AuditApi(client)
                .audit(null, "agent", null, null, 1, null, null)
                .getEntries()
                .get(0);
        events.replay("crm", OffsetDateTime.now(), null);
        // What the generator makes reads a stream to its end, and then takes it for JSON.
        ApiException notJson =
                assertThrows(ApiException.class, () -> events.events(null, null, null, null, null, null));

        assertEquals("heidi", listed.getLocalParty().getUsername());
        assertEquals(listed.getStartedAt(), one.getStartedAt());
        assertEquals("consent-withdrawn", hold.getWhy());
        assertNotEquals(listed.getId(), own);
        assertEquals(AuditEntry.OutcomeEnum.DONE, newest.getOutcome());
        assertEquals("payment", newest.getWhy());
        assertInstanceOf(JsonProcessingException.class, notJson.getCause());
        assertEquals(DOCUMENT.operations().keySet(), called);
    }

    /** Which operation of the document a request is; the request itself if it is none. */
    private static String operation(String method, URI uri) {
        String sent = method.toLowerCase(Locale.ROOT) + " " + uri.getPath();
        Set<String> operations = DOCUMENT.operations().keySet();
        return operations.contains(sent)
                ? sent
                : operations.stream()
                        .filter(each -> sent.matches(each.replaceAll("\\{\\w+}", "[^/]+")))
                        .findFirst()
                        .orElse(sent);
    }
}
