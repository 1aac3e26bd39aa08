package org.liverecordings.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.liverecordings.support.LogLines;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.TestTokens;

/** The key comes from a JWKS address, and Basic is off. One life of an identity provider, hence the order. */
@QuarkusTest
@TestProfile(JwksTest.Profile.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JwksTest {

    public static class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            // The address must be known before the server runs: without one the framework makes a key of its own for
            // the test.
            return Map.of(
                    "mp.jwt.verify.issuer",
                    TestTokens.ISSUER,
                    "mp.jwt.verify.publickey.location",
                    "http://127.0.0.1:" + JwksServer.port() + "/jwks",
                    "live-recordings.sign-in.keys-pause",
                    "1s");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(JwksServer.class));
        }
    }

    private static final String NOT_LIVE = ApiPaths.LIVE_RECORDINGS + "/99999999-0000-4000-8000-000000000000";
    private static final int LET_IN = 409;

    private static final KeyPair FIRST = TestTokens.otherKeys(0);
    private static final KeyPair SECOND = TestTokens.otherKeys(1);
    private static final KeyPair SHORT = TestTokens.shortKeys();

    @TestHTTPResource("/")
    URI service;

    @ConfigProperty(name = "mp.jwt.verify.publickey.location")
    URI jwks;

    @Test
    @Order(1)
    void whileTheKeysAreOutOfReachATokenIsRefused() {
        RawHttp.Answer answer = send("first", FIRST);

        assertEquals(401, answer.status(), answer::toString);
        assertEquals(
                List.of("Bearer realm=\"live-recordings\", error=\"invalid_token\""),
                answer.header("WWW-Authenticate"));
    }

    @Test
    @Order(2)
    void onceTheyAreThereTheTokenIsAccepted() throws Exception {
        publish("first", FIRST, "short", SHORT);

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> send("first", FIRST).status() == LET_IN);
    }

    @Test
    @Order(3)
    void aKeyShorterThan2048BitsIsRefusedAlthoughItIsPublished() {
        RawHttp.Answer answer = send("short", SHORT);

        assertEquals(401, answer.status(), answer::toString);
    }

    @Test
    @Order(4)
    void aTokenThatNamesAnothersKeyIsRefused() {
        RawHttp.Answer answer = send("first", SECOND);

        assertEquals(401, answer.status(), answer::toString);
    }

    @Test
    @Order(5)
    void aTokenWithANewKeyIsSoonAcceptedAfterARotation() throws Exception {
        publish("second", SECOND, "short", SHORT);

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> send("second", SECOND).status() == LET_IN);
    }

    @Test
    @Order(6)
    void theOldKeyIsNoLongerAcceptedAfterARotation() {
        RawHttp.Answer answer = send("first", FIRST);

        assertEquals(401, answer.status(), answer::toString);
    }

    @Test
    @Order(7)
    void whatIsKnownIsAcceptedWhileTheKeysAreOutOfReach() throws Exception {
        put("");

        RawHttp.Answer answer = send("second", SECOND);

        assertEquals(LET_IN, answer.status(), answer::toString);
    }

    @Test
    @Order(8)
    void whatIsNotKnownIsRefusedWhileTheKeysAreOutOfReach() {
        RawHttp.Answer answer = send("third", FIRST);

        assertEquals(401, answer.status(), answer::toString);
    }

    @Test
    @Order(9)
    void whileBasicIsOffItIsNeitherTakenNorOffered() {
        RawHttp.Answer answer = RawHttp.send(service, "DELETE", NOT_LIVE, "Authorization: Basic anVkeTpzZWNyZXQ=");

        assertEquals(401, answer.status(), answer::toString);
        assertEquals(List.of("Bearer realm=\"live-recordings\""), answer.header("WWW-Authenticate"));
    }

    @Test
    @Order(10)
    void whileBasicIsOffTheLogSaysSoToWhoeverLooksWhyItIsRefused() {
        try (LogLines log = LogLines.listen()) {
            RawHttp.send(
                    service, "DELETE", NOT_LIVE, "Authorization: Basic anVkeTpzZWNyZXQ=", "X-Request-Id: basic-is-off");

            assertEquals(
                    List.of("sign-in failed way=basic cause=switched-off address=127.0.0.1 correlationId=basic-is-off"),
                    log.with("basic-is-off"));
        }
    }

    private RawHttp.Answer send(String kid, KeyPair keys) {
        String claims = "{\"iss\":\"" + TestTokens.ISSUER + "\",\"upn\":\"alice\",\"iat\":1,\"exp\":99999999999,"
                + "\"groups\":[\"call-recording-lv10\"]}";
        String token = TestTokens.rs256(keys, "{\"alg\":\"RS256\",\"kid\":\"" + kid + "\"}", claims);
        return RawHttp.delete(service, NOT_LIVE, token);
    }

    private void publish(String kid, KeyPair keys, String otherKid, KeyPair otherKeys) throws Exception {
        put("{\"keys\":[" + jwk(kid, keys) + "," + jwk(otherKid, otherKeys) + "]}");
    }

    private void put(String content) throws IOException, InterruptedException {
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(jwks)
                                .PUT(HttpRequest.BodyPublishers.ofString(content))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
    }

    private static String jwk(String kid, KeyPair keys) {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return "{\"kty\":\"RSA\",\"alg\":\"RS256\",\"kid\":\"" + kid + "\",\"n\":\""
                + base64.encodeToString(key.getModulus().toByteArray()) + "\",\"e\":\""
                + base64.encodeToString(key.getPublicExponent().toByteArray()) + "\"}";
    }
}
