package org.liverecordings.api.signin.bearer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;

import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimPathTest {

    private static final String CLAIMS = """
            {"groups":["a"],"realm_access":{"roles":["b"]},"resource_access":{"my/client":{"roles":["c"]}},
             "https://example.com/roles":["d"],"cognito:groups":["e"],"a b":"f","nothing":null}
            """;

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
            groups                              | a
            realm_access/roles                  | b
            resource_access/"my/client"/roles   | c
            "https://example.com/roles"         | d
            cognito:groups                      | e
            "groups"                            | a
            """)
    void namesLeadToAClaimAndQuotesKeepAName(String path, String expected) throws JoseException {
        Object found = ClaimPath.parse(path).find(claims());

        assertEquals(List.of(expected), found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other",
                "realm_access/other",
                "other/roles",
                "nothing",
                "nothing/more",
                "groups/roles",
                "a b/roles",
                "https://example.com/roles2"
            })
    void whatIsNotThereIsNull(String path) throws JoseException {
        Map<String, Object> claims = claims();

        Object found = path.startsWith("https")
                ? ClaimPath.parse("\"" + path + "\"").find(claims)
                : ClaimPath.parse(path).find(claims);

        assertEquals(null, found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a", "a/", "a//b", "\"a", "a\"", "\"\"", "\"a\"b", "https://example.com/roles"})
    void aPathThatMakesNoSenseIsRefused(String path) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> ClaimPath.parse(path));

        assertEquals("not names with slashes between them: " + path, e.getMessage());
    }

    private static Map<String, Object> claims() throws JoseException {
        return JsonUtil.parseJson(CLAIMS);
    }
}
