package org.liverecordings.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.support.LogLines;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.TestTokens;

@QuarkusTest
@TestProfile(GuardedApiProfile.class)
class BasicSignInTest {

    /** To be let in shows as 409: no such recording is live. */
    private static final String NOT_LIVE = ApiPaths.LIVE_RECORDINGS + "/99999999-0000-4000-8000-000000000000";

    private static final String NOT_A_GUID = ApiPaths.LIVE_RECORDINGS + "/1-1-1-1-1";
    private static final List<String> CHALLENGES =
            List.of("Bearer realm=\"live-recordings\"", "Basic realm=\"live-recordings\", charset=\"UTF-8\"");

    @TestHTTPResource("/")
    URI service;

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            judy:secret      | 409
            bob:secret       | 409
            ivan:pass:wörd€  | 409
            kim:secret       | 403
            judy:Secret      | 401
            judy:secret2     | 401
            judy:secre       | 401
            judy:            | 401
            ivan:pass        | 401
            ivan:pass:word€  | 401
            JUDY:secret      | 401
            'judy :secret'   | 401
            mallory:secret   | 401
            :secret          | 401
            :                | 401
            judy             | 401
            ''               | 401
            """)
    void thePasswordMustBeRightAndTheLevelAtLeastTen(String userAndPassword, int expected) {
        RawHttp.Answer answer = send(NOT_LIVE, basic(userAndPassword));

        assertEquals(expected, answer.status(), answer::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic ", "BASIC "})
    void theSchemeMatchesWithoutRegardToCase(String scheme) {
        RawHttp.Answer answer = send(NOT_LIVE, scheme + basic("judy:secret").substring(6));

        assertEquals(409, answer.status(), answer::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic anVkeTpzZWNyZXQ*",
                "Basic anVkeTpzZWNyZX",
                "Basic anVkeTpzZWNyZXQ==",
                "Basic  anVkeTpzZWNyZXQ=",
                "Basic judy:secret",
                "Basic ====",
                "Basic ü",
                "Basic ",
                "Basic"
            })
    void malformedCredentialsAreRefused(String authorization) {
        RawHttp.Answer answer = send(NOT_A_GUID, authorization);

        assertEquals(401, answer.status(), answer::toString);
        assertEquals(CHALLENGES, answer.header("WWW-Authenticate"));
        assertEquals("", answer.body());
    }

    @Test
    void aWrongPasswordIsRefusedBeforeAnythingElseIsLookedAt() {
        RawHttp.Answer answer = send(NOT_A_GUID, basic("judy:wrong"));

        assertEquals(401, answer.status(), answer::toString);
        assertEquals(CHALLENGES, answer.header("WWW-Authenticate"));
        assertEquals("", answer.body());
    }

    @Test
    void aUserWhoWasLetInOnceStillNeedsTheRightPassword() {
        send(NOT_LIVE, basic("bob:secret"));

        RawHttp.Answer answer = send(NOT_LIVE, basic("bob:other"));

        assertEquals(401, answer.status(), answer::toString);
    }

    @Test
    void aPasswordOfManyKilobytesIsRefusedAsAnyOther() {
        RawHttp.Answer answer = send(NOT_LIVE, basic("judy:" + "x".repeat(8000)));

        assertEquals(401, answer.status(), answer::toString);
    }

    @Test
    void aFailedSignInIsLoggedWithTheUserNameButNotThePassword() {
        try (LogLines log = LogLines.listen()) {
            send(NOT_LIVE, basic("mall ory\n=\"x:hunter2"), "X-Request-Id: basic-log");

            assertEquals(
                    List.of("sign-in failed way=basic user=\"mall ory?=\\\"x\" cause=wrong-user-or-password"
                            + " address=127.0.0.1 correlationId=basic-log"),
                    log.with("basic-log"));
            assertEquals(List.of(), log.with("hunter2"));
        }
    }

    @Test
    void malformedCredentialsAreLoggedWithoutThem() {
        try (LogLines log = LogLines.listen()) {
            send(NOT_LIVE, "Basic hunter2*", "X-Request-Id: malformed-log");

            assertEquals(
                    List.of("sign-in failed way=basic cause=malformed address=127.0.0.1 correlationId=malformed-log"),
                    log.with("malformed-log"));
        }
    }

    @Test
    void aFailedTokenIsLoggedWithoutTheToken() {
        String token = TestTokens.claims("alice", "call-recording-lv10")
                .sign(TestTokens.otherKeys(0).getPrivate());
        try (LogLines log = LogLines.listen()) {
            send(NOT_LIVE, "Bearer " + token, "X-Request-Id: bearer-log");

            assertEquals(
                    List.of(
                            "sign-in failed way=bearer cause=wrong-signature address=127.0.0.1 correlationId=bearer-log"),
                    log.with("bearer-log"));
        }
    }

    @Test
    void aTokenThatIsNoneIsLoggedWithoutIt() {
        try (LogLines log = LogLines.listen()) {
            send(NOT_LIVE, "Bearer hunter2", "X-Request-Id: no-token-log");

            assertEquals(
                    List.of(
                            "sign-in failed way=bearer cause=unacceptable address=127.0.0.1 correlationId=no-token-log"),
                    log.with("no-token-log"));
        }
    }

    static Stream<String> credentialsOfNoKnownScheme() {
        String token = TestTokens.complete();
        return Stream.of(
                token,
                "Token " + token,
                "JWT " + token,
                "Bearer" + token,
                "Bearer\t" + token,
                "Negotiate YII",
                "ApiKey hunter2",
                "Digest username=\"judy\"",
                "Bearer",
                "Bearer ",
                "Basic ",
                "Basic",
                "");
    }

    @ParameterizedTest
    @MethodSource("credentialsOfNoKnownScheme")
    void credentialsOfNoKnownSchemeAreLoggedWithoutThem(String authorization) {
        try (LogLines log = LogLines.listen()) {
            RawHttp.Answer answer = send(NOT_LIVE, authorization, "X-Request-Id: scheme-log");

            assertEquals(401, answer.status(), answer::toString);
            assertEquals(
                    List.of("sign-in failed way=unknown cause=unknown-scheme"
                            + " address=127.0.0.1 correlationId=scheme-log"),
                    log.with("scheme-log"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /fw/Apps/Recorder/WebAPI/LiveRecordings/Mine",
        "PUT, /fw/Apps/Recorder/WebAPI/LiveRecordings/Pause?directoryNumber=101",
        "GET, /audit",
        "GET, /holds"
    })
    void theyAreLoggedWhereverTheyAreSent(String method, String target) {
        try (LogLines log = LogLines.listen()) {
            RawHttp.Answer answer = RawHttp.send(
                    service, method, target, "Authorization: Token hunter2", "X-Request-Id: scheme-everywhere");

            assertEquals(401, answer.status(), answer::toString);
            assertEquals(
                    List.of("sign-in failed way=unknown cause=unknown-scheme"
                            + " address=127.0.0.1 correlationId=scheme-everywhere"),
                    log.with("scheme-everywhere"));
        }
    }

    @Test
    void whereNobodyNeedsToSignInTheyDoNotMatter() {
        try (LogLines log = LogLines.listen()) {
            RawHttp.Answer answer = RawHttp.send(
                    service, "GET", "/q/health/live", "Authorization: Negotiate YII", "X-Request-Id: scheme-nowhere");

            assertEquals(200, answer.status(), answer::toString);
            assertEquals(List.of(), log.with("scheme-nowhere"));
        }
    }

    @Test
    void aRefusalHasTheCorrelationIdInTheFormThatTheTrailHas() {
        try (LogLines log = LogLines.listen()) {
            send(NOT_LIVE, basic("judy:wrong"), "X-Request-Id: Root=1-678-refused");
            send(NOT_LIVE, basic("judy:secret"), "X-Request-Id: Root=1-678-trail");

            assertEquals(1, log.with("correlationId=\"Root=1-678-refused\"").size());
            assertEquals(1, log.with("correlationId=\"Root=1-678-trail\"").size());
        }
    }

    @Test
    void severalCredentialsAreLoggedWithoutThem() {
        try (LogLines log = LogLines.listen()) {
            send(NOT_LIVE, basic("judy:secret"), "Authorization: Bearer hunter2", "X-Request-Id: several-log");

            assertEquals(
                    List.of("sign-in failed way=unknown cause=several-authorization-headers"
                            + " address=127.0.0.1 correlationId=several-log"),
                    log.with("several-log"));
        }
    }

    @Test
    void aRefusalForWantOfLevelIsLoggedWithUserAndLevel() {
        try (LogLines log = LogLines.listen()) {
            RawHttp.send(service, "GET", "/audit", "Authorization: " + basic("kim:secret"), "X-Request-Id: level-log");

            assertEquals(
                    List.of("forbidden user=kim level=9 method=GET path=/audit correlationId=level-log"),
                    log.with("level-log"));
        }
    }

    @Test
    void aStopThatIsRefusedForWantOfLevelIsOnTheTrail() {
        try (LogLines log = LogLines.listen()) {
            send(NOT_LIVE, basic("kim:secret"), "X-Request-Id: level-trail");

            assertEquals(
                    List.of("stop user=kim address=127.0.0.1 id=" + NOT_LIVE.substring(NOT_LIVE.lastIndexOf('/') + 1)
                            + " outcome=forbidden correlationId=level-trail"),
                    log.with("level-trail").stream()
                            .map(line -> line.replaceAll("durationMs=\\d+ ", ""))
                            .toList());
        }
    }

    private RawHttp.Answer send(String target, String authorization, String... more) {
        String[] headers = new String[more.length + 1];
        headers[0] = "Authorization: " + authorization;
        System.arraycopy(more, 0, headers, 1, more.length);
        return RawHttp.send(service, "DELETE", target, headers);
    }

    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }
}
