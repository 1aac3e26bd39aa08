package org.liverecordings.api;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.liverecordings.support.RawHttp;

/** Dev mode's settings, with which the greeting must keep its promises. */
@QuarkusTest
@TestProfile(DevGreetingTest.DevSettings.class)
class DevGreetingTest {

    private static final Pattern LINE = Pattern.compile(
            "# (\\d+)( reason (\\d))?.*\\ncurl -i -X (\\w+) (-H \"Authorization: Bearer \\$(\\w+)\" )?'http://[^/]+([^']*)'");

    public static class DevSettings implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "live-recordings.lines.file", "classpath:sample/lines.csv",
                    "live-recordings.embedded.recordings-file", "classpath:sample/recordings.csv",
                    "live-recordings.embedded.simulate.failing", "75a90276-e47e-4e9e-b463-e3c743d50500",
                    "live-recordings.embedded.simulate.unreachable", "75a90276-e47e-4e9e-b463-e3c743d50504");
        }
    }

    @TestHTTPResource("/")
    URI service;

    @Test
    void everyLineGetsTheAnswerThatItPromises() {
        String greeting = new DevGreeting(8080).text();

        List<Executable> promises = new ArrayList<>();
        Map<String, String> tokens = tokens(greeting);
        Matcher line = LINE.matcher(greeting);
        while (line.find()) {
            String[] headers = line.group(6) == null
                    ? new String[0]
                    : new String[] {"Authorization: Bearer " + tokens.get(line.group(6))};
            RawHttp.Answer answer = RawHttp.send(service, line.group(4), line.group(7), headers);
            String promised = line.group(1) + (line.group(3) == null ? "" : " {\"reason\":" + line.group(3));
            String title = line.group();
            promises.add(() -> assertEquals(
                    promised, (answer.status() + " " + answer.body()).substring(0, promised.length()), title));
        }
        assertEquals(19, promises.size());
        assertAll(promises);
    }

    @Test
    void itLeadsToTheSectionOfEachProvider() {
        String greeting = new DevGreeting(8080).text();

        List<String> sections = Pattern.compile("(?m)^# .*: docs/signing-in.md#(.*)$")
                .matcher(greeting)
                .results()
                .map(found -> found.group(1))
                .toList();

        assertEquals(List.of("keycloak", "entra-id", "auth0", "okta", "cognito"), sections);
    }

    private static Map<String, String> tokens(String greeting) {
        Map<String, String> tokens = new HashMap<>();
        Matcher token = Pattern.compile("(?m)^(TOKEN|WEAK)=(.*)$").matcher(greeting);
        while (token.find()) {
            tokens.put(token.group(1), token.group(2));
        }
        return tokens;
    }
}
