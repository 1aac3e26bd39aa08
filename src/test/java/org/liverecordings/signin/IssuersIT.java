package org.liverecordings.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.liverecordings.support.FakeIssuer;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestCertificate;
import org.liverecordings.support.TestTokens;

/** Identity providers that come and go, and whose keys change. */
class IssuersIT {

    /** To be let in shows as 409: no such recording is live. */
    private static final String NOT_LIVE =
            "/fw/Apps/Recorder/WebAPI/LiveRecordings/99999999-0000-4000-8000-000000000000";

    private static final int LET_IN = 409;
    private static final Duration HANG = Duration.ofSeconds(60);

    private static final KeyPair FIRST = TestTokens.otherKeys(0);
    private static final KeyPair SECOND = TestTokens.otherKeys(1);

    @Test
    void tokensOfTwoIssuersAndOfAKeyFileAreAcceptedEachByItsOwnKeys() {
        Map<String, String> settings = ServiceProcess.tokenSettings();
        try (FakeIssuer one = FakeIssuer.start().publish("1", FIRST);
                FakeIssuer other = FakeIssuer.start().publish("1", SECOND);
                ServiceProcess service = ServiceProcess.start(with(settings, one.name() + ", " + other.name()))) {
            awaitLetIn(service, one.token("1", FIRST));
            awaitLetIn(service, other.token("1", SECOND));

            assertEquals(LET_IN, status(service, TestTokens.complete()));
            assertEquals(401, status(service, one.token("1", SECOND)));
            assertEquals(401, status(service, other.token("1", FIRST)));
            assertEquals(401, status(service, FakeIssuer.token(TestTokens.ISSUER, "1", FIRST, 60)));
            assertEquals(401, status(service, FakeIssuer.token("https://idp.example.org", "1", FIRST, 60)));
        }
    }

    @Test
    void theQueryOfAnAddressOfKeysIsShownNowhere() {
        Map<String, String> settings = ServiceProcess.tokenSettings();
        try (FakeIssuer keys = FakeIssuer.start().publish("1", FIRST)) {
            settings.put("MP_JWT_VERIFY_PUBLICKEY_LOCATION", keys.jwksUri() + "?token=SECRET");
            try (ServiceProcess service = ServiceProcess.start(settings)) {
                awaitLetIn(service, FakeIssuer.token(TestTokens.ISSUER, "1", FIRST, 60));

                String metrics =
                        RawHttp.send(service.uri(), "GET", "/q/metrics").body();

                assertTrue(metrics.contains("issuer=\"" + keys.jwksUri() + "\""), metrics);
                assertTrue(service.log().contains("fetched keys of issuer=" + keys.jwksUri() + " count=1"));
                assertFalse((metrics + service.log()).contains("SECRET"));
            }
        }
    }

    @Test
    void aStartDoesNotWaitForAnIssuerAndItsTokensWorkOnceItIsThere() {
        int port = ServiceProcess.freePort();
        String name = "http://127.0.0.1:" + port + "/realm";
        try (ServiceProcess service = ServiceProcess.start(with(quick(), name))) {
            assertEquals(401, status(service, FakeIssuer.token(name, "1", FIRST, 60)));
            assertTrue(service.log().contains("no keys of issuer=" + name + ", so that its tokens get 401: "));
            assertTrue(service.log().contains("sign-in failed way=bearer cause=no-key"));

            try (FakeIssuer issuer = FakeIssuer.start(port).publish("1", FIRST)) {

                awaitLetIn(service, issuer.token("1", FIRST));
            }
        }
    }

    @Test
    void aRotationShowsAtOnceAndAWithdrawnKeyIsRefused() {
        try (FakeIssuer issuer = FakeIssuer.start().publish("1", FIRST);
                ServiceProcess service = ServiceProcess.start(with(quick(), issuer.name()))) {
            String token = issuer.token("1", FIRST);
            awaitLetIn(service, token);
            issuer.publish("2", SECOND).withdraw("1");

            int status = status(service, issuer.token("2", SECOND));

            assertEquals(LET_IN, status);
            assertEquals(401, status(service, token));
        }
    }

    @Test
    void knownKeysStayGoodWhileTheIssuerIsAway() {
        try (FakeIssuer issuer = FakeIssuer.start().publish("1", FIRST);
                ServiceProcess service = ServiceProcess.start(with(quick(), issuer.name()))) {
            awaitLetIn(service, issuer.token("1", FIRST));
            issuer.answerStatus(503);
            assertEquals(401, status(service, issuer.token("2", SECOND)));
            awaitLog(service, "kept the known keys of issuer=" + issuer.name());

            int status = status(service, issuer.token("1", FIRST));

            assertEquals(LET_IN, status);
        }
    }

    @Test
    void aDiscoveryDocumentOfAnotherIssuerIsRefusedAndTheLogSaysSo() {
        try (FakeIssuer issuer = FakeIssuer.start().publish("1", FIRST)) {
            issuer.answerDiscovery(
                    "{\"issuer\":\"https://idp.example.com\",\"jwks_uri\":\"" + issuer.jwksUri() + "\"}");
            try (ServiceProcess service = ServiceProcess.start(with(quick(), issuer.name()))) {
                awaitLog(service, "the discovery document names another issuer: https://idp.example.com");

                int status = status(service, issuer.token("1", FIRST));

                assertEquals(401, status);
                assertEquals(0, issuer.fetches());
            }
        }
    }

    @Test
    void anExpiredTokenIsRefusedAtOnceAlthoughItWasAccepted() throws InterruptedException {
        try (FakeIssuer issuer = FakeIssuer.start().publish("1", FIRST);
                ServiceProcess service = ServiceProcess.start(with(quick(), issuer.name()))) {
            awaitLetIn(service, issuer.token("1", FIRST));
            String token = FakeIssuer.token(issuer.name(), "1", FIRST, 5);
            assertEquals(LET_IN, status(service, token));
            Thread.sleep(5100);

            int status = status(service, token);

            assertEquals(401, status);
        }
    }

    @Test
    void anIssuersCertificateMustBeTrusted() {
        TestCertificate certificate = TestCertificate.forName("ip:127.0.0.1");
        Map<String, String> trusting = quick();
        trusting.put("LIVE_RECORDINGS_SIGN_IN_TLS_CONFIGURATION_NAME", "idp");
        trusting.put(
                "QUARKUS_TLS_IDP_TRUST_STORE_PEM_CERTS", certificate.pemFile().toString());
        try (FakeIssuer issuer = FakeIssuer.start(certificate).publish("1", FIRST);
                ServiceProcess trustful = ServiceProcess.start(with(trusting, issuer.name()));
                ServiceProcess careful = ServiceProcess.start(with(quick(), issuer.name()))) {
            awaitLog(careful, "no keys of issuer=" + issuer.name());
            awaitLetIn(trustful, issuer.token("1", FIRST));

            int status = status(careful, issuer.token("1", FIRST));

            assertEquals(401, status);
        }
    }

    /** Groups with commas, dollar signs and the like come out of the environment as they are. */
    @Test
    void theOrganisationsOwnClaimsMakeALevelAndAName() {
        Map<String, String> settings = quick();
        settings.put("LIVE_RECORDINGS_SIGN_IN_GROUPS_CLAIMS", "\"https://example.com/roles\",realm_access/roles");
        settings.put("LIVE_RECORDINGS_SIGN_IN_LEVELS", "Agents\\, Milan=1,${Bosses} & \"co\"=10");
        settings.put("LIVE_RECORDINGS_SIGN_IN_NAME_CLAIMS", "email");
        settings.put("LIVE_RECORDINGS_SIGN_IN_NAME_SUFFIXES", "@corp.example.com");
        settings.put("LIVE_RECORDINGS_SIGN_IN_AUDIENCES", "recordings");
        try (FakeIssuer issuer = FakeIssuer.start().publish("1", FIRST);
                ServiceProcess service = ServiceProcess.start(with(settings, issuer.name()))) {
            String common = "\"aud\":\"recordings\",\"email\":\"alice@corp.example.com\",";
            awaitLetIn(service, token(issuer, common + "\"https://example.com/roles\":[\"${Bosses} & \\\"co\\\"\"]"));

            assertEquals(
                    LET_IN,
                    status(service, token(issuer, common + "\"realm_access\":{\"roles\":[\"call-recording-lv10\"]}")));
            assertEquals(
                    403, status(service, token(issuer, common + "\"realm_access\":{\"roles\":[\"Agents, Milan\"]}")));
            assertEquals(403, status(service, token(issuer, common + "\"groups\":[\"call-recording-lv10\"]")));
            assertEquals(
                    401,
                    status(
                            service,
                            token(
                                    issuer,
                                    "\"aud\":\"other\",\"email\":\"a\",\"https://example.com/roles\":[\"call-recording-lv10\"]")));
            assertTrue(service.log().contains("stop user=alice address="), service::log);
        }
    }

    @Test
    void whoeverHasNoLevelIsALineInTheLogAndNotOnTheTrail() {
        Map<String, String> settings = ServiceProcess.tokenSettings();
        try (ServiceProcess service = ServiceProcess.start(settings)) {
            String headers = "Authorization: Bearer " + TestTokens.level("nobody", 0);

            RawHttp.Answer answer =
                    RawHttp.send(service.uri(), "DELETE", NOT_LIVE, headers, "X-Request-Id: without-a-level");

            assertEquals(403, answer.status(), answer::toString);
            assertEquals("", answer.body());
            assertEquals(
                    1,
                    service.log()
                            .lines()
                            .filter(line -> line.contains("without-a-level"))
                            .count());
            assertTrue(service.log().contains("forbidden user=nobody level=0 method=DELETE"), service::log);
        }
    }

    private static String token(FakeIssuer issuer, String claims) {
        long now = System.currentTimeMillis() / 1000;
        return TestTokens.rs256(
                FIRST,
                "{\"alg\":\"RS256\",\"kid\":\"1\"}",
                "{\"iss\":\"" + issuer.name() + "\",\"iat\":" + now + ",\"exp\":" + (now + 600) + "," + claims + "}");
    }

    private static Map<String, String> quick() {
        Map<String, String> settings = new HashMap<>();
        settings.put("LIVE_RECORDINGS_SIGN_IN_KEYS_PAUSE", "1s");
        return settings;
    }

    private static Map<String, String> with(Map<String, String> settings, String issuers) {
        settings.put("LIVE_RECORDINGS_SIGN_IN_ISSUERS", issuers);
        return settings;
    }

    private static void awaitLetIn(ServiceProcess service, String token) {
        Awaitility.await().atMost(HANG).until(() -> status(service, token) == LET_IN);
    }

    private static void awaitLog(ServiceProcess service, String text) {
        Awaitility.await().atMost(HANG).until(() -> service.log().contains(text));
    }

    private static int status(ServiceProcess service, String token) {
        return RawHttp.delete(service.uri(), NOT_LIVE, token).status();
    }
}
