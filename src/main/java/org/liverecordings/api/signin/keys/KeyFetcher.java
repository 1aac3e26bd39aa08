package org.liverecordings.api.signin.keys;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.liverecordings.settings.Shown;

/**
 * Fetches keys from identity providers. Neither a slow nor a talkative one holds it up: each answer has a few seconds and a size,
 * and redirects aren't followed, since they could lead to another machine or out of TLS.
 */
public final class KeyFetcher {

    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final int MOST_BYTES = 512 * 1024;

    private final Vertx vertx;
    private final HttpClient http;
    private final boolean allowHttp;

    /**
     * Opens no connection yet.
     *
     * @param tls whom to trust; without it, whom the JVM trusts
     * @param authorities a PEM file with those to trust instead
     * @param allowHttp whether plain http will do for other machines, too
     */
    public KeyFetcher(Vertx vertx, Optional<TlsConfiguration> tls, Optional<String> authorities, boolean allowHttp) {
        HttpClientOptions options = new HttpClientOptions();
        tls.ifPresent(configuration -> TlsConfigUtils.configure(options, configuration));
        authorities.ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file)));
        this.vertx = vertx;
        this.allowHttp = allowHttp;
        this.http = vertx.createHttpClient(options.setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                .setSslHandshakeTimeout(CONNECT_TIMEOUT_MILLIS)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeepAlive(false));
    }

    /**
     * Checks an address from which keys may come.
     *
     * @throws IllegalArgumentException if it isn't one, or if whoever is on the way could forge what comes from there; the message
     *     shows nothing of it in which credentials can stand
     */
    public URI address(String text) {
        return KeyAddress.of(text, allowHttp);
    }

    /** As {@link #address}, and by OpenID Connect Discovery 1.0, section 3, without a query: no document could be found below it. */
    public URI issuer(String text) {
        return KeyAddress.ofIssuer(text, allowHttp);
    }

    /** The keys that the issuer's discovery document leads to. */
    public Future<KeySet> discover(String issuer, Set<SignatureAlgorithm> algorithms) {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return get(URI.create(base + "/.well-known/openid-configuration"))
                .map(document -> jwksAddress(issuer, document))
                .compose(address -> fetch(address, algorithms));
    }

    private URI jwksAddress(String issuer, String document) {
        Object named;
        Object address;
        try {
            named = JsonUtil.parseJson(document).get("issuer");
            address = JsonUtil.parseJson(document).get("jwks_uri");
        } catch (JoseException e) {
            throw new IllegalArgumentException("the discovery document isn't JSON", e);
        }
        if (!issuer.equals(named)) {
            throw new IllegalArgumentException("the discovery document names another issuer: " + named);
        }
        if (!(address instanceof String text)) {
            throw new IllegalArgumentException("the discovery document has no jwks_uri");
        }
        return address(text);
    }

    /** The keys of a JWKS. */
    public Future<KeySet> fetch(URI jwks, Set<SignatureAlgorithm> algorithms) {
        return get(jwks).map(body -> {
            try {
                return KeySet.ofJson(body, algorithms);
            } catch (NoUsableKeyException e) {
                throw new NoUsableKeyException(shown(jwks) + " " + e.getMessage());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(shown(jwks) + " " + e.getMessage(), e);
            }
        });
    }

    private Future<String> get(URI address) {
        Promise<String> body = Promise.promise();
        long timer = vertx.setTimer(
                TIMEOUT_MILLIS, id -> body.tryFail(new IOException(shown(address) + " doesn't answer in time")));
        http.request(new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setAbsoluteURI(address.toASCIIString())
                        .putHeader(HttpHeaders.ACCEPT, "application/json"))
                .onFailure(failure -> body.tryFail(failed(address, failure)))
                .onSuccess(request -> exchange(request, address, body));
        return body.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    private static void exchange(HttpClientRequest request, URI address, Promise<String> body) {
        // Whatever ended it, nothing more is wanted of the connection. Without a handler Vert.x would log the reset.
        request.exceptionHandler(failure -> body.tryFail(failed(address, failure)));
        body.future().onComplete(done -> request.reset());
        request.send()
                .onFailure(failure -> body.tryFail(failed(address, failure)))
                .onSuccess(response -> read(response, address, body));
    }

    private static void read(HttpClientResponse response, URI address, Promise<String> body) {
        if (response.statusCode() != 200) {
            body.tryFail(new IOException(shown(address) + " answers " + response.statusCode()
                    + (response.statusCode() / 100 == 3 ? ", and redirects aren't followed" : "")));
            return;
        }
        Buffer content = Buffer.buffer();
        response.exceptionHandler(failure -> body.tryFail(failed(address, failure)));
        response.endHandler(end -> body.tryComplete(content.toString(StandardCharsets.UTF_8)));
        response.handler(chunk -> {
            if (content.length() + chunk.length() > MOST_BYTES) {
                body.tryFail(new IOException(shown(address) + " answers more than " + MOST_BYTES + " bytes"));
            } else {
                content.appendBuffer(chunk);
            }
        });
    }

    private static IOException failed(URI address, Throwable failure) {
        return new IOException(shown(address) + ": " + failure.getMessage(), failure);
    }

    private static String shown(URI address) {
        return Shown.address(address.toString());
    }

    /** Ends what is going on. */
    public void close() {
        http.close();
    }
}
