package org.liverecordings.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.TestTokens;

@QuarkusTest
@TestProfile(GuardedApiProfile.class)
class BearerSignInTest {

    /** To be let in shows as 409: no such recording is live. */
    private static final String NOT_LIVE = ApiPaths.LIVE_RECORDINGS + "/99999999-0000-4000-8000-000000000000";

    private static final String NOT_A_GUID = ApiPaths.LIVE_RECORDINGS + "/1-1-1-1-1";
    private static final int LET_IN = 409;

    private static final List<String> INVALID_TOKEN = List.of(
            "Bearer realm=\"live-recordings\", error=\"invalid_token\"",
            "Basic realm=\"live-recordings\", charset=\"UTF-8\"");
    private static final List<String> NO_CREDENTIALS =
            List.of("Bearer realm=\"live-recordings\"", "Basic realm=\"live-recordings\", charset=\"UTF-8\"");

    @TestHTTPResource("/")
    URI service;

    @Test
    void aTokenOfLevelTenIsLetIn() {
        RawHttp.Answer answer = RawHttp.delete(service, NOT_LIVE, TestTokens.complete());

        assertEquals(LET_IN, answer.status(), answer::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer ", "BEARER ", "bEaReR "})
    void theSchemeMatchesWithoutRegardToCase(String scheme) {
        RawHttp.Answer answer =
                RawHttp.send(service, "DELETE", NOT_LIVE, "authorization: " + scheme + TestTokens.complete());

        assertEquals(LET_IN, answer.status(), answer::toString);
    }

    static Stream<Arguments> refusedTokens() throws Exception {
        String good = TestTokens.complete();
        String[] parts = good.split("\\.");
        String header = text(parts[0]);
        String claims = text(parts[1]);
        KeyPair foreign = TestTokens.otherKeys(0);
        PublicKey known = TestTokens.keys().getPublic();
        long now = Instant.now().getEpochSecond();
        return Stream.of(
                arguments(
                        "tampered claims",
                        parts[0] + "." + base64(claims.replace("alice", "mallory")) + "." + parts[2]),
                arguments(
                        "tampered header", base64(header.replace("{", "{\"x\":1,")) + "." + parts[1] + "." + parts[2]),
                arguments("tampered signature", parts[0] + "." + parts[1] + "." + flipFirst(parts[2])),
                arguments("signature cut off", parts[0] + "." + parts[1] + "."),
                arguments("signature left out", parts[0] + "." + parts[1]),
                arguments("alg none", base64("{\"alg\":\"none\"}") + "." + parts[1] + "."),
                arguments("alg None", base64("{\"alg\":\"None\"}") + "." + parts[1] + "."),
                arguments(
                        "alg NONE with the old signature",
                        base64("{\"alg\":\"NONE\"}") + "." + parts[1] + "." + parts[2]),
                arguments("no alg", base64("{\"typ\":\"JWT\"}") + "." + parts[1] + "." + parts[2]),
                arguments("alg that doesn't exist", base64("{\"alg\":\"XS256\"}") + "." + parts[1] + "." + parts[2]),
                arguments("HS256 by the public key's bytes", hs256(parts[1], known.getEncoded())),
                arguments(
                        "HS256 by the public key's PEM text",
                        hs256(parts[1], pem(known).getBytes(StandardCharsets.US_ASCII))),
                arguments("RS384 by the right key", signed(ours(), SignatureAlgorithm.RS384)),
                arguments("RS512 by the right key", signed(ours(), SignatureAlgorithm.RS512)),
                arguments("PS256 by the right key", signed(ours(), SignatureAlgorithm.PS256)),
                arguments("foreign key", ours().sign(foreign.getPrivate())),
                arguments("foreign key, brought along in the header", withOwnKey(foreign)),
                arguments(
                        "foreign issuer",
                        ours().issuer("https://idp.example.org")
                                .sign(TestTokens.keys().getPrivate())),
                arguments(
                        "issuer with a trailing slash",
                        ours().issuer(TestTokens.ISSUER + "/")
                                .sign(TestTokens.keys().getPrivate())),
                arguments(
                        "expired",
                        ours().issuedAt(now - 7200)
                                .expiresAt(now - 3600)
                                .sign(TestTokens.keys().getPrivate())),
                arguments(
                        "not valid yet",
                        ours().claim("nbf", now + 3600).sign(TestTokens.keys().getPrivate())),
                arguments(
                        "issued after it expires",
                        rs256("{\"iss\":\"" + TestTokens.ISSUER + "\",\"upn\":\"alice\",\"iat\":" + (now + 900)
                                + ",\"exp\":" + (now + 600) + ",\"groups\":[\"call-recording-lv10\"]}")),
                arguments(
                        "no expiry",
                        rs256("{\"iss\":\"" + TestTokens.ISSUER + "\",\"upn\":\"alice\",\"iat\":" + now
                                + ",\"groups\":[\"call-recording-lv10\"]}")),
                arguments(
                        "expiry that is a word",
                        rs256("{\"iss\":\"" + TestTokens.ISSUER + "\",\"upn\":\"alice\",\"iat\":" + now
                                + ",\"exp\":\"never\",\"groups\":[\"call-recording-lv10\"]}")),
                arguments(
                        "no issuer",
                        rs256("{\"upn\":\"alice\",\"iat\":" + now + ",\"exp\":" + (now + 600)
                                + ",\"groups\":[\"call-recording-lv10\"]}")),
                arguments(
                        "nobody's name",
                        rs256("{\"iss\":\"" + TestTokens.ISSUER + "\",\"iat\":" + now + ",\"exp\":" + (now + 600)
                                + ",\"groups\":[\"call-recording-lv10\"]}")),
                arguments("a name that is a number", rs256(claims("\"upn\":5,\"groups\":[\"call-recording-lv10\"]"))),
                arguments("a name that is null", rs256(claims("\"upn\":null,\"groups\":[\"call-recording-lv10\"]"))),
                arguments(
                        "a name that is an object",
                        rs256(claims("\"upn\":{\"a\":\"b\"},\"groups\":[\"call-recording-lv10\"]"))),
                arguments("claims that aren't JSON", rs256("alice")),
                arguments("claims that are an array", rs256("[]")),
                arguments("a JWE's five parts", good + "." + parts[1] + "." + parts[2]),
                arguments("dots", "...."),
                arguments("a word", "alice"),
                arguments("another alphabet", "ünïcödé.ü.ü"),
                arguments("two tokens", good + " " + good),
                arguments("two tokens, by comma", good + "," + good));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedTokens")
    void aTokenThatDoesNotHoldIsRefusedBeforeAnythingElseIsLookedAt(String what, String token) {
        RawHttp.Answer answer = RawHttp.delete(service, NOT_A_GUID, token);

        assertEquals(401, answer.status(), answer::toString);
        assertEquals(INVALID_TOKEN, answer.header("WWW-Authenticate"));
        assertEquals("", answer.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Digest username=\"alice\"", "Negotiate YII=", "alice"})
    void withoutATokenTheAnswerNamesEveryWayToSignIn(String authorization) {
        RawHttp.Answer answer = RawHttp.send(service, "DELETE", NOT_A_GUID, "Authorization: " + authorization);

        assertEquals(401, answer.status(), answer::toString);
        assertEquals(NO_CREDENTIALS, answer.header("WWW-Authenticate"));
        assertEquals("", answer.body());
    }

    @Test
    void withoutAnyCredentialsTheAnswerNamesEveryWayToSignIn() {
        RawHttp.Answer answer = RawHttp.delete(service, NOT_A_GUID, null);

        assertEquals(401, answer.status(), answer::toString);
        assertEquals(NO_CREDENTIALS, answer.header("WWW-Authenticate"));
        assertEquals("", answer.body());
    }

    @ParameterizedTest
    @CsvSource({
        "POST, '', 401",
        "GET, '', 401",
        "HEAD, '', 401",
        "GET, /99999999-0000-4000-8000-000000000000, 401",
        "DELETE, /Mine, 401",
        "PUT, /99999999-0000-4000-8000-000000000000/Pause, 401",
        "GET, /a/b/c, 404",
        "PATCH, /99999999-0000-4000-8000-000000000000, 405"
    })
    void withoutAnyCredentialsEveryOperationIs401(String method, String below, int status) {
        RawHttp.Answer answer = RawHttp.send(service, method, ApiPaths.LIVE_RECORDINGS + below);

        assertEquals(status, answer.status(), answer::toString);
        assertEquals(status == 401 ? NO_CREDENTIALS : List.of(), answer.header("WWW-Authenticate"));
    }

    @Test
    void anEmptyTokenIsRefused() {
        RawHttp.Answer answer = RawHttp.send(service, "DELETE", NOT_A_GUID, "Authorization: Bearer  ");

        assertEquals(401, answer.status(), answer::toString);
    }

    @Test
    void aTokenInTheQueryOrInACookieDoesNotCount() {
        String token = TestTokens.complete();

        RawHttp.Answer answer = RawHttp.send(
                service,
                "DELETE",
                NOT_LIVE + "?access_token=" + token,
                "Cookie: Bearer=" + token,
                "X-Access-Token: " + token);

        assertEquals(401, answer.status(), answer::toString);
    }

    static Stream<Arguments> twoHeaders() {
        String good = "Bearer " + TestTokens.complete();
        String trainee = "Bearer " + TestTokens.level("trainee", 9);
        String basic = "Basic " + Base64.getEncoder().encodeToString("judy:secret".getBytes(StandardCharsets.UTF_8));
        return Stream.of(
                arguments(good, good),
                arguments(good, trainee),
                arguments(trainee, good),
                arguments(good, basic),
                arguments(basic, good),
                arguments(basic, basic),
                arguments("", good),
                arguments("Bearer x", basic));
    }

    @ParameterizedTest
    @MethodSource("twoHeaders")
    void twoAuthorizationHeadersAreRefusedSinceAProxyMayHaveLookedAtTheOtherOne(String first, String second) {
        RawHttp.Answer answer =
                RawHttp.send(service, "DELETE", NOT_LIVE, "Authorization: " + first, "authorization: " + second);

        assertEquals(401, answer.status(), answer::toString);
        assertEquals("", answer.body());
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            call-recording-lv10                             | 409
            call-recording-lv11                             | 409
            call-recording-lv12                             | 409
            call-recording-lv010                            | 409
            call-recording-lv3;call-recording-lv10          | 409
            call-recording-lv10;call-recording-lv3;other    | 409
            recording-admins                                | 409
            Recording Admins                                | 409
            trainees;recording-admins                       | 409
            call-recording-lv1                              | 403
            call-recording-lv9                              | 403
            call-recording-lv9;call-recording-lv1           | 403
            call-recording-lv4;call-recording-lv6           | 403
            call-recording-lv0                              | 403
            call-recording-lv-10                            | 403
            call-recording-lv+10                            | 403
            call-recording-lv                               | 403
            call-recording-lv10x                            | 403
            xcall-recording-lv10                            | 403
            call-recording-lv 10                            | 403
            call-recording-lv10.5                           | 403
            CALL-RECORDING-LV10                             | 403
            call-recording-lv99999                          | 403
            call-recording-lv99999999999999999999           | 403
            call-recording-lv١٠                             | 403
            RECORDING-ADMINS                                | 403
            trainees                                        | 403
            trainees;call-recording-lv8                     | 403
            other                                           | 403
            ''                                              | 403
            """)
    void theHighestLevelAmongTheGroupsDecides(String groups, int expected) {
        String token = TestTokens.claims("alice", groups.split(";"))
                .sign(TestTokens.keys().getPrivate());

        RawHttp.Answer answer = RawHttp.delete(service, NOT_LIVE, token);

        assertEquals(expected, answer.status(), answer::toString);
    }

    static Stream<Arguments> oddGroups() {
        return Stream.of(
                arguments("", 403),
                arguments(",\"groups\":null", 403),
                arguments(",\"groups\":[]", 403),
                arguments(",\"groups\":[10]", 403),
                arguments(",\"groups\":10", 403),
                arguments(",\"groups\":{\"call-recording-lv10\":true}", 403),
                arguments(",\"groups\":[null,\"call-recording-lv10\"]", LET_IN),
                arguments(",\"groups\":[[\"call-recording-lv10\"]]", 403),
                arguments(",\"roles\":[\"call-recording-lv10\"]", 403),
                arguments(",\"groups\":\"call-recording-lv9\"", 403),
                arguments(",\"groups\":\"call-recording-lv10\"", LET_IN));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @MethodSource("oddGroups")
    void groupsInAnyShapeNeverFailTheServer(String groups, int expected) {
        String token = rs256(claims("\"upn\":\"alice\"" + groups));

        RawHttp.Answer answer = RawHttp.delete(service, NOT_LIVE, token);

        assertEquals(expected, answer.status(), answer::toString);
    }

    @Test
    void aRefusalForWantOfLevelHasNoBodyAndNoChallenge() {
        RawHttp.Answer answer = RawHttp.delete(service, NOT_A_GUID, TestTokens.level("trainee", 9));

        assertEquals(403, answer.status(), answer::toString);
        assertEquals("", answer.body());
        assertEquals(List.of(), answer.header("WWW-Authenticate"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/fw/apps/recorder/webapi/liverecordings/99999999-0000-4000-8000-000000000000",
                "/FW/APPS/RECORDER/WEBAPI/LIVERECORDINGS?deviceName=SEP00000000A001",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings/?deviceName=SEP00000000A001",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings/99999999-0000-4000-8000-000000000000/",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings/{99999999-0000-4000-8000-000000000000}",
                "/fw/Apps/Recorder/WebAPI/%4CiveRecordings/99999999-0000-4000-8000-000000000000",
                "http://localhost/fw/Apps/Recorder/WebAPI/LiveRecordings/99999999-0000-4000-8000-000000000000"
            })
    void noSpellingOfThePathGetsAroundTheSignIn(String target) {
        RawHttp.Answer answer = RawHttp.delete(service, target, null);

        assertEquals(401, answer.status(), answer::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/fw/Apps/Recorder/WebAPI//LiveRecordings/99999999-0000-4000-8000-000000000000",
                "/fw/./Apps/x/../Recorder/WebAPI/LiveRecordings/99999999-0000-4000-8000-000000000000",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings;a=b/99999999-0000-4000-8000-000000000000"
            })
    void whereTheApiOnlySeemsToBeNobodySignsIn(String target) {
        RawHttp.Answer answer = RawHttp.delete(service, target, TestTokens.complete());

        assertEquals(404, answer.status(), answer::toString);
    }

    private static JwtClaimsBuilder ours() {
        return TestTokens.claims("alice", "call-recording-lv10");
    }

    private static String signed(JwtClaimsBuilder claims, SignatureAlgorithm algorithm) {
        return claims.jws().algorithm(algorithm).sign(TestTokens.keys().getPrivate());
    }

    /** Claims without an expiry and the like can't be built, only written. */
    private static String rs256(String claims) {
        return TestTokens.rs256("{\"alg\":\"RS256\",\"typ\":\"JWT\"}", claims);
    }

    private static String claims(String more) {
        long now = Instant.now().getEpochSecond();
        return "{\"iss\":\"" + TestTokens.ISSUER + "\",\"iat\":" + now + ",\"exp\":" + (now + 600) + "," + more + "}";
    }

    private static String withOwnKey(KeyPair foreign) {
        RSAPublicKey key = (RSAPublicKey) foreign.getPublic();
        Map<String, Object> jwk = Map.of(
                "kty", "RSA",
                "n", base64(key.getModulus().toByteArray()),
                "e", base64(key.getPublicExponent().toByteArray()));
        return ours().jws().header("jwk", jwk).sign(foreign.getPrivate());
    }

    private static String hs256(String encodedClaims, byte[] secret) throws Exception {
        String signed = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + encodedClaims;
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static String flipFirst(String text) {
        return (text.charAt(0) == 'A' ? 'B' : 'A') + text.substring(1);
    }

    private static String text(String base64) {
        return new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
