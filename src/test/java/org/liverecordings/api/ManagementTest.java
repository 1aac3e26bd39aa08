package org.liverecordings.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.api.audit.AuditBody;
import org.liverecordings.api.audit.AuditQuery;
import org.liverecordings.api.intake.MetricLabels;
import org.liverecordings.api.intake.RequestIntake;
import org.liverecordings.api.recordings.ListedBody;
import org.liverecordings.api.recordings.LiveRecordingsResource;
import org.liverecordings.contract.ContractTables;
import org.liverecordings.contract.Row;
import org.liverecordings.support.OpenApiDocument;
import org.liverecordings.support.TestTokens;

/** What operators and integrators look at. */
@QuarkusTest
@TestProfile(GuardedApiProfile.class)
class ManagementTest {

    @ParameterizedTest
    @ValueSource(strings = {"live", "ready", "started", "well"})
    void everyProbeHasItsOwnPath(String probe) {
        given().when().get("/q/health/" + probe).then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void theRecordersCircuitIsSeenInTheWellGroupAlone() {
        given().when()
                .get("/q/health/well")
                .then()
                .body("checks.name", containsInAnyOrder("recorder", "webhooks"))
                .body("checks.find { it.name == 'recorder' }.data.circuit", equalTo("closed"));
        given().when().get("/q/health/live").then().body("checks.size()", equalTo(0));
    }

    @Test
    void metricsAreThere() {
        given().when().get("/q/metrics").then().statusCode(200).body(containsString("jvm_memory_used_bytes"));
    }

    /**
     * What no row of a table brings about, since it takes a recorder or a database in trouble: {@link Answers} has the same for
     * every operation.
     */
    private static final Set<Integer> TROUBLE = Set.of(500, 504);

    /** The document is written by hand, so that it says what annotations can't; these hold it to the code. */
    @Test
    void theDocumentHasExactlyTheOperationsThatThereAre() {
        assertEquals(operationsInCode(), document().operations().keySet());
    }

    private static Set<String> operationsInCode() {
        Set<String> operations = new TreeSet<>(Set.of(
                "get /audit", "get /events", "post /webhooks/{name}/replay", "get /holds", "delete /holds/{id}"));
        for (Method method : LiveRecordingsResource.class.getDeclaredMethods()) {
            Path path = method.getAnnotation(Path.class);
            String where = ApiPaths.LIVE_RECORDINGS + (path == null ? "" : "/" + path.value());
            Map.of(GET.class, "get", POST.class, "post", PUT.class, "put", DELETE.class, "delete")
                    .forEach((annotation, name) -> {
                        if (method.isAnnotationPresent(annotation)) {
                            operations.add(name + " " + where);
                        }
                    });
        }
        return operations;
    }

    /** The tables are what the service is held to in every set-up, so that a status of theirs is one of the code's. */
    @Test
    void theDocumentHasExactlyTheStatusesOfTheTables() {
        Map<String, Set<Integer>> expected = new TreeMap<>();
        ContractTables.rows()
                .forEach(row -> expected.computeIfAbsent(operation(row), name -> new TreeSet<>(TROUBLE))
                        .add(row.status()));
        // The tables send no Idempotency-Key.
        expected.forEach((operation, statuses) -> {
            if (!operation.startsWith("get ")) {
                statuses.add(422);
            }
        });
        // They send no body that is too long either.
        expected.forEach((operation, statuses) -> {
            if (operation.startsWith("post ") || operation.startsWith("delete ")) {
                statuses.add(413);
            }
        });
        // The embedded recorder, which the tables run on, is able to do everything.
        expected.get("post " + ApiPaths.LIVE_RECORDINGS).addAll(Set.of(501, 503));
        expected.put("get /audit", Set.of(200, 400, 401, 403, 501, 503));
        expected.put("get /events", Set.of(200, 400, 401, 403, 501, 503));
        expected.put("post /webhooks/{name}/replay", Set.of(202, 400, 401, 403, 404, 501, 503));
        expected.put("get /holds", Set.of(200, 401, 403, 503));
        expected.put("delete /holds/{id}", Set.of(204, 400, 401, 403, 404, 422, 503, 504));

        Map<String, Set<Integer>> documented = new TreeMap<>();
        document().operations().forEach((name, operation) -> documented.put(name, OpenApiDocument.statuses(operation)));

        assertEquals(expected, documented);
    }

    @Test
    void theDocumentDescribesEveryBodyOfTheTables() {
        OpenApiDocument document = document();
        Map<String, JsonNode> operations = document.operations();
        Map<String, String> wrong = new TreeMap<>();
        ContractTables.rows().forEach(row -> {
            String contentType = row.contentType().stream().findFirst().orElse(null);
            String found = document.wrong(operations.get(operation(row)), row.status(), contentType, row.body());
            if (!found.isEmpty()) {
                wrong.put(row.name(), found);
            }
        });

        assertEquals(Map.of(), wrong);
    }

    private static String operation(Row row) {
        String[] methodAndPath = row.operation().split(" ");
        return methodAndPath[0].toLowerCase(Locale.ROOT) + " " + MetricLabels.template(methodAndPath[1]);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void theDocumentNamesEveryPropertyOfABody(String schema, Class<?> body) {
        Set<String> components = new TreeSet<>();
        for (RecordComponent component : body.getRecordComponents()) {
            components.add(component.getName());
        }

        assertEquals(components, document().properties(schema));
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("Problem", Problem.class),
                Arguments.of("Rejected", RejectedBody.class),
                Arguments.of("LiveRecording", ListedBody.class),
                Arguments.of("LocalParty", ListedBody.LocalParty.class),
                Arguments.of("RemoteParty", ListedBody.RemoteParty.class),
                Arguments.of("AuditPage", AuditBody.class),
                Arguments.of("AuditEntry", AuditBody.Entry.class),
                Arguments.of("Confirmation", AuditBody.Confirmation.class));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            audit,          recordingId=75a90276-e47e-4e9e-b463-e3c743d5ff3a
            audit,          user=alice
            audit,          from=2026-01-31T12:00:00Z
            audit,          to=2026-01-31T12:00:00Z
            audit,          limit=7
            audit,          after=MjAyNi0wMS0zMVQxMjowMDowMFogMC0wLTAtMC0w
            """)
    void everyParameterOfTheTrailIsRead(String operation, String parameter) {
        assertNotEquals(AuditQuery.read(null), AuditQuery.read(parameter), operation);
    }

    /** As it can be seen from outside: with the parameter the answer is another one than without. */
    @ParameterizedTest
    @CsvSource({
        "DELETE, '', deviceName",
        "DELETE, '', directoryNumber",
        "PUT, /Pause, directoryNumber",
        "PUT, /Resume, directoryNumber"
    })
    void everyParameterThatNamesALineIsRead(String method, String rest, String parameter) {
        RequestSpecification caller = given().header("Authorization", "Bearer " + TestTokens.complete());

        int with = caller.request(method, ApiPaths.LIVE_RECORDINGS + rest + "?" + parameter + "=1")
                .statusCode();

        assertEquals(409, with);
    }

    @Test
    void theDocumentHasExactlyTheParametersThatAreRead() {
        String api = ApiPaths.LIVE_RECORDINGS;
        Map<String, Set<String>> expected = new HashMap<>(Map.of(
                "get /audit",
                Set.of("recordingId", "user", "from", "to", "limit", "after"),
                "get /events",
                Set.of("deviceName", "directoryNumber", "username", "type"),
                "post /webhooks/{name}/replay",
                Set.of("from"),
                "get " + api,
                Set.of("deviceName", "directoryNumber", "username", "numericUserId"),
                "delete " + api,
                Set.of("deviceName", "directoryNumber", "reason"),
                "delete " + api + "/{id}",
                Set.of("reason"),
                "delete " + api + "/Mine",
                Set.of("reason"),
                "put " + api + "/Pause",
                Set.of("directoryNumber", "resumeAfter"),
                "put " + api + "/{id}/Pause",
                Set.of("resumeAfter"),
                "put " + api + "/Resume",
                Set.of("directoryNumber")));
        expected.put("get /holds", Set.of("deviceName", "directoryNumber"));
        OpenApiDocument document = document();

        document.operations().forEach((name, operation) -> {
            assertEquals(expected.getOrDefault(name, Set.of()), document.parameters(operation, "query"), name);
            assertEquals(
                    Pattern.compile("\\{(.*?)}")
                            .matcher(name)
                            .results()
                            .map(path -> path.group(1))
                            .collect(Collectors.toSet()),
                    document.parameters(operation, "path"),
                    name);
            Set<String> headers = new TreeSet<>(Set.of(RequestIntake.CORRELATION_HEADER));
            if (name.equals("get /events")) {
                headers.add("Last-Event-ID");
            } else if (!name.startsWith("get ") && !name.endsWith("/replay")) {
                headers.add(IdempotencyHeader.NAME);
            }
            assertEquals(headers, document.parameters(operation, "header"), name);
        });
    }

    /** A path without a label of its own would be lost among those that strangers make up. */
    @Test
    void everyPathOfTheDocumentHasALabelOfItsOwn() {
        document().operations().keySet().stream()
                .map(name -> name.split(" ")[1])
                .forEach(path -> assertEquals(path, MetricLabels.template(path)));
    }

    private static OpenApiDocument document() {
        return new OpenApiDocument(given().when()
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .contentType("application/yaml")
                .extract()
                .asString());
    }
}
