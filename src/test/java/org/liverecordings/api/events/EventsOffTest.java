package org.liverecordings.api.events;

import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.api.GuardedApiProfile;
import org.liverecordings.support.TestTokens;

/** Nobody is told of recordings unless a setting says so. */
@QuarkusTest
@TestProfile(GuardedApiProfile.class)
class EventsOffTest {

    @ParameterizedTest
    @CsvSource({"GET, /events", "POST, /webhooks/crm/replay", "POST, /webhooks/crm/replay?from=2026-01-31T12:00:00Z"})
    void whatNeedsEventsIsNotHere(String method, String path) {
        RestAssured.given()
                .header("Authorization", "Bearer " + TestTokens.complete())
                .request(method, path)
                .then()
                .statusCode(501)
                .contentType("application/problem+json")
                .body("title", startsWith("Not here: "));
    }

    @ParameterizedTest
    @CsvSource({"GET, /events", "POST, /webhooks/crm/replay"})
    void whoDoesntSignInIsntEvenToldThat(String method, String path) {
        RestAssured.given().request(method, path).then().statusCode(401);
    }
}
