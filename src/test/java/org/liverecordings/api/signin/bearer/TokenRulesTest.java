package org.liverecordings.api.signin.bearer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.recording.Line;

class TokenRulesTest {

    private static final String PREFIX = "live-recordings.sign-in.";

    /** Tokens as the providers' documentation shows them, what is set for them, and whom they make. */
    static Stream<Arguments> tokens() {
        return Stream.of(
                arguments(
                        "Keycloak, a user",
                        Map.of(
                                "groups-claims", "groups,realm_access/roles,resource_access/live-recordings/roles",
                                "levels", "/Supervisors=10,recording-agent=1",
                                "name-claims", "preferred_username"),
                        """
                        {"sub":"3fa8…","preferred_username":"alice","email":"alice@corp.example.com","groups":["/Supervisors"],
                         "realm_access":{"roles":["recording-supervisor"]},
                         "resource_access":{"live-recordings":{"roles":["stop-any"]},"account":{"roles":["view-profile"]}}}
                        """,
                        "alice",
                        Set.of("/Supervisors", "recording-supervisor", "stop-any", "call-recording-lv10")),
                arguments(
                        "Keycloak, a program",
                        Map.of("groups-claims", "realm_access/roles", "levels", "recording-supervisor=10"),
                        """
                        {"sub":"0c1e…","preferred_username":"service-account-crm","clientHost":"10.0.0.7",
                         "realm_access":{"roles":["recording-supervisor","offline_access"]}}
                        """,
                        "service-account-crm",
                        Set.of("recording-supervisor", "offline_access", "call-recording-lv10")),
                arguments(
                        "Entra ID, a user with app roles",
                        Map.of(
                                "groups-claims", "roles",
                                "levels", "Recorder.Stop.All=10",
                                "name-claims", "preferred_username",
                                "name-suffixes", "@corp.example.com"),
                        """
                        {"aud":"6e74172b-be56-4843-9ff4-e66a39bb12e3","ver":"2.0","oid":"690222be-ff1a-4d56-abd1-7e4f7d38e474",
                         "preferred_username":"Alice@corp.example.com","roles":["Recorder.Stop.All"],"scp":"access_as_user",
                         "sub":"HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ"}
                        """,
                        "Alice",
                        Set.of("Recorder.Stop.All", "call-recording-lv10")),
                arguments(
                        "Entra ID, groups as GUIDs",
                        Map.of(
                                "groups-claims", "groups,roles",
                                "levels", "8f3c2e0a-6f4d-4a44-9c59-0f6f4ad9a5f1=1",
                                "name-suffixes", "@corp.example.com"),
                        """
                        {"upn":"bob@corp.example.com","groups":["8f3c2e0a-6f4d-4a44-9c59-0f6f4ad9a5f1"],"sub":"x"}
                        """,
                        "bob",
                        Set.of("8f3c2e0a-6f4d-4a44-9c59-0f6f4ad9a5f1", "call-recording-lv1")),
                arguments(
                        "Entra ID, a program, and too many groups to be in a token",
                        Map.of(
                                "groups-claims",
                                "groups,roles",
                                "levels",
                                "Recorder.Stop.All=10",
                                "name-claims",
                                "upn,azp"),
                        """
                        {"azp":"11112222-bbbb-3333-cccc-4444dddd5555","roles":["Recorder.Stop.All"],
                         "_claim_names":{"groups":"src1"},"_claim_sources":{"src1":{"endpoint":"https://graph.example.com"}}}
                        """,
                        "11112222-bbbb-3333-cccc-4444dddd5555",
                        Set.of("Recorder.Stop.All", "call-recording-lv10")),
                arguments(
                        "Auth0, a namespaced claim of an action",
                        Map.of(
                                "groups-claims", "\"https://example.com/roles\",permissions",
                                "levels", "Supervisor of Recordings=10",
                                "name-claims", "\"https://example.com/name\",sub"),
                        """
                        {"iss":"https://corp.eu.auth0.com/","sub":"auth0|64f0","aud":["https://recordings.example.com"],
                         "https://example.com/roles":["Supervisor of Recordings"],"https://example.com/name":"alice",
                         "scope":"openid profile"}
                        """,
                        "alice",
                        Set.of("Supervisor of Recordings", "call-recording-lv10")),
                arguments(
                        "Auth0, a program with permissions",
                        Map.of("groups-claims", "permissions", "levels", "stop:recordings=10"),
                        """
                        {"sub":"x8Yz@clients","gty":"client-credentials","scope":"stop:recordings","permissions":["stop:recordings"]}
                        """,
                        "x8Yz@clients",
                        Set.of("stop:recordings", "call-recording-lv10")),
                arguments(
                        "Okta, a user",
                        Map.of(
                                "groups-claims", "groups,scp",
                                "levels", "Everyone=1,Recording Supervisors=10",
                                "name-claims", "sub",
                                "name-suffixes", "@example.com,@corp.example.com"),
                        """
                        {"ver":1,"uid":"00u1","cid":"0oa1","scp":["openid","recordings"],"sub":"alice@corp.example.com",
                         "groups":["Everyone","Recording Supervisors"]}
                        """,
                        "alice",
                        Set.of(
                                "Everyone",
                                "Recording Supervisors",
                                "openid",
                                "recordings",
                                "call-recording-lv1",
                                "call-recording-lv10")),
                arguments(
                        "Okta, a program",
                        Map.of("groups-claims", "scp", "levels", "recordings.stop=10"),
                        "{\"ver\":1,\"cid\":\"0oa1\",\"scp\":[\"recordings.stop\"],\"sub\":\"0oa1\"}",
                        "0oa1",
                        Set.of("recordings.stop", "call-recording-lv10")),
                arguments(
                        "Cognito, a user",
                        Map.of(
                                "groups-claims", "cognito:groups,scope",
                                "levels", "supervisors=10",
                                "name-claims", "cognito:username,username"),
                        """
                        {"sub":"aaaa…","cognito:groups":["supervisors"],"token_use":"access","scope":"openid email",
                         "client_id":"1example23456789","username":"alice"}
                        """,
                        "alice",
                        Set.of("supervisors", "openid", "email", "call-recording-lv10")),
                arguments(
                        "Cognito, a program",
                        Map.of(
                                "groups-claims",
                                "scope",
                                "levels",
                                "recordings/stop=10",
                                "name-claims",
                                "username,client_id"),
                        "{\"sub\":\"1ex\",\"token_use\":\"access\",\"scope\":\"recordings/stop recordings/list\",\"client_id\":\"1ex\"}",
                        "1ex",
                        Set.of("recordings/stop", "recordings/list", "call-recording-lv10")),
                arguments(
                        "nothing set",
                        Map.of(),
                        "{\"upn\":\"alice\",\"preferred_username\":\"a\",\"sub\":\"s\",\"groups\":\"a b\",\"roles\":[\"c\"]}",
                        "alice",
                        Set.of("a", "b")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokens")
    void aProvidersTokenMakesACaller(
            String provider, Map<String, String> settings, String claims, String name, Set<String> groups)
            throws JoseException {
        TokenRules rules = rules(settings);
        Map<String, Object> parsed = JsonUtil.parseJson(claims);

        Set<String> found = rules.groups(parsed);

        assertEquals(new TreeSet<>(groups), new TreeSet<>(found));
        assertEquals(name, rules.name(parsed));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alice@corp.example.com     | alice
            Alice@CORP.Example.com     | Alice
            alice@mail.corp.example.com| alice
            alice@evil.example.com     | alice@evil.example.com
            @corp.example.com          | @corp.example.com
            alice@corp.example.com.eu  | alice@corp.example.com.eu
            alice                      | alice
            """)
    void aSuffixIsCutOffTheName(String name, String expected) {
        TokenRules rules = rules(Map.of("name-suffixes", ".corp.example.com,@corp.example.com,@mail.corp.example.com"));

        String cut = rules.name(Map.of("sub", name));

        assertEquals(expected, cut);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"groups\":10",
                "\"groups\":true",
                "\"groups\":{\"a\":true}",
                "\"groups\":[null,17,[\"b\"],{}]",
                "\"groups\":null",
                "\"realm_access\":\"roles\"",
                "\"realm_access\":[\"roles\"]",
                "\"realm_access\":{\"roles\":7}"
            })
    void whatHasAnotherTypeGivesNoGroupsAndTakesNoneAway(String odd) throws JoseException {
        TokenRules rules = rules(Map.of("groups-claims", "groups,realm_access/roles,scope", "levels", "a=10"));
        Map<String, Object> parsed = JsonUtil.parseJson("{" + odd + ",\"scope\":\"a\"}");

        Set<String> groups = rules.groups(parsed);

        assertEquals(Set.of("a", "call-recording-lv10"), groups);
    }

    @Test
    void whatElseIsInAListTakesNoGroupAway() throws JoseException {
        TokenRules rules = rules(Map.of());

        Set<String> groups = rules.groups(JsonUtil.parseJson("{\"groups\":[null,\"a\",7]}"));

        assertEquals(Set.of("a"), groups);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"upn\":5,\"sub\":\"alice\"}",
                "{\"upn\":\" \",\"sub\":\"alice\"}",
                "{\"upn\":\"\\u200b\\u00a0\"}",
                "{\"upn\":[\"alice\"]}",
                "{\"upn\":{}}",
                "{\"sub\":null}"
            })
    void aNameThatIsNoneIsRefused(String claims) throws JoseException {
        TokenRules rules = rules(Map.of());
        Map<String, Object> parsed = JsonUtil.parseJson(claims);

        assertThrows(IllegalArgumentException.class, () -> rules.name(parsed));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
            a=10              | a
            a=b=10            | a=b
            a = 10            | a
            Agents\\, Milan=10 | Agents, Milan
            ${x}=10           | ${x}
            """)
    void theLastEqualsSignDividesGroupAndLevel(String levels, String group) {
        TokenRules rules = rules(Map.of("levels", levels));

        Set<String> groups = rules.groups(Map.of("groups", List.of(group)));

        assertEquals(Set.of(group, "call-recording-lv10"), groups);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = ';', textBlock = """
            supervisors-milan=10:milan|rome    ; supervisors-milan ; milan rome
            a=b = 10: Milan | ROME             ; a=b               ; milan rome
            Agents\\, Milan=10:Milan\\, Centro ; Agents, Milan     ; milan,_centro
            a=10:north:1|b\\c                  ; a                 ; north:1 b\\c
            a=10:${x}                          ; a                 ; ${x}
            """)
    void aLevelMayBeThatOfSomeGroupsOfLines(String levels, String group, String managed) {
        TokenRules rules = rules(Map.of("levels", levels));
        Map<String, Object> claims = Map.of("groups", List.of(group));

        Set<Line.Group> found = rules.managedGroups(claims);

        assertEquals(
                Stream.of(managed.split(" "))
                        .map(name -> Line.Group.of(name.replace('_', ' ')))
                        .collect(Collectors.toSet()),
                found);
        assertEquals(Set.of(group, "call-recording-lv1"), rules.groups(claims));
    }

    @Test
    void theGroupsOfAllOfACallersGroupsCount() {
        TokenRules rules = rules(Map.of("levels", "a=10:milan,b=10:rome|turin,c=10:naples,d=9"));
        Map<String, Object> claims = Map.of("groups", "a b d");

        Set<Line.Group> found = rules.managedGroups(claims);

        assertEquals(Set.of(Line.Group.of("milan"), Line.Group.of("rome"), Line.Group.of("turin")), found);
        assertEquals(Set.of("a", "b", "d", "call-recording-lv1", "call-recording-lv9"), rules.groups(claims));
    }

    @ParameterizedTest
    @CsvSource({"supervisors-rome, rome", "call-recording-lv1, milan"})
    void whatAGroupGivesGivesNothingMore(String group, String managed) {
        // Given
        TokenRules rules = rules(Map.of("levels", "supervisors-rome=10:rome,call-recording-lv1=10:milan"));

        // When
        Set<Line.Group> found = rules.managedGroups(Map.of("groups", group));

        // Then
        assertEquals(Set.of(Line.Group.of(managed)), found);
    }

    @Test
    void aLevelHasALimitOfGroupsOfLines() {
        String names = IntStream.rangeClosed(0, 100).mapToObj(i -> "g" + i).collect(Collectors.joining("|"));

        Exception e = assertThrows(IllegalArgumentException.class, () -> rules(Map.of("levels", "a=10:" + names)));

        assertEquals(PREFIX + "levels: 101 groups of lines are too many; at most 100", e.getMessage());
    }

    @Test
    void namesOfGroupsMatchExactly() {
        TokenRules rules = rules(Map.of("levels", "Supervisors=10"));

        Set<String> groups = rules.groups(Map.of("groups", "supervisors SUPERVISORS /Supervisors"));

        assertEquals(Set.of("supervisors", "SUPERVISORS", "/Supervisors"), groups);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
            levels        | a          | levels: not of the form <group>=<level> with a level from 1 to 10: a
            levels        | =10        | levels: not of the form <group>=<level> with a level from 1 to 10: =10
            levels        | a=         | levels: not of the form <group>=<level> with a level from 1 to 10: a=
            levels        | a=0        | levels: not of the form <group>=<level> with a level from 1 to 10: a=0
            levels        | a=11       | levels: not of the form <group>=<level> with a level from 1 to 10: a=11
            levels        | a=ten      | levels: not of the form <group>=<level> with a level from 1 to 10: a=ten
            levels        | a=1,a=10   | levels: there twice: a
            groups-claims | a//b       | groups-claims: not names with slashes between them: a//b
            name-claims   | "a         | name-claims: not names with slashes between them: "a
            """)
    void aSettingThatMakesNoSenseIsNamed(String key, String value, String expected) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> rules(Map.of(key, value)));

        assertEquals(PREFIX + expected, e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = ';', textBlock = """
            a=10:x,a=1 ; there twice: a
            a=11:milan ; not of the form <group>=<level> with a level from 1 to 10: a=11:milan
            =10:milan  ; not of the form <group>=<level> with a level from 1 to 10: =10:milan
            a=10-milan ; not of the form <group>=<level> with a level from 1 to 10: a=10-milan
            a=9:milan  ; only level 10 is given on groups of lines, not 9:milan
            a=10:      ; a group of lines must be 1 to 64 characters without =, a vertical bar or control characters, not ''
            a=10:b|    ; a group of lines must be 1 to 64 characters without =, a vertical bar or control characters, not ''
            a=10:b|B   ; there twice: B
            """)
    void groupsOfLinesThatMakeNoSenseAreNamed(String levels, String expected) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> rules(Map.of("levels", levels)));

        assertEquals(PREFIX + "levels: " + expected, e.getMessage());
    }

    @Test
    void aListHasALimit() {
        String levels =
                IntStream.rangeClosed(0, 1000).mapToObj(i -> "g" + i + "=1").collect(Collectors.joining(","));

        Exception e = assertThrows(IllegalArgumentException.class, () -> rules(Map.of("levels", levels)));

        assertEquals(PREFIX + "levels: 1001 elements are too many; at most 1000", e.getMessage());
    }

    private static TokenRules rules(Map<String, String> settings) {
        Map<String, String> keys =
                settings.entrySet().stream().collect(Collectors.toMap(e -> PREFIX + e.getKey(), Map.Entry::getValue));
        return TokenRules.read(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(keys, "test", 100))
                .build());
    }
}
