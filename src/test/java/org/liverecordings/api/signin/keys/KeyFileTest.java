package org.liverecordings.api.signin.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.liverecordings.support.FakeIssuer;
import org.liverecordings.support.TestCertificate;
import org.liverecordings.support.TestTokens;

class KeyFileTest {

    private static final Set<SignatureAlgorithm> USUAL = Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.ES256);

    private static final KeyPair RSA = TestTokens.otherKeys(0);
    private static final KeyPair SHORT = TestTokens.shortKeys();
    private static final KeyPair EC = ec("secp256r1");
    private static final KeyPair ED = keys("Ed25519");

    private static final String PKCS1_512 =
            "MEgCQQC+IBd3ljy2ikymrJWH5zp6y7FzpvpvB8gy6WCQiQXxW2rCFeM09CpjJc47Ifu/Ff+BwsloeM08sbNtFBpDq0pnAgMBAAE=";

    /** By openssl: of the curve P-256, and unencrypted. */
    private static final String SEC1 =
            "MHcCAQEEIEsMOmNYJvprCZ+ts8gfY4DrgugifDiL+b4NKiGCRhatoAoGCCqGSM49AwEHoUQDQgAEtTlH85FQ3zkY2KYUJcgzrVypk3xzaoCYDQR65cVMaGE8eRXEGUl7rcKpaHHXALi9NDb0uTb779rQm92WEtiZxw==";

    /** By openssl: PKCS#8, encrypted. */
    private static final String ENCRYPTED =
            "MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhlwbYL8oMPmwICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEJRivK+6m0VPGKgW+ViwevAEQMn7jG9im6SnmAyYzq+INDXRI4ydfTuBjOHRf5Uh6Xf4nY4Bj5sjs3IU7T6hYLRVnSMyRNxEfx34T75bCpnExDQ=";

    private static final String EC_EXPLICIT =
            "MIIBSzCCAQMGByqGSM49AgEwgfcCAQEwLAYHKoZIzj0BAQIhAP////8AAAABAAAAAAAAAAAAAAAA////////////////MFsEIP////8AAAABAAAAAAAAAAAAAAAA///////////////8BCBaxjXYqjqT57PrvVV2mIa8ZR0GsMxTsPY7zjw+J9JgSwMVAMSdNgiG5wSTamZ44ROdJreBn36QBEEEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9QIhAP////8AAAAA//////////+85vqtpxeehPO5ysL8YyVRAgEBA0IABLtHXwpw72b8oZfzmkDYmNtmqMrw47TLEz8N/vcKYNmzFp2oakbq+zfG9GSiSNihYXCUa4dJ+xFvA/R3GKWglnk=";

    private static final String EC_SM2 =
            "MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAEaQvlzN7MK8TJ3bp02gVpS6c4SwS9SuEjfG5YSA25KPI9lj2bCeDlTSVhMwnQDzNPeKpO2ifwW2JIKLroHRBqvQ==";

    static Stream<Arguments> understood() throws Exception {
        String pem = pem("PUBLIC KEY", RSA.getPublic());
        String jwk = FakeIssuer.jwk("a", RSA);
        return Stream.of(
                arguments("PEM", text(pem), RSA),
                arguments("PEM with CR LF", text(pem.replace("\n", "\r\n")), RSA),
                arguments("PEM in one line", text(pem.replace("\n", " ")), RSA),
                arguments("PEM after a byte-order mark", text("\uFEFF" + pem), RSA),
                arguments("PEM in UTF-16", bytes("\uFEFF" + pem, StandardCharsets.UTF_16BE), RSA),
                arguments("PEM in UTF-16, little-endian", bytes("\uFEFF" + pem, StandardCharsets.UTF_16LE), RSA),
                arguments("PEM after text", text("subject: CN=idp\n-----\nmy key, 2026:\n" + pem + "\nthe end\n"), RSA),
                arguments("EC as PEM", text(pem("PUBLIC KEY", EC.getPublic())), EC),
                arguments("DER", RSA.getPublic().getEncoded(), RSA),
                arguments("EC as DER", EC.getPublic().getEncoded(), EC),
                arguments(
                        "Base64 alone",
                        text(Base64.getEncoder().encodeToString(RSA.getPublic().getEncoded())),
                        RSA),
                arguments("JWK", text(jwk), RSA),
                arguments("JWKS", text("{\"keys\":[" + jwk + "]}"), RSA),
                arguments("JWKS after a byte-order mark", text("\uFEFF\n {\"keys\":[" + jwk + "]}"), RSA),
                arguments(
                        "JWKS as Base64",
                        text(Base64.getEncoder().encodeToString(text("{\"keys\":[" + jwk + "]}"))),
                        RSA));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("understood")
    void aPublicKeyIsUnderstood(String what, byte[] content, KeyPair expected) {
        KeySet keys = KeyFile.read(content, USUAL);

        assertEquals(
                List.of(expected.getPublic()),
                keys.keys().stream().map(KeySet.VerificationKey::key).toList());
    }

    @Test
    void aCertificateIsUnderstood() throws Exception {
        byte[] pem = Files.readAllBytes(TestCertificate.forName("ip:127.0.0.1").pemFile());

        KeySet keys = KeyFile.read(pem, Set.of(SignatureAlgorithm.ES256, SignatureAlgorithm.ES384));

        assertEquals("EC", keys.keys().get(0).key().getAlgorithm());
    }

    @Test
    void anEdwardsKeyIsUnderstoodIfItsAlgorithmIsAccepted() {
        KeySet keys = KeyFile.read(text(pem("PUBLIC KEY", ED.getPublic())), Set.of(SignatureAlgorithm.EDDSA));

        assertEquals(ED.getPublic(), keys.keys().get(0).key());
    }

    static Stream<Arguments> faults() throws Exception {
        String pem = pem("PUBLIC KEY", RSA.getPublic());
        byte[] pkcs1 = Arrays.copyOfRange(
                RSA.getPublic().getEncoded(), 24, RSA.getPublic().getEncoded().length);
        String privatePart = "holds a private key, which belongs to the issuer alone; 'openssl pkey -in <file> -pubout'"
                + " writes the public one";
        String fromPkcs1 =
                "holds a key in the format PKCS#1; 'openssl rsa -RSAPublicKey_in -in <file> -pubout' writes it"
                        + " as 'PUBLIC KEY'";
        String ssh = "holds a key in OpenSSH's format; 'ssh-keygen -e -m PKCS8 -f <file>' writes it as PEM";
        String neither = "holds neither a public key (RSA, EC, EdDSA) nor a certificate";
        String cut = "holds a key or a certificate that is cut";
        String otherType = "holds a key of type %s; needed is one of type RSA, EC or EdDSA";
        // An RSA key in PKCS#8 is one in PKCS#1 after 26 bytes.
        byte[] pkcs1Private = Arrays.copyOfRange(
                RSA.getPrivate().getEncoded(), 26, RSA.getPrivate().getEncoded().length);
        return Stream.of(
                arguments("nothing", text(""), "is empty"),
                arguments("white space", text(" \n\t\n"), "is empty"),
                arguments("a byte-order mark", text("\uFEFF"), "is empty"),
                arguments("garbage", text("§$%&/()="), "holds no key: neither PEM nor DER nor a JWKS"),
                arguments(
                        "bytes", new byte[] {1, 2, 3, (byte) 0xFE, 0}, "holds no key: neither PEM nor DER nor a JWKS"),
                arguments("HTML", text("\n<!DOCTYPE html><html>404</html>"), "holds a web page, not a key"),
                arguments("HTML in capitals", text("<HTML>404</HTML>"), "holds a web page, not a key"),
                arguments("a private key", text(pem("PRIVATE KEY", RSA.getPrivate())), privatePart),
                arguments("an RSA private key", text(pem("RSA PRIVATE KEY", RSA.getPrivate())), privatePart),
                arguments("an encrypted key", text(pem("ENCRYPTED PRIVATE KEY", RSA.getPrivate())), privatePart),
                arguments("an OpenSSH private key", text(pem("OPENSSH PRIVATE KEY", RSA.getPrivate())), privatePart),
                arguments("both keys", text(pem + pem("PRIVATE KEY", RSA.getPrivate())), privatePart),
                arguments("a private key as DER", RSA.getPrivate().getEncoded(), privatePart),
                arguments(
                        "PKCS#1",
                        text("-----BEGIN RSA PUBLIC KEY-----\nAAAA\n-----END RSA PUBLIC KEY-----\n"),
                        fromPkcs1),
                arguments("PKCS#1 as DER", pkcs1, fromPkcs1),
                arguments("PKCS#1 of 512 bits, whose length takes one byte", base64(PKCS1_512), fromPkcs1),
                arguments("a private key in PKCS#1 as DER", pkcs1Private, privatePart),
                arguments("a cut private key in PKCS#1 as DER", Arrays.copyOf(pkcs1Private, 100), privatePart),
                arguments("a private key in SEC1 as DER", base64(SEC1), privatePart),
                arguments("an Edwards private key as DER", ED.getPrivate().getEncoded(), privatePart),
                arguments("an encrypted private key as DER", base64(ENCRYPTED), privatePart),
                arguments("an encrypted private key as Base64", text(ENCRYPTED), privatePart),
                arguments(
                        "PuTTY",
                        text("PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\n"),
                        "holds a private key in PuTTY's format, which belongs to the issuer alone"),
                arguments(
                        "a key store",
                        keyStore(),
                        "holds a key store (PKCS#12); 'openssl pkcs12 -in <file> -clcerts -nokeys' writes its"
                                + " certificate"),
                arguments(
                        "PKCS#7",
                        CertificateFactory.getInstance("X.509")
                                .generateCertPath(List.of())
                                .getEncoded("PKCS7"),
                        "holds certificates in the format PKCS#7; 'openssl pkcs7 -in <file> -print_certs' writes them as"
                                + " PEM"),
                arguments("RSA-PSS", keys("RSASSA-PSS").getPublic().getEncoded(), otherType.formatted("RSA-PSS")),
                arguments("X25519", text(pem("PUBLIC KEY", keys("X25519").getPublic())), otherType.formatted("X25519")),
                arguments("X448", keys("X448").getPublic().getEncoded(), otherType.formatted("X448")),
                arguments(
                        "EC with explicit parameters",
                        base64(EC_EXPLICIT),
                        "holds an EC key with explicit parameters; needed is one that names its curve: 'openssl ec -pubin"
                                + " -in <file> -param_enc named_curve -pubout'"),
                arguments(
                        "EC of a curve that Java doesn't know",
                        base64(EC_SM2),
                        "holds an EC key of a curve that isn't known; P-256, P-384 and P-521 are"),
                arguments("DER that is no key", new byte[] {0x30, 3, 2, 1, 7}, neither),
                arguments("DER without anything", new byte[] {0x30, 0}, neither),
                arguments("a sequence alone", new byte[] {0x30, (byte) 0x84, 1}, cut),
                arguments(
                        "OpenSSH with options",
                        text("no-pty,command=\"/bin/x y\" ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ alice@host\n"),
                        ssh),
                arguments(
                        "OpenSSH after a comment",
                        text("# keys of alice\n\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA a\n"),
                        ssh),
                arguments("OpenSSH, a security key", text("sk-ssh-ed25519@openssh.com AAAAGnNr a\n"), ssh),
                arguments("OpenSSH, a certificate", text("ssh-rsa-cert-v01@openssh.com AAAAHHNz a\n"), ssh),
                arguments("OpenSSH", text("ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ alice@host\n"), ssh),
                arguments("OpenSSH, Ed25519", text("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA alice@host\n"), ssh),
                arguments("OpenSSH, EC", text("ecdsa-sha2-nistp256 AAAA alice@host\n"), ssh),
                arguments("SSH2", text("---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----\n"), ssh),
                arguments(
                        "a request for a certificate",
                        text("-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n"),
                        "holds certificate request; needed is a public key or a certificate"),
                arguments("two keys", text(pem + pem), "holds 2 PEM blocks; put several keys into a JWKS"),
                arguments(
                        "a cut PEM",
                        text(pem.substring(0, 200)),
                        "holds PEM that is cut: there is no '-----END PUBLIC KEY-----'"),
                arguments(
                        "a PEM without its first line",
                        text(pem.substring(pem.indexOf('\n'))),
                        "holds PEM that is cut: its first line is missing"),
                arguments("a PEM that lost lines", text(pem.replaceFirst("(?s)\n.{65}", "\n")), neither),
                arguments(
                        "a PEM without content",
                        text("-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n"),
                        "holds PEM that is cut or not Base64"),
                arguments("a cut DER", Arrays.copyOf(RSA.getPublic().getEncoded(), 150), cut),
                arguments(
                        "cut Base64",
                        text(Base64.getEncoder()
                                .encodeToString(RSA.getPublic().getEncoded())
                                .substring(0, 80)),
                        cut),
                arguments(
                        "1024 bits",
                        text(pem("PUBLIC KEY", SHORT.getPublic())),
                        "holds an RSA key of 1024 bits; at least 2048 are needed"),
                arguments(
                        "an Edwards key",
                        text(pem("PUBLIC KEY", ED.getPublic())),
                        "holds a key of type EdDSA, which none of the accepted algorithms uses: ES256, RS256"),
                arguments(
                        "another curve",
                        text(pem("PUBLIC KEY", ec("secp384r1").getPublic())),
                        "holds a key of type EC P-384, which none of the accepted algorithms uses: ES256, RS256"),
                arguments("JSON", text("{\"a\":1}"), "is JSON, but has neither 'keys' nor 'kty'"),
                arguments("cut JSON", text("{\"keys\":[{\"kty\":"), "isn't JSON"),
                arguments("no keys", text("{\"keys\":[]}"), "holds no usable key: its list is empty"),
                arguments(
                        "a key that is none", text("{\"keys\":[17]}"), "holds no usable key: a key that can't be read"),
                arguments(
                        "a secret",
                        text("{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}"),
                        "holds no usable key: a secret, which anybody who verifies could sign with"),
                arguments(
                        "a private JWK",
                        text(FakeIssuer.jwk("a", RSA).replace("\"kty\"", "\"d\":\"AAAA\",\"kty\"")),
                        "holds no usable key: a private key, which belongs to the issuer alone"),
                arguments(
                        "keys for other things",
                        text("{\"keys\":[" + FakeIssuer.jwk("a", RSA).replace("sig", "enc") + ","
                                + FakeIssuer.jwk("b", RSA).replace("\"use\":\"sig\"", "\"key_ops\":[\"encrypt\"]")
                                + "]}"),
                        "holds no usable key: a key for encryption; a key that isn't for verifying"),
                arguments(
                        "a key for another algorithm",
                        text(FakeIssuer.jwk("a", RSA).replace("RS256", "PS512")),
                        "holds no usable key: a key of type RSA for PS512, which none of the accepted algorithms uses:"
                                + " ES256, RS256"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void whatIsNoUsableKeyIsRefusedByItsName(String what, byte[] content, String expected) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> KeyFile.read(content, USUAL));

        assertEquals(expected, e.getMessage());
    }

    @Test
    void anEcKeyIsRefusedIfOnlyRsaIsAccepted() {
        byte[] content = text(pem("PUBLIC KEY", EC.getPublic()));

        Exception e = assertThrows(
                IllegalArgumentException.class, () -> KeyFile.read(content, Set.of(SignatureAlgorithm.RS256)));

        assertEquals("holds a key of type EC P-256, which none of the accepted algorithms uses: RS256", e.getMessage());
    }

    private static String pem(String kind, Key key) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded()) + "\n-----END " + kind
                + "-----\n";
    }

    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text);
    }

    private static byte[] keyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        store.store(written, "secret".toCharArray());
        return written.toByteArray();
    }

    private static byte[] text(String text) {
        return bytes(text, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text, Charset charset) {
        return text.getBytes(charset);
    }

    private static KeyPair ec(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
