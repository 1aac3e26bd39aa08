package org.liverecordings.api.signin.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.support.FakeIssuer;
import org.liverecordings.support.TestTokens;

class KeySetTest {

    private static final List<KeyPair> KEYS =
            IntStream.range(0, 5).mapToObj(TestTokens::otherKeys).toList();
    private static final KeyPair A = KEYS.get(0);
    private static final KeyPair B = KEYS.get(1);
    private static final Set<SignatureAlgorithm> RSA = Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.PS256);

    @ParameterizedTest
    @CsvSource({
        // what is published, by ids, of which - is none; what a token names; with which algorithm; which of them are
        // found
        "a b, a, RS256, 0",
        "a b, b, RS256, 1",
        "a b, c, RS256, ''",
        "a b, '', RS256, ''",
        "a b, , RS256, 0 1",
        "a b, A, RS256, ''",
        "a a, a, RS256, 0 1",
        "a a, b, RS256, ''",
        "a b a, a, RS256, 0 2",
        "a, b, RS256, ''",
        "a, , RS256, 0",
        "a, a, PS256, ''",
        "a, , PS256, ''",
        "a -, a, RS256, 0",
        "a -, b, RS256, 1",
        "a -, , RS256, 0 1",
        "-, b, RS256, 0",
        "-, , RS256, 0",
        "- -, b, RS256, 0 1",
        "a b c d e, , RS256, 0 1 2 3",
        "a a a a a, a, RS256, 0 1 2 3",
        "- - - - -, a, RS256, 0 1 2 3",
        "a b c d e, e, RS256, 4"
    })
    void aTokenFindsTheKeysThatItMayMean(
            String published, String named, SignatureAlgorithm algorithm, String expected) {
        String[] ids = published.split(" ");
        String jwks = IntStream.range(0, ids.length)
                .mapToObj(i -> jwk(ids[i], KEYS.get(i)))
                .collect(Collectors.joining(","));
        KeySet keys = KeySet.ofJson("{\"keys\":[" + jwks + "]}", RSA);

        List<PublicKey> found = keys.find(named, algorithm);

        assertEquals(
                Stream.of(expected.split(" "))
                        .filter(index -> !index.isEmpty())
                        .map(index -> KEYS.get(Integer.parseInt(index)).getPublic())
                        .toList(),
                found);
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
