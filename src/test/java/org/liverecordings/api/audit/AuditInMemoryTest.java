package org.liverecordings.api.audit;

import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;
import org.liverecordings.api.GuardedApiProfile;
import org.liverecordings.support.TestTokens;

@QuarkusTest
@TestProfile(GuardedApiProfile.class)
class AuditInMemoryTest {

    @Test
    void theTrailIsInTheLog() {
        RestAssured.given()
                .header("Authorization", "Bearer " + TestTokens.complete())
                .get("/audit")
                .then()
                .statusCode(501)
                .contentType("application/problem+json")
                .body(
                        "title",
                        equalTo("Not here: the audit trail is in the log, unless live-recordings.registry=postgresql"));
    }
}
