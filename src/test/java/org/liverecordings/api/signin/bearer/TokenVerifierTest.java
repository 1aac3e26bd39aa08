package org.liverecordings.api.signin.bearer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.build.Jwt;
import io.vertx.core.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.api.signin.Refusals;
import org.liverecordings.api.signin.keys.IssuerKeys;
import org.liverecordings.api.signin.keys.KeySet;
import org.liverecordings.metrics.SignInMeters;
import org.liverecordings.support.FakeIssuer;
import org.liverecordings.support.TestTokens;
import org.liverecordings.text.Words;

class TokenVerifierTest {

    private static final String HERE = "https://here.example.com/realms/a";
    private static final String THERE = "https://there.example.com/realms/b";
    private static final KeyPair KEY_HERE = TestTokens.otherKeys(0);
    private static final KeyPair KEY_THERE = TestTokens.otherKeys(1);
    private static final List<KeyPair> SEVERAL =
            IntStream.range(2, 7).mapToObj(TestTokens::otherKeys).toList();
    private static final Set<SignatureAlgorithm> RS256 = Set.of(SignatureAlgorithm.RS256);

    private final ChangingKeys keysHere = new ChangingKeys("1", KEY_HERE);
    private final ChangingKeys keysThere = new ChangingKeys("1", KEY_THERE);
    private final AtomicLong clock = new AtomicLong(System.currentTimeMillis());
    private final TokenVerifier verifier = verifier(100, RS256, null);

    /** What an identity provider publishes, and how often it is looked at because a key isn't known. */
    private static final class ChangingKeys implements IssuerKeys {

        private KeySet current;
        private KeySet found;
        private int looks;

        ChangingKeys(String kid, KeyPair key) {
            publish(kid, key);
        }

        void publish(String kid, KeyPair key) {
            current = KeySet.ofJson(FakeIssuer.jwk(kid, key), RS256);
        }

        @Override
        public KeySet current() {
            return current;
        }

        @Override
        public Future<KeySet> look() {
            looks++;
            current = found == null ? current : found;
            return Future.succeededFuture(current);
        }
    }

    private TokenVerifier verifier(int cacheSize, Set<SignatureAlgorithm> algorithms, Set<String> audiences) {
        JWTAuthContextInfo common = new JWTAuthContextInfo();
        common.setRelaxVerificationKeyValidation(false);
        common.setRequireNamedPrincipal(false);
        common.setGroupsPath("groups");
        common.setExpectedAudience(audiences);
        return new TokenVerifier(
                Map.of(HERE, new Issuer(HERE, algorithms, keysHere), THERE, new Issuer(THERE, algorithms, keysThere)),
                common,
                0,
                TokenRules.read(new SmallRyeConfigBuilder().build()),
                new VerifiedTokens(cacheSize, new SignInMeters(new SimpleMeterRegistry()), clock::get),
                clock::get);
    }

    @Test
    void eachIssuersKeysVerifyItsTokens() {
        assertEquals("alice", outcome(FakeIssuer.token(HERE, "1", KEY_HERE, 60)));
        assertEquals("alice", outcome(FakeIssuer.token(THERE, "1", KEY_THERE, 60)));
    }

    /** Both call their key "1". */
    @Test
    void anIssuersKeysVerifyNoOthersTokens() {
        assertEquals("wrong-signature", outcome(FakeIssuer.token(HERE, "1", KEY_THERE, 60)));
        assertEquals("wrong-signature", outcome(FakeIssuer.token(THERE, "1", KEY_HERE, 60)));
    }

    @Test
    void aTokenOfAnotherIssuerIsRefusedWithoutALook() {
        String outcome = outcome(FakeIssuer.token("https://evil.example.com", "2", KEY_HERE, 60));

        assertEquals("foreign-issuer", outcome);
        assertEquals(0, keysHere.looks + keysThere.looks);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://here.example.com/realms/a/",
                "HTTPS://here.example.com/realms/a",
                "https://here.example.com/realms",
                ""
            })
    void anIssuersNameMatchesToTheLetter(String name) {
        String outcome = outcome(FakeIssuer.token(name, "1", KEY_HERE, 60));

        assertEquals("foreign-issuer", outcome);
    }

    @Test
    void anUnknownKeyIsLookedForAtItsIssuerOnly() {
        String outcome = outcome(FakeIssuer.token(HERE, "2", KEY_HERE, 60));

        assertEquals("no-key", outcome);
        assertEquals(1, keysHere.looks);
        assertEquals(0, keysThere.looks);
    }

    @Test
    void anExpiredTokenIsRefusedWithoutALook() {
        String outcome = outcome(FakeIssuer.token(HERE, "2", KEY_HERE, -1));

        assertEquals("expired", outcome);
        assertEquals(0, keysHere.looks);
    }

    /** Whoever made it need not be told more. */
    @Test
    void anExpiredTokenIsRefusedBeforeItsSignatureIsLookedAt() {
        assertEquals("expired", outcome(FakeIssuer.token(HERE, "1", KEY_THERE, -1)));
    }

    @Test
    void aTokenWhoseKeyIsKnownCausesNoLook() {
        outcome(FakeIssuer.token(HERE, "1", KEY_THERE, 60));

        assertEquals(0, keysHere.looks);
    }

    /** jku, x5u and jwk would have the verifier use a key of the attacker's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"kid\":\"1\",\"jku\":\"https://evil.example.com/jwks\"",
                "\"kid\":\"1\",\"x5u\":\"https://evil.example.com/x5\"",
                "\"kid\":\"1\",\"jwk\":{jwk}",
                "\"jwk\":{jwk}"
            })
    void aKeyThatATokenBringsAlongIsIgnored(String header) {
        KeyPair evil = TestTokens.otherKeys(2);
        String token = TestTokens.rs256(
                evil,
                "{\"alg\":\"RS256\"," + header.replace("{jwk}", FakeIssuer.jwk("1", evil)) + "}",
                claims("\"upn\":\"alice\""));

        String outcome = outcome(token);

        assertEquals("wrong-signature", outcome);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "HS256", "HS512", "RS512", "ES256", "EdDSA", "RS256 ", "rs256"})
    void anAlgorithmThatIsNotAcceptedIsRefusedWithoutALook(String algorithm) {
        String token = TestTokens.rs256(
                KEY_HERE, "{\"alg\":\"" + algorithm + "\",\"kid\":\"2\"}", claims("\"upn\":\"alice\""));

        String outcome = outcome(token);

        assertEquals("unaccepted-algorithm", outcome);
        assertEquals(0, keysHere.looks);
    }

    @Test
    void thePublicKeyIsNoSecret() throws GeneralSecurityException {
        String signed = base64("{\"alg\":\"HS256\",\"kid\":\"1\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims("\"upn\":\"alice\"").getBytes(StandardCharsets.UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY_HERE.getPublic().getEncoded(), "HmacSHA256"));

        String outcome = outcome(signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));

        assertEquals("unaccepted-algorithm", outcome);
    }

    @ParameterizedTest
    @EnumSource(
            value = SignatureAlgorithm.class,
            names = {"HS256", "HS384", "HS512"},
            mode = EnumSource.Mode.EXCLUDE)
    void everyOtherAlgorithmCanBeAccepted(SignatureAlgorithm algorithm) throws GeneralSecurityException {
        KeyPair key = keyFor(algorithm);
        keysHere.current = KeySet.of(key.getPublic(), Set.of(algorithm));
        String token = Jwt.issuer(HERE)
                .upn("alice")
                .expiresIn(60)
                .jws()
                .algorithm(algorithm)
                .sign(key.getPrivate());

        String outcome = outcome(verifier(0, Set.of(algorithm), null), token);

        assertEquals("alice", outcome);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
            "aud":"recordings"           | alice
            "aud":["x","recordings"]     | alice
            "aud":["x","calls"]          | alice
            "aud":"x"                    | foreign-audience
            "aud":[]                     | foreign-audience
            "x":"recordings"             | audience-missing
            """)
    void oneOfTheAudiencesMustBeNamed(String claim, String expected) {
        TokenVerifier asking = verifier(0, RS256, Set.of("recordings", "calls"));

        String outcome = outcome(asking, here(claims("\"upn\":\"alice\"," + claim)));

        assertEquals(expected, outcome);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[]", "17", "\"a\"", "null", "{\"iss\":17}", "{\"iss\":null}", "{\"iss\":[\"x\"]}", "x"})
    void claimsThatMakeNoSenseAreRefused(String claims) {
        String outcome = outcome(here(claims));

        assertEquals(
                true, List.of("unacceptable", "issuer-missing", "odd-claims").contains(outcome), outcome);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
            "iss":["{here}"],"iat":{now},"exp":{then}   | odd-claims
            "iss":17,"iat":{now},"exp":{then}           | odd-claims
            "iss":"{here}","iat":{now},"exp":"{then}"   | odd-claims
            "iss":"{here}","iat":{now},"exp":[{then}]   | odd-claims
            "iss":"{here}","iat":"{now}","exp":{then}   | odd-claims
            "iss":"{here}","iat":{now},"exp":{then},"nbf":"x" | odd-claims
            "iss":"{here}","iat":{now},"exp":{then},"aud":5   | odd-claims
            "iss":"{here}","iat":{now},"exp":{then},"aud":[5] | odd-claims
            "iss":"{here}","iat":{now},"exp":{then},"upn":5   | odd-claims
            "iss":"{here}","iat":{now},"exp":{then},"upn":{}  | odd-claims
            "iss":"{here}","exp":{then}                 | issued-at-missing
            "iss":"{here}","iat":{now}                  | expiry-missing
            "iss":"{here}","iat":{now},"exp":{then},"nbf":{then} | not-yet-valid
            """)
    void aClaimOfAnotherTypeIsCalledOdd(String claims, String expected) {
        long now = Instant.now().getEpochSecond();
        TokenVerifier asking = verifier(0, RS256, claims.contains("aud") ? Set.of("recordings") : null);
        String filled = claims.replace("{here}", HERE)
                .replace("{now}", Long.toString(now))
                .replace("{then}", Long.toString(now + 600));

        String outcome =
                outcome(asking, here("{" + filled + (claims.contains("upn") ? "" : ",\"upn\":\"alice\"") + "}"));

        assertEquals(expected, outcome);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1}", "7", "true", "[null]", "[{}]", "null"})
    void groupsOfAnotherTypeRefuseNothing(String groups) {
        String outcome = outcome(here(claims("\"upn\":\"alice\",\"groups\":" + groups)));

        assertEquals("alice", outcome);
    }

    @ParameterizedTest
    @CsvSource({
        // the ids of the published keys, of which - is none; that of the token; which of them signed it; what comes of
        // it; how often a key is looked for that isn't known
        "1 2, -, 0, alice, 0",
        "1 2, -, 1, alice, 0",
        "1 1, 1, 0, alice, 0",
        "1 1, 1, 1, alice, 0",
        "- -, 1, 1, alice, 0",
        "1 1 1 1 1, 1, 3, alice, 0",
        "1 1 1 1 1, 1, 4, wrong-signature, 0",
        "1 2, 1, 1, wrong-signature, 0",
        "1 2, 3, 1, no-key, 1",
        "1 2, -, 4, wrong-signature, 1",
        "- -, 1, 4, wrong-signature, 1",
        "- 1, 1, 4, wrong-signature, 0"
    })
    void ofSeveralKeysThatATokenMayMeanEachIsTried(String ids, String named, int signer, String expected, int looks) {
        keysHere.current = KeySet.ofJson(
                IntStream.range(0, ids.split(" ").length)
                        .mapToObj(i -> withoutDash(FakeIssuer.jwk(ids.split(" ")[i], SEVERAL.get(i))))
                        .collect(Collectors.joining(",", "{\"keys\":[", "]}")),
                RS256);
        String token = TestTokens.rs256(
                SEVERAL.get(signer),
                withoutDash("{\"kid\":\"" + named + "\",\"alg\":\"RS256\"}"),
                claims("\"upn\":\"alice\""));

        String outcome = outcome(token);

        assertEquals(expected, outcome);
        assertEquals(looks, keysHere.looks);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "2"})
    void aRotationIsSeenAlthoughAnOldKeyMayHaveBeenMeant(String named) {
        // Given
        keysHere.current = KeySet.ofJson(FakeIssuer.jwk("-", KEY_THERE).replace("\"kid\":\"-\",", ""), RS256);
        keysHere.found = KeySet.ofJson(FakeIssuer.jwk("2", KEY_HERE), RS256);
        String token = TestTokens.rs256(
                KEY_HERE, withoutDash("{\"kid\":\"" + named + "\",\"alg\":\"RS256\"}"), claims("\"upn\":\"alice\""));

        // When
        String outcome = outcome(token);

        // Then
        assertEquals("alice", outcome);
    }

    private static String withoutDash(String json) {
        return json.replace("\"kid\":\"-\",", "");
    }

    @Test
    void whatIsWrongWithATokenOfTheSecondKeyIsTold() {
        keysHere.current = KeySet.ofJson(
                "{\"keys\":[" + FakeIssuer.jwk("1", KEY_THERE) + "," + FakeIssuer.jwk("1", KEY_HERE) + "]}", RS256);
        long now = Instant.now().getEpochSecond();

        String outcome = outcome(here("{\"iss\":\"" + HERE + "\",\"upn\":\"alice\",\"iat\":" + now + ",\"exp\":"
                + (now + 600) + ",\"nbf\":" + (now + 300) + "}"));

        assertEquals("not-yet-valid", outcome);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "a.b.c", "a", "e30.e30.", "e30.e30.e30.e30.e30"})
    void whatIsNoTokenIsRefused(String token) {
        String outcome = outcome(token);

        assertEquals(true, List.of("unacceptable", "issuer-missing").contains(outcome), outcome);
    }

    @Test
    void aVerifiedTokenIsRemembered() {
        String token = FakeIssuer.token(HERE, "1", KEY_HERE, 600);

        SecurityIdentity first = verifier.verify(token).result();

        assertSame(first, verifier.verify(token).result());
    }

    @Test
    void withoutACacheItIsVerifiedAnew() {
        TokenVerifier without = verifier(0, RS256, null);
        String token = FakeIssuer.token(HERE, "1", KEY_HERE, 600);

        SecurityIdentity first = without.verify(token).result();

        assertNotSame(first, without.verify(token).result());
    }

    @Test
    void aRememberedTokenIsRefusedOnceItHasExpired() {
        String token = FakeIssuer.token(HERE, "1", KEY_HERE, 30);
        outcome(token);

        clock.addAndGet(31_000);

        assertEquals("expired", outcome(token));
    }

    @Test
    void aRememberedTokenIsRefusedOnceItsKeyIsWithdrawn() {
        String token = FakeIssuer.token(HERE, "1", KEY_HERE, 600);
        outcome(token);

        keysHere.publish("2", KEY_THERE);

        assertEquals("no-key", outcome(token));
    }

    @Test
    void aRememberedTokenIsRefusedOnceItsKeyIsAnother() {
        String token = FakeIssuer.token(HERE, "1", KEY_HERE, 600);
        outcome(token);

        keysHere.publish("1", KEY_THERE);

        assertEquals("wrong-signature", outcome(token));
    }

    @Test
    void aRefusedTokenIsNotRemembered() {
        String token = FakeIssuer.token(HERE, "2", KEY_HERE, 600);
        outcome(token);

        keysHere.publish("2", KEY_HERE);

        assertEquals("alice", outcome(token));
    }

    private String outcome(String token) {
        return outcome(verifier, token);
    }

    /** The caller's name, or why the token is refused. */
    private static String outcome(TokenVerifier verifier, String token) {
        Future<SecurityIdentity> verified = verifier.verify(token);
        return verified.succeeded()
                ? verified.result().getPrincipal().getName()
                : Words.of(Refusals.cause(verified.cause()));
    }

    private static String here(String claims) {
        return TestTokens.rs256(KEY_HERE, "{\"alg\":\"RS256\",\"kid\":\"1\"}", claims);
    }

    private static String claims(String more) {
        long now = Instant.now().getEpochSecond();
        return "{\"iss\":\"" + HERE + "\",\"iat\":" + now + ",\"exp\":" + (now + 600) + "," + more + "}";
    }

    private static KeyPair keyFor(SignatureAlgorithm algorithm) throws GeneralSecurityException {
        String name = algorithm.getAlgorithm();
        if (name.equals("EdDSA")) {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        }
        if (!name.startsWith("ES")) {
            return KEY_HERE;
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(
                new ECGenParameterSpec(Map.of("ES256", "secp256r1", "ES384", "secp384r1", "ES512", "secp521r1")
                        .get(name)));
        return generator.generateKeyPair();
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
