package org.liverecordings.api.audit;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.api.ApiPaths;
import org.liverecordings.support.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = AuditDatabase.class, restrictToAnnotatedClass = true)
class AuditResourceTest {

    private static final String STOPPED = "75a90276-e47e-4e9e-b463-e3c743d5ff3a";

    @Test
    void aStopIsProven() {
        as("alice", 10).header("X-Request-Id", "stop-1").delete(ApiPaths.LIVE_RECORDINGS + "/" + STOPPED);
        as("bob", 10)
                .get("/audit?user=ALICE&recordingId=" + STOPPED)
                .then()
                .statusCode(200)
                .contentType("application/json")
                .header("Cache-Control", "no-store")
                .body("next", nullValue())
                .body("entries", hasSize(1))
                .body("entries[0].operation", equalTo("stop"))
                .body("entries[0].user", equalTo("alice"))
                .body("entries[0].level", equalTo(10))
                .body("entries[0].address", equalTo("127.0.0.1"))
                .body("entries[0].askedId", equalTo(STOPPED))
                .body("entries[0].outcome", equalTo("done"))
                .body("entries[0].confirmations[0].recordingId", equalTo(STOPPED))
                .body("entries[0].confirmations[0].at", notNullValue())
                .body("entries[0].endedAt", notNullValue())
                .body("entries[0].replica", equalTo("replica-1"))
                .body("entries[0].correlationId", equalTo("stop-1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [2001:db8::1]:51234     | 2001:db8::1
            2001:db8::1             | 2001:db8::1
            10.9.8.7:4711           | 10.9.8.7
            unknown                 | 127.0.0.1
            :443                    | 127.0.0.1
            ''                      | 127.0.0.1
            """)
    void whateverAProxyForwardsTheTrailHasAnAddress(String forwardedFor, String address) {
        String user = "of " + forwardedFor;
        as(user, 10).header("X-Forwarded-For", forwardedFor).delete(ApiPaths.LIVE_RECORDINGS + "/" + 1);

        as("bob", 10)
                .queryParam("user", user)
                .get("/audit")
                .then()
                .body("entries", hasSize(1))
                .body("entries[0].address", equalTo(address));
    }

    @Test
    void whatWasRefusedIsOnTheTrailWithItsReason() {
        as("carol", 10).delete(ApiPaths.LIVE_RECORDINGS + "?deviceName=SEP000000000103");
        as("bob", 10)
                .get("/audit?user=carol")
                .then()
                .body("entries[0].deviceName", equalTo("SEP000000000103"))
                .body("entries[0].outcome", equalTo("rejected"))
                .body("entries[0].reason", equalTo(2))
                .body("entries[0].confirmations", hasSize(0));
    }

    @ParameterizedTest
    @CsvSource({
        "dan, ?deviceName=SEP000000000103, rejected, 2",
        "dean, /1-1-1-1-1, rejected, 0",
        "dora, /0de40000-0000-4000-8000-000000000099, not-live, "
    })
    void anAnswerThatIsGivenAgainIsOnTheTrailAsTheFirstTime(String user, String rest, String outcome, Integer reason) {
        String key = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            as(user, 10).header("Idempotency-Key", key).delete(ApiPaths.LIVE_RECORDINGS + rest);
        }
        as("bob", 10)
                .get("/audit?user=" + user)
                .then()
                .body("entries.repetition", equalTo(List.of(true, false)))
                .body("entries.outcome", equalTo(List.of(outcome, outcome)))
                .body("entries.reason", equalTo(Arrays.asList(reason, reason)));
    }

    @Test
    void aPageLeadsToTheNext() {
        for (int i = 0; i < 3; i++) {
            as("dave", 10).delete(ApiPaths.LIVE_RECORDINGS + "/" + i);
        }
        Response first = as("bob", 10).get("/audit?user=dave&limit=2&");
        assertEquals(2, first.<Integer>path("entries.size()").intValue());
        String link = first.header("Link");
        assertEquals("</audit?after=" + first.path("next") + "&user=dave&limit=2>; rel=\"next\"", link);
        Response second = as("bob", 10).get(link.substring(1, link.indexOf('>')));
        assertEquals("0", second.<String>path("entries[0].askedId"));
        assertNull(second.<Object>path("next"));
        assertNull(second.header("Link"));
    }

    @Test
    void spreadsheetsGetCsv() {
        as("erin", 10).urlEncodingEnabled(false).delete(ApiPaths.LIVE_RECORDINGS + "?directoryNumber=%3D1%2B1");
        Response csv = as("bob", 10).accept("text/csv").get("/audit?user=erin");
        assertEquals(200, csv.statusCode());
        assertEquals("text/csv;charset=UTF-8", csv.contentType());
        assertEquals("attachment; filename=\"audit.csv\"", csv.header("Content-Disposition"));
        String[] rows = csv.asString().split("\r\n");
        assertEquals(2, rows.length);
        assertTrue(rows[1].contains(",stop,erin,10,127.0.0.1,,,'=1+1,not-live,"), rows[1]);
    }

    @Test
    void whoDoesntMindGetsJson() {
        as("bob", 10).accept("*/*").get("/audit?limit=1").then().contentType("application/json");
    }

    @Test
    void whoManagesAGroupReadsWhatConcernsItsLines() {
        as("alice", 10)
                .header("X-Request-Id", "milan-1")
                .delete(ApiPaths.LIVE_RECORDINGS + "?deviceName=SEP00000000A001");
        as("alice", 10).header("X-Request-Id", "rome-1").delete(ApiPaths.LIVE_RECORDINGS + "?directoryNumber=7002");
        as("ann", 1).header("X-Request-Id", "milan-2").delete(ApiPaths.LIVE_RECORDINGS + "/Mine");

        RestAssured.given()
                .header("Authorization", "Bearer " + TestTokens.groups("mia", "supervisors-milan"))
                .get("/audit")
                .then()
                .statusCode(200)
                .body("entries.correlationId", equalTo(List.of("milan-2", "milan-1")));
    }

    @Test
    void onlyManagementMayRead() {
        as("trainee", 9).get("/audit").then().statusCode(403);
        RestAssured.given().get("/audit").then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/csv"})
    void aBadQueryIsAProblem(String accepted) {
        as("bob", 10)
                .accept(accepted)
                .get("/audit?limit=0")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("title", equalTo("Bad query: limit must be a number from 1 to 1000"))
                .body("correlationId", notNullValue());
    }

    private static RequestSpecification as(String user, int level) {
        return RestAssured.given().header("Authorization", "Bearer " + TestTokens.level(user, level));
    }
}
