package org.liverecordings.api.signin.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.support.FakeIssuer;
import org.liverecordings.support.TestTokens;

class KeyFetcherTest {

    private static final Set<SignatureAlgorithm> RS256 = Set.of(SignatureAlgorithm.RS256);
    private static final KeyPair KEY = TestTokens.otherKeys(0);

    private final Vertx vertx = Vertx.vertx();
    private final FakeIssuer issuer = FakeIssuer.start().publish("a", KEY);
    private final KeyFetcher fetcher = new KeyFetcher(vertx, Optional.empty(), Optional.empty(), false);

    @AfterEach
    void end() {
        issuer.close();
        fetcher.close();
        vertx.close();
    }

    @Test
    void theDiscoveryDocumentLeadsToTheKeys() throws Exception {
        KeySet keys = result(fetcher.discover(issuer.name(), RS256));

        assertEquals(List.of(new KeySet.VerificationKey("a", "RS256", KEY.getPublic())), keys.keys());
    }

    @Test
    void anIssuerMayEndWithASlash() throws Exception {
        issuer.answerDiscovery(
                "{\"issuer\":\"" + issuer.name() + "/\",\"jwks_uri\":\"" + issuer.jwksUri() + "\",\"other\":[]}");

        KeySet keys = result(fetcher.discover(issuer.name() + "/", RS256));

        assertEquals(1, keys.keys().size());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
            {"issuer":"https://idp.example.com","jwks_uri":"{jwks}"}  | the discovery document names another issuer: https://idp.example.com
            {"issuer":"{name}/","jwks_uri":"{jwks}"}                  | the discovery document names another issuer: {name}/
            {"jwks_uri":"{jwks}"}                                     | the discovery document names another issuer: null
            {"issuer":["{name}"],"jwks_uri":"{jwks}"}                 | the discovery document names another issuer: [{name}]
            {"issuer":"{name}"}                                       | the discovery document has no jwks_uri
            {"issuer":"{name}","jwks_uri":17}                         | the discovery document has no jwks_uri
            {"issuer":"{name}","jwks_uri":"file:///etc/keys"}         | not an https address: (not shown, since a secret may be in it)
            {"issuer":"{name}","jwks_uri":"https://u:pw@idp.example.com/k?x=y"} | must not have a user in it: https://idp.example.com/k
            {"issuer":"{name}","jwks_uri":"http://idp.example.com/k"} | plain http to another machine: http://idp.example.com/k; use https, or set live-recordings.sign-in.allow-http=true in a network that you trust
            <html>                                                    | the discovery document isn't JSON
            """)
    void aDiscoveryDocumentThatCannotBeTrustedIsRefused(String document, String expected) {
        issuer.answerDiscovery(filled(document));
        Future<KeySet> discovery = fetcher.discover(issuer.name(), RS256);

        Exception e = assertThrows(ExecutionException.class, () -> result(discovery));

        assertEquals(filled(expected), e.getCause().getMessage());
        assertEquals(0, issuer.fetches());
    }

    @ParameterizedTest
    @CsvSource({
        "404, ''",
        "503, ''",
        "302, ', and redirects aren''t followed'",
        "301, ', and redirects aren''t followed'"
    })
    void anyOtherStatusIsRefused(int status, String more) {
        issuer.answerStatus(status);
        Future<KeySet> fetch = fetcher.fetch(URI.create(issuer.jwksUri()), RS256);

        Exception e = assertThrows(ExecutionException.class, () -> result(fetch));

        assertEquals(
                issuer.jwksUri() + " answers " + status + more, e.getCause().getMessage());
    }

    @Test
    void anAnswerHasALargestSize() {
        issuer.answerJwks(" ".repeat(512 * 1024) + "{}");
        Future<KeySet> fetch = fetcher.fetch(URI.create(issuer.jwksUri()), RS256);

        Exception e = assertThrows(ExecutionException.class, () -> result(fetch));

        assertEquals(
                issuer.jwksUri() + " answers more than 524288 bytes",
                e.getCause().getMessage());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
            {"keys":[]}                          | holds no usable key: its list is empty
            {"keys":[{"kty":"oct","k":"AAAA"}]}  | holds no usable key: a secret, which anybody who verifies could sign with
            {"keys":[{"kty":"XX"},17]}           | holds no usable key: a key that can't be read; a key that can't be read
            """)
    void aJwksWithoutAUsableKeyIsToldFromWhatIsNoJwks(String jwks, String expected) {
        issuer.answerJwks(jwks);
        Future<KeySet> fetch = fetcher.fetch(URI.create(issuer.jwksUri()), RS256);

        Exception e = assertThrows(ExecutionException.class, () -> result(fetch));

        assertEquals(NoUsableKeyException.class, e.getCause().getClass());
        assertEquals(issuer.jwksUri() + " " + expected, e.getCause().getMessage());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
            <html>       | isn't JSON
            {}           | is JSON, but has neither 'keys' nor 'kty'
            {"keys":{}}  | is JSON, but has neither 'keys' nor 'kty'
            """)
    void whatIsNoJwksIsRefused(String answer, String expected) {
        issuer.answerJwks(answer);
        Future<KeySet> fetch = fetcher.fetch(URI.create(issuer.jwksUri()), RS256);

        Exception e = assertThrows(ExecutionException.class, () -> result(fetch));

        assertEquals(IllegalArgumentException.class, e.getCause().getClass());
        assertEquals(issuer.jwksUri() + " " + expected, e.getCause().getMessage());
    }

    @Test
    void anIssuerThatHangsIsGivenUp() {
        issuer.hang();
        Future<KeySet> fetch = fetcher.fetch(URI.create(issuer.jwksUri()), RS256);

        Exception e = assertThrows(ExecutionException.class, () -> result(fetch));

        assertEquals(issuer.jwksUri() + " doesn't answer in time", e.getCause().getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://idp.example.com",
                "https://idp.example.com:8443/realms/telephony",
                "HTTPS://idp.example.com/",
                "http://localhost:8080/x",
                "http://127.0.0.1",
                "http://127.1.2.3:80/",
                "http://[::1]:8080/"
            })
    void anAddressByTlsOrOnThisMachineIsTaken(String address) {
        URI taken = fetcher.address(address);

        assertEquals(URI.create(address), taken);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://idp.example.com/",
                "http://localhost.example.com/",
                "http://127.0.0.1.example.com/",
                "http://10.0.0.1/",
                "http://0.0.0.0/"
            })
    void plainHttpToAnotherMachineTakesASetting(String address) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> fetcher.address(address));

        assertEquals(
                "plain http to another machine: " + address
                        + "; use https, or set live-recordings.sign-in.allow-http=true in a network that you trust",
                e.getMessage());
        assertEquals(
                URI.create(address), new KeyFetcher(vertx, Optional.empty(), Optional.empty(), true).address(address));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            idp.example.com                     | not an https address: idp.example.com
            ftp://idp.example.com/              | not an https address: ftp://idp.example.com/
            https:///realm                      | not an https address: {hidden}
            /realm                              | not an https address: {hidden}
            user:SECRET@idp.example.com         | not an https address: {hidden}
            https://user:SEC RET@idp/x          | not an https address: {hidden}
            https://user:SEC/RET@idp/x          | not an https address: {hidden}
            https://a@idp.example.com/          | must not have a user in it: https://idp.example.com/
            https://a:SECRET@idp.example.com:8443/x?y=SECRET | must not have a user in it: https://idp.example.com:8443/x
            https://idp.example.com:99999/realm | the port must be from 1 to 65535: https://idp.example.com:99999/realm
            https://idp.example.com:0/          | the port must be from 1 to 65535: https://idp.example.com:0/
            https://key_cloak.example.com:8443/ | the name of a host must not have an underscore: {hidden}
            http://key_cloak:8080/realms/a      | the name of a host must not have an underscore: {hidden}
            https://idp.example.com/#SECRET     | must not have a fragment: https://idp.example.com/
            http://idp.example.com/x?y=SECRET   | plain http to another machine: http://idp.example.com/x; use https, or set live-recordings.sign-in.allow-http=true in a network that you trust
            """)
    void whatIsNoAddressIsRefusedWithoutItsSecrets(String address, String expected) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> fetcher.address(address));

        assertEquals(expected.replace("{hidden}", "(not shown, since a secret may be in it)"), e.getMessage());
        assertNull(e.getCause());
    }

    /** OpenID Connect Discovery 1.0, section 3. Keys may be at an address with a query nonetheless. */
    @ParameterizedTest
    @ValueSource(strings = {"?client_secret=SECRET", "?"})
    void anIssuerHasNoQuery(String query) {
        String address = "https://idp.example.com/p" + query;

        Exception e = assertThrows(IllegalArgumentException.class, () -> fetcher.issuer(address));

        assertEquals("an issuer must not have a query: https://idp.example.com/p", e.getMessage());
        assertEquals(URI.create(address), fetcher.address(address));
    }

    @Test
    void whatAnAnswerLacksIsToldWithoutTheQueryOfItsAddress() {
        issuer.answerJwks("{\"keys\":[]}");
        Future<KeySet> fetch = fetcher.fetch(URI.create(issuer.jwksUri() + "?token=SECRET"), RS256);

        Exception e = assertThrows(ExecutionException.class, () -> result(fetch));

        assertEquals(
                issuer.jwksUri() + " holds no usable key: its list is empty",
                e.getCause().getMessage());
    }

    @Test
    void anAddressIsSentInTheCharactersThatOneMayHave() throws Exception {
        // Given
        URI address = fetcher.address(issuer.jwksUri() + "/\u00e4?\u00f6=1");
        // When
        result(fetcher.fetch(address, RS256));
        // Then
        assertEquals("/jwks/%C3%A4?%C3%B6=1", issuer.fetched());
    }

    private String filled(String text) {
        return text.replace("{name}", issuer.name()).replace("{jwks}", issuer.jwksUri());
    }

    private static KeySet result(Future<KeySet> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
