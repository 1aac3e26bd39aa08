package org.liverecordings.api;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.UUID;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.liverecordings.api.audit.AuditDatabase;
import org.liverecordings.support.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = AuditDatabase.class, restrictToAnnotatedClass = true)
class HoldsResourceTest {

    private static final String MILAN = "SEP00000000A001";
    private static final String ROME = "SEP00000000A002";

    @Test
    void aHoldIsShownLiftedAndOnTheTrail() {
        String id = hold(MILAN);
        as("bob", "call-recording-lv10")
                .get("/holds")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .header("Cache-Control", "no-store")
                .body("holds.find{it.id=='" + id + "'}.deviceName", equalTo(MILAN))
                .body("holds.find{it.id=='" + id + "'}.directoryNumber", equalTo("7001"))
                .body("holds.find{it.id=='" + id + "'}.why", equalTo("consent-withdrawn"))
                .body("holds.find{it.id=='" + id + "'}.user", equalTo("alice"))
                .body("holds.find{it.id=='" + id + "'}.since", notNullValue())
                .body("holds.find{it.id=='" + id + "'}.until", notNullValue());
        as("bob", "call-recording-lv10")
                .get("/holds?deviceName=" + MILAN + "&directoryNumber=7001")
                .then()
                .body("holds.id", hasItem(id));
        as("bob", "call-recording-lv10")
                .get("/holds?deviceName=" + ROME + "&directoryNumber= ")
                .then()
                .body("holds.id", not(hasItem(id)));
        assertEquals(409, start(MILAN).statusCode());

        as("bob", "call-recording-lv10")
                .header("X-Request-Id", "lift-1")
                .delete("/holds/" + id)
                .then()
                .statusCode(204);

        Response started = start(MILAN);
        assertEquals(201, started.statusCode());
        as("bob", "call-recording-lv10").delete(ApiPaths.LIVE_RECORDINGS + "/" + started.path("id"));
        as("bob", "call-recording-lv10")
                .get("/audit?limit=1000")
                .then()
                .body("entries.find{it.correlationId=='lift-1'}.operation", equalTo("lift-hold"))
                .body("entries.find{it.correlationId=='lift-1'}.askedId", equalTo(id))
                .body("entries.find{it.correlationId=='lift-1'}.deviceName", equalTo(MILAN))
                .body("entries.find{it.correlationId=='lift-1'}.outcome", equalTo("done"))
                .body("entries.find{it.correlationId=='stop-of-" + MILAN + "'}.why", equalTo("consent-withdrawn"));
        as("bob", "call-recording-lv10").delete("/holds/" + id).then().statusCode(404);
    }

    @Test
    void aStartThatIsRefusedAgainIsOnTheTrailAsTheFirstTime() {
        String id = hold(ROME);
        String key = UUID.randomUUID().toString();
        for (String request : List.of("held-1", "held-2")) {
            starting(ROME)
                    .header("X-Request-Id", request)
                    .header("Idempotency-Key", key)
                    .post(ApiPaths.LIVE_RECORDINGS)
                    .then()
                    .statusCode(409);
        }
        as("bob", "call-recording-lv10").delete("/holds/" + id).then().statusCode(204);
        as("bob", "call-recording-lv10")
                .get("/audit?limit=1000")
                .then()
                .body("entries.find{it.correlationId=='held-1'}.outcome", equalTo("held"))
                .body("entries.find{it.correlationId=='held-1'}.repetition", equalTo(false))
                .body("entries.find{it.correlationId=='held-2'}.outcome", equalTo("held"))
                .body("entries.find{it.correlationId=='held-2'}.repetition", equalTo(true));
    }

    @Test
    void whoManagesTheGroupSeesAndLiftsItsHoldsAndNoOthers() {
        String romes = hold(ROME);
        as("mia", "supervisors-milan").get("/holds").then().statusCode(200).body("holds.id", not(hasItem(romes)));
        as("mia", "supervisors-milan").delete("/holds/" + romes).then().statusCode(403);
        as("mia", "supervisors-milan")
                .delete("/holds/" + UUID.randomUUID())
                .then()
                .statusCode(403);
        as("ann", "supervisors-rome")
                .get("/holds")
                .then()
                .body("holds.id", hasItem(romes))
                .body("holds", hasSize(1));
        as("ann", "supervisors-rome").delete("/holds/" + romes).then().statusCode(204);
    }

    @Test
    void nobodyElseSeesOrLiftsAny() {
        as("ann", "call-recording-lv9").get("/holds").then().statusCode(403);
        as("ann", "call-recording-lv9")
                .delete("/holds/" + UUID.randomUUID())
                .then()
                .statusCode(403);
        RestAssured.given().get("/holds").then().statusCode(401);
        RestAssured.given().delete("/holds/" + UUID.randomUUID()).then().statusCode(401);
    }

    @Test
    void whatIsNoIdIsNoHold() {
        as("bob", "call-recording-lv10")
                .delete("/holds/x")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("title", equalTo("No such hold"));
    }

    @Test
    void aLiftIsToldAgainUnderItsKeyAndTheKeyIsForNoOther() {
        String id = hold(MILAN);
        assertEquals(204, liftWithKey(id, "lift-of-milan").statusCode());
        assertEquals(204, liftWithKey(id, "lift-of-milan").statusCode());
        liftWithKey(UUID.randomUUID().toString(), "lift-of-milan")
                .then()
                .statusCode(422)
                .contentType("application/problem+json");
        assertEquals(404, liftWithKey(id, "another").statusCode());
        assertEquals(400, liftWithKey(id, "no key").statusCode());
    }

    @Test
    void thatThereIsNoSuchHoldIsToldAgainToTheByte() {
        String id = UUID.randomUUID().toString();
        Response first = liftWithKey(id, "lift-of-none");
        Response again = liftWithKey(id, "lift-of-none");
        assertEquals(404, first.statusCode());
        assertEquals(404, again.statusCode());
        assertEquals(first.contentType(), again.contentType());
        assertEquals(first.body().asString(), again.body().asString());
    }

    private static Response liftWithKey(String id, String key) {
        return as("bob", "call-recording-lv10").header("Idempotency-Key", key).delete("/holds/" + id);
    }

    private static String hold(String device) {
        String id = start(device).path("id");
        as("alice", "call-recording-lv10")
                .header("X-Request-Id", "stop-of-" + device)
                .delete(ApiPaths.LIVE_RECORDINGS + "/" + id + "?reason=consent-withdrawn")
                .then()
                .statusCode(204);
        return as("alice", "call-recording-lv10").get("/holds").path("holds.find{it.deviceName=='" + device + "'}.id");
    }

    private static Response start(String device) {
        return starting(device).post(ApiPaths.LIVE_RECORDINGS);
    }

    private static RequestSpecification starting(String device) {
        return as("alice", "call-recording-lv10")
                .contentType("application/json")
                .body("{\"deviceName\":\"" + device + "\"}");
    }

    private static RequestSpecification as(String user, String group) {
        return RestAssured.given().header("Authorization", "Bearer " + TestTokens.groups(user, group));
    }
}
