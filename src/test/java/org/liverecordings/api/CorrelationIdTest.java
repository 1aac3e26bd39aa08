package org.liverecordings.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.support.LogLines;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.TestTokens;

@QuarkusTest
@TestProfile(GuardedApiProfile.class)
class CorrelationIdTest {

    private static final String NOT_LIVE = ApiPaths.LIVE_RECORDINGS + "/99999999-0000-4000-8000-000000000000";
    private static final String UUID_FORM = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    @TestHTTPResource("/")
    URI service;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "a",
                "75A90276-E47E-4e9e-B463-E3C743D5FF3A",
                "Root=1-67891233-abcdef012345678912345678",
                "a.b_c:d+e/f=g@h-i"
            })
    void aWellFormedIdIsTaken(String id) {
        RawHttp.Answer answer = send(NOT_LIVE, "x-request-id: " + id);

        assertEquals(List.of(id), answer.header("X-Request-Id"));
    }

    @Test
    void theLongestIdIsTaken() {
        String id = "a".repeat(128);

        RawHttp.Answer answer = send(NOT_LIVE, "X-Request-Id: " + id);

        assertEquals(List.of(id), answer.header("X-Request-Id"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a\"b",
                "a\tb",
                "a,b",
                "<script>",
                "ä",
                "a%0d%0aSet-Cookie:x",
                "a;b",
                "{a}",
                "a\\b",
                "é\u2028",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void anyOtherIdIsReplaced(String id) {
        RawHttp.Answer answer = send(NOT_LIVE, "X-Request-Id: " + id);

        assertTrue(answer.header("X-Request-Id").get(0).matches(UUID_FORM), answer::toString);
        assertEquals(1, answer.header("X-Request-Id").size());
    }

    @Test
    void aRequestWithoutAnIdGetsOne() {
        RawHttp.Answer answer = send(NOT_LIVE);

        assertTrue(answer.header("X-Request-Id").get(0).matches(UUID_FORM), answer::toString);
    }

    @Test
    void everyRequestGetsAnIdOfItsOwn() {
        String first = send(NOT_LIVE).header("X-Request-Id").get(0);

        String second = send(NOT_LIVE).header("X-Request-Id").get(0);

        assertNotEquals(first, second);
    }

    @Test
    void ofSeveralIdsTheFirstCounts() {
        RawHttp.Answer answer = send(NOT_LIVE, "X-Request-Id: one", "X-Request-Id: two");

        assertEquals(List.of("one"), answer.header("X-Request-Id"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/fw/apps/recorder/webapi/liverecordings/{99999999-0000-4000-8000-000000000000}/",
                ApiPaths.LIVE_RECORDINGS + "/%zz",
                ApiPaths.LIVE_RECORDINGS,
                "/nowhere",
                "/q/health/live"
            })
    void everyAnswerHasTheId(String target) {
        RawHttp.Answer answer = send(target, "X-Request-Id: everywhere");

        assertEquals(List.of("everywhere"), answer.header("X-Request-Id"), answer::toString);
    }

    @Test
    void aRefusalHasTheId() {
        RawHttp.Answer answer = RawHttp.send(service, "DELETE", NOT_LIVE, "X-Request-Id: refused");

        assertEquals(List.of("refused"), answer.header("X-Request-Id"));
    }

    @Test
    void theProblemHasTheId() {
        RawHttp.Answer answer = send(NOT_LIVE, "X-Request-Id: in-problem");

        assertEquals(
                "{\"type\":\"about:blank\",\"title\":\"No such live recording\",\"status\":409,"
                        + "\"correlationId\":\"in-problem\"}",
                answer.body());
    }

    @Test
    void theTrailHasTheId() {
        try (LogLines log = LogLines.listen()) {
            send(NOT_LIVE, "X-Request-Id: in-trail");

            List<String> lines = log.with("correlationId=in-trail");
            assertEquals(1, lines.size());
            assertTrue(
                    lines.get(0)
                            .matches("stop user=alice address=127\\.0\\.0\\.1"
                                    + " id=99999999-0000-4000-8000-000000000000 outcome=not-live durationMs=\\d+"
                                    + " correlationId=in-trail"),
                    lines.get(0));
        }
    }

    @Test
    void nothingInTheTargetForgesALineOrAKey() {
        try (LogLines log = LogLines.listen()) {
            send(ApiPaths.LIVE_RECORDINGS + "/x%0d%0astop%20user=root%20outcome=stopped", "X-Request-Id: forged");

            List<String> lines = log.with("correlationId=forged");
            assertEquals(1, lines.size());
            assertTrue(
                    lines.get(0)
                            .startsWith("stop user=alice address=127.0.0.1"
                                    + " id=\"x??stop user=root outcome=stopped\" outcome=rejected reason=0 "),
                    lines.get(0));
        }
    }

    private RawHttp.Answer send(String target, String... headers) {
        String[] all = new String[headers.length + 1];
        all[0] = "Authorization: Bearer " + TestTokens.complete();
        System.arraycopy(headers, 0, all, 1, headers.length);
        return RawHttp.send(service, "DELETE", target, all);
    }
}
