package org.liverecordings.api.signin.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.security.KeyPair;
import java.util.Map;
import java.util.Set;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.support.FakeIssuer;
import org.liverecordings.support.TestTokens;

class KeySetTest {

    private static final KeyPair A = TestTokens.newKeys();
    private static final KeyPair B = TestTokens.newKeys();
    private static final Set<SignatureAlgorithm> RSA = Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.PS256);

    @ParameterizedTest
    @CsvSource({
        // what is published, what a token names, with which algorithm, what is found
        "a b, a, RS256, a",
        "a b, b, RS256, b",
        "a b, c, RS256, none",
        "a b, '', RS256, none",
        "a b, , RS256, none",
        "a b, A, RS256, none",
        "a, b, RS256, none",
        "a, , RS256, a",
        "a, a, PS256, none",
        "a, , PS256, none",
        "a -, a, RS256, a",
        "a -, b, RS256, b",
        "a -, , RS256, none",
        "-, b, RS256, a",
        "-, , RS256, a"
    })
    void aTokenFindsTheKeyThatItNames(String published, String named, SignatureAlgorithm algorithm, String expected) {
        Map<String, KeyPair> pairs = Map.of("a", A, "b", B);
        String[] ids = published.split(" ");
        String first = jwk(ids[0], A);
        KeySet keys =
                KeySet.ofJson("{\"keys\":[" + (ids.length > 1 ? first + "," + jwk(ids[1], B) : first) + "]}", RSA);

        Object found = keys.find(named, algorithm).map(Object.class::cast).orElse("none");

        assertEquals(expected.equals("none") ? "none" : pairs.get(expected).getPublic(), found);
    }

    @Test
    void whatCannotBeUsedIsLeftOut() {
        KeySet keys = KeySet.ofJson(
                "{\"keys\":[" + jwk("a", A) + "," + jwk("b", B).replace("\"sig\"", "\"enc\"")
                        + ",{\"kty\":\"XX\"},17]}",
                RSA);

        assertEquals(1, keys.keys().size());
    }

    @Test
    void setsOfTheSameKeysAreEqual() {
        KeySet keys = KeySet.ofJson(jwk("a", A), RSA);

        assertEquals(KeySet.ofJson(jwk("a", A), RSA), keys);
        assertNotEquals(KeySet.ofJson(jwk("b", A), RSA), keys);
        assertNotEquals(KeySet.ofJson(jwk("a", B), RSA), keys);
    }

    private static String jwk(String id, KeyPair key) {
        return id.equals("-") ? FakeIssuer.jwk("x", key).replace("\"kid\":\"x\",", "") : FakeIssuer.jwk(id, key);
    }
}
