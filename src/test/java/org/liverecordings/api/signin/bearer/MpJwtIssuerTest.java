package org.liverecordings.api.signin.bearer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.api.signin.keys.IssuerKeys;
import org.liverecordings.api.signin.keys.KeySet;
import org.liverecordings.support.TestTokens;

class MpJwtIssuerTest {

    private static final Set<SignatureAlgorithm> USUAL = Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.ES256);
    private static final Path FILE = TestTokens.publicKeyFile();

    @TempDir
    Path directory;

    @Test
    void aKeyFileMakesAnIssuer() {
        Issuer issuer = read(Map.of("issuer", TestTokens.ISSUER, "publickey.location", FILE.toString()));

        assertEquals(TestTokens.ISSUER, issuer.name());
        assertEquals(USUAL, issuer.algorithms());
        assertEquals(
                TestTokens.keys().getPublic(),
                issuer.keys().current().keys().get(0).key());
    }

    @Test
    void aFilesAddressWillDoAndSoWillTheKeyItself() {
        String address = FILE.toUri().toString();
        assertEquals(
                1,
                read(Map.of("issuer", "a", "publickey.location", address))
                        .keys()
                        .current()
                        .keys()
                        .size());
        String inline = TestTokens.publicKey();

        Issuer issuer = read(Map.of("issuer", "a", "publickey", inline, "publickey.location", "/nowhere"));

        assertEquals(1, issuer.keys().current().keys().size());
    }

    @Test
    void itsOwnAlgorithmCountsAlone() {
        Issuer issuer =
                read(Map.of("issuer", "a", "publickey.location", FILE.toString(), "publickey.algorithm", "RS512"));

        assertEquals(Set.of(SignatureAlgorithm.RS512), issuer.algorithms());
    }

    @Test
    void anAddressIsNotReadNow() {
        Issuer issuer = read(Map.of("issuer", "a", "publickey.location", "https://idp.example.com/jwks"));

        assertEquals(KeySet.NONE, issuer.keys().current());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere/key.pem", "classpath:nowhere.pem", "file:nowhere.pem", "/", "keys/idp.der"})
    void whatCannotBeReadIsNamed(String location) {
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> read(Map.of("issuer", "a", "publickey.location", location)));

        assertEquals("mp.jwt.verify.publickey.location: can't read a key at " + location, e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "secret", "user:secret"})
    void whatIsNoPathIsNotShown(String location) {
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> read(Map.of("issuer", "a", "publickey.location", location)));

        assertEquals(
                "mp.jwt.verify.publickey.location: can't read a key at (not shown, since a secret may be in it)",
                e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY----- MC4CAQAwBQYDK2VwBCIEIA== -----END PRIVATE KEY-----",
                "MC4CAQAwBQYDK2VwBCIEIHJhbmRvbWx5Y2hvc2VuMTIzNDU2Nzg5MGFiY2Rl",
                "{\n\"kty\":\"OKP\",\"d\":\"c2VjcmV0\"}"
            })
    void aKeyInPlaceOfItsPathIsNotShown(String location) {
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> read(Map.of("issuer", "a", "publickey.location", location)));

        assertEquals(
                "mp.jwt.verify.publickey.location: takes the path of a file, and holds what belongs into the file; a"
                        + " public key itself goes into mp.jwt.verify.publickey",
                e.getMessage());
    }

    @Test
    void aResourceOfTheProgramWillDo() {
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> read(Map.of("issuer", "a", "publickey.location", "classpath:/stop-order/users.txt")));

        assertEquals(
                "mp.jwt.verify.publickey.location: classpath:/stop-order/users.txt holds no key: neither PEM nor DER nor a"
                        + " JWKS",
                e.getMessage());
    }

    @Test
    void aFileHasALargestSize() throws IOException {
        Path large = Files.write(directory.resolve("large"), new byte[1024 * 1024 + 1]);

        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> read(Map.of("issuer", "a", "publickey.location", large.toString())));

        assertEquals("mp.jwt.verify.publickey.location: " + large + " is larger than 1048576 bytes", e.getMessage());
    }

    @Test
    void whatIsMissingIsNamed() {
        Exception key = assertThrows(IllegalArgumentException.class, () -> read(Map.of("issuer", "a")));
        Exception issuer =
                assertThrows(IllegalArgumentException.class, () -> read(Map.of("publickey.location", FILE.toString())));

        assertEquals(
                "Set mp.jwt.verify.publickey.location (or MP_JWT_VERIFY_PUBLICKEY_LOCATION in the environment), where the"
                        + " key that verifies tokens is: a file's path, or a JWKS address; or set"
                        + " live-recordings.sign-in.issuers (or LIVE_RECORDINGS_SIGN_IN_ISSUERS)",
                key.getMessage());
        assertEquals(
                "Set mp.jwt.verify.issuer (or MP_JWT_VERIFY_ISSUER in the environment), the issuer that tokens must name",
                issuer.getMessage());
    }

    private static Issuer read(Map<String, String> settings) {
        Map<String, String> keys = new HashMap<>();
        settings.forEach((key, value) -> keys.put("mp.jwt.verify." + key, value));
        return new MpJwtIssuer(new SmallRyeConfigBuilder()
                        .addDefaultInterceptors()
                        .withSources(new PropertiesConfigSource(keys, "test", 100))
                        .build())
                .read(USUAL, (address, algorithms) -> IssuerKeys.fixed(KeySet.NONE));
    }
}
