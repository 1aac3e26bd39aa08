package org.liverecordings.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.security.KeyPair;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.support.FakeIssuer;
import org.liverecordings.support.Keycloak;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

/** Tokens of a real Keycloak. One life of it, which is started after the service, hence the order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeycloakIT {

    /** To be let in shows as 409: no such recording is live. */
    private static final String NOT_LIVE =
            "/fw/Apps/Recorder/WebAPI/LiveRecordings/99999999-0000-4000-8000-000000000000";

    private static final int LET_IN = 409;
    private static final Duration HANG = Duration.ofMinutes(2);
    private static final KeyPair FORGED = TestTokens.otherKeys(0);

    private static Keycloak keycloak;
    private static ServiceProcess service;

    @BeforeAll
    static void startTheServiceFirst() {
        Optional<String> missing = Keycloak.missing();
        assumeTrue(missing.isEmpty(), () -> "LEFT OUT: KeycloakIT, " + missing.get());
        keycloak = Keycloak.copy();
        service = ServiceProcess.start(settings(
                "groups,realm_access/roles,resource_access/live-recordings/roles",
                "/Supervisors=10,recording-supervisor=10,/Agents\\, Milan=1"));
    }

    @AfterAll
    static void end() {
        if (keycloak != null) {
            keycloak.close();
        }
        if (service != null) {
            service.close();
        }
    }

    @Test
    @Order(1)
    void beforeKeycloakRunsItsTokensGet401() {
        String token = FakeIssuer.token(keycloak.issuer(), "1", FORGED, 60);

        int status = status(service, token);

        assertEquals(401, status);
        assertTrue(service.log().contains("no keys of issuer=" + keycloak.issuer()), service::log);
    }

    @Test
    @Order(2)
    void onceItRunsItsTokensWorkWithoutARestart() {
        keycloak.start();

        String token = keycloak.userToken("alice");

        Awaitility.await().atMost(HANG).until(() -> status(service, token) == LET_IN);
        assertTrue(service.log().contains("stop user=alice address="), service::log);
    }

    @Test
    @Order(3)
    void aProgramsTokenLetsInAsWell() {
        String token = keycloak.programToken();

        int status = status(service, token);

        assertEquals(LET_IN, status);
        assertTrue(service.log().contains("stop user=service-account-crm address="), service::log);
    }

    @Test
    @Order(3)
    void anAgentMayNotStopWhatIsNotTheAgentsOwn() {
        String token = keycloak.userToken("bob");

        int status = status(service, token);

        assertEquals(403, status);
    }

    @Test
    @Order(3)
    void aForgedTokenIsRefused() {
        String token = FakeIssuer.token(keycloak.issuer(), "1", FORGED, 60);

        int status = status(service, token);

        assertEquals(401, status);
    }

    @Order(4)
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            realm_access/roles                    | recording-supervisor=10 | alice | 409
            realm_access/roles                    | recording-supervisor=10 | bob   | 403
            realm_access/roles                    | recording-supervisor=10 | crm   | 409
            resource_access/live-recordings/roles | stop-any=10             | alice | 409
            resource_access/live-recordings/roles | stop-any=10             | crm   | 403
            groups                                | /Supervisors=10         | alice | 409
            groups                                | Supervisors=10          | alice | 403
            groups                                | /Agents\\, Milan=10     | bob   | 409
            """)
    void rolesOfTheRealmAndOfAClientAndGroupsHaveTheirLevels(String claims, String levels, String who, int expected) {
        String token = who.equals("crm") ? keycloak.programToken() : keycloak.userToken(who);
        try (ServiceProcess other = ServiceProcess.start(settings(claims, levels))) {
            Awaitility.await().atMost(HANG).until(() -> other.log().contains("fetched keys of issuer="));

            int status = status(other, token);

            assertEquals(expected, status);
        }
    }

    @Test
    @Order(4)
    void theAudienceMustBeOurs() {
        Map<String, String> settings = settings("realm_access/roles", "recording-supervisor=10");
        settings.put("LIVE_RECORDINGS_SIGN_IN_AUDIENCES", "live-recordings");
        try (ServiceProcess other = ServiceProcess.start(settings)) {
            Awaitility.await().atMost(HANG).until(() -> other.log().contains("fetched keys of issuer="));

            assertEquals(LET_IN, status(other, keycloak.userToken("alice")));
            assertEquals(401, status(other, keycloak.programToken()));
        }
    }

    @Test
    @Order(5)
    void aRotatedKeyIsFound() {
        String old = keycloak.userToken("alice");
        keycloak.rotateKeys();
        String fresh = keycloak.userToken("alice");

        // At once, unless another unknown key was looked for within the last 30 s.
        Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> status(service, fresh) == LET_IN);
        assertEquals(LET_IN, status(service, old));
    }

    @Test
    @Order(6)
    void whileKeycloakIsDownItsTokensWorkAndAfterwardsNewOnesDo() {
        String token = keycloak.userToken("alice");
        keycloak.stop();
        assertEquals(LET_IN, status(service, token));
        keycloak.start();

        int status = status(service, keycloak.userToken("alice"));

        assertEquals(LET_IN, status);
    }

    private static Map<String, String> settings(String groupsClaims, String levels) {
        Map<String, String> settings = new HashMap<>();
        settings.put("LIVE_RECORDINGS_SIGN_IN_ISSUERS", keycloak.issuer());
        settings.put("LIVE_RECORDINGS_SIGN_IN_GROUPS_CLAIMS", groupsClaims);
        settings.put("LIVE_RECORDINGS_SIGN_IN_LEVELS", levels);
        return settings;
    }

    private static int status(ServiceProcess service, String token) {
        return RawHttp.delete(service.uri(), NOT_LIVE, token).status();
    }
}
