package org.liverecordings.api.signin.bearer;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.eclipse.microprofile.config.Config;
import org.liverecordings.api.signin.keys.Algorithms;
import org.liverecordings.api.signin.keys.FetchedKeys;
import org.liverecordings.api.signin.keys.IssuerKeys;
import org.liverecordings.api.signin.keys.KeyFetcher;
import org.liverecordings.api.signin.keys.KeySet;
import org.liverecordings.metrics.SignInMeters;
import org.liverecordings.settings.NamedTls;
import org.liverecordings.settings.Shown;

/**
 * The identity providers that the settings name. Refuses to start without any: the framework would start and answer every token
 * with 401. In dev and test the framework makes keys on the fly.
 */
@ApplicationScoped
class Issuers {

    private static final String CLOCK_SKEW = "mp.jwt.verify.clock.skew";
    /** SmallRye JWT's own setting for it. */
    private static final String AUTHORITIES = "smallrye.jwt.client.tls.certificate.path";

    private final Config config;
    private final SignInConfig settings;
    private final Vertx vertx;
    private final SignInMeters meters;
    private final KeyFetcher fetcher;
    private final List<FetchedKeys> fetched = new ArrayList<>();
    private final TokenVerifier verifier;

    /**
     * @throws ConfigurationException if a setting is missing or makes no sense, or a key file can't be used; the message names the
     *     setting
     */
    Issuers(
            Config config,
            SignInConfig settings,
            Vertx vertx,
            TlsConfigurationRegistry tls,
            SignInMeters meters,
            Instance<JWTAuthContextInfo> framework) {
        this.config = config;
        this.settings = settings;
        this.vertx = vertx;
        this.meters = meters;
        try {
            checkKeyTimes(settings);
            this.fetcher = new KeyFetcher(
                    vertx,
                    NamedTls.of(tls, "live-recordings.sign-in", settings.tlsConfigurationName()),
                    config.getOptionalValue(AUTHORITIES, String.class),
                    settings.allowHttp());
            Map<String, Issuer> issuers = issuers();
            TokenRules rules = TokenRules.read(config);
            long graceMillis = Duration.ofSeconds(
                            config.getOptionalValue(CLOCK_SKEW, Integer.class).orElse(0))
                    .toMillis();
            this.verifier = new TokenVerifier(
                    issuers,
                    common(framework.get()),
                    graceMillis,
                    rules,
                    new VerifiedTokens(settings.tokenCache(), meters, System::currentTimeMillis),
                    System::currentTimeMillis);
        } catch (IllegalArgumentException e) {
            // Without its cause: the framework would print a stack trace that hides the message.
            throw new ConfigurationException(e.getMessage());
        }
    }

    /** Each is within its own bounds already. */
    static void checkKeyTimes(SignInConfig settings) {
        if (settings.keysKeep().compareTo(settings.keysRefresh()) < 0) {
            throw new IllegalArgumentException("live-recordings.sign-in.keys-keep: " + settings.keysKeep()
                    + " is shorter than live-recordings.sign-in.keys-refresh: " + settings.keysRefresh());
        }
        if (settings.keysPause().compareTo(settings.keysRefresh()) > 0) {
            throw new IllegalArgumentException("live-recordings.sign-in.keys-pause: " + settings.keysPause()
                    + " is longer than live-recordings.sign-in.keys-refresh: " + settings.keysRefresh());
        }
    }

    private Map<String, Issuer> issuers() {
        Set<SignatureAlgorithm> algorithms = Set.copyOf(SignInList.ALGORITHMS.read(config, Algorithms::parse));
        Map<String, Issuer> issuers = new LinkedHashMap<>();
        List<String> names = SignInList.ISSUERS.read(config, this::checkedAddress);
        Set<String> distinct = new HashSet<>();
        // Before there are keys of any of them, each of which has a meter.
        names.forEach(name -> checkNew(distinct.add(name), name));
        for (String name : names) {
            issuers.put(name, new Issuer(name, algorithms, fetched(name, () -> fetcher.discover(name, algorithms))));
        }
        MpJwtIssuer mpJwt = new MpJwtIssuer(config);
        boolean complete = mpJwt.hasKey() && mpJwt.isNamed();
        boolean begun = mpJwt.hasKey() || mpJwt.isNamed() || issuers.isEmpty();
        if (LaunchMode.current() == LaunchMode.NORMAL ? begun : complete) {
            Issuer issuer = mpJwt.read(algorithms, this::remote);
            checkNew(issuers.put(issuer.name(), issuer) == null, issuer.name());
        }
        return issuers;
    }

    private String checkedAddress(String issuer) {
        fetcher.issuer(issuer);
        return issuer;
    }

    private static void checkNew(boolean isNew, String name) {
        if (!isNew) {
            throw new IllegalArgumentException(
                    SignInList.ISSUERS.setting() + ": named twice, and mp.jwt.verify.issuer counts as well: " + name);
        }
    }

    private IssuerKeys remote(String jwks, Set<SignatureAlgorithm> algorithms) {
        URI address = fetcher.address(jwks);
        return fetched(Shown.address(jwks), () -> fetcher.fetch(address, algorithms));
    }

    private IssuerKeys fetched(String name, Supplier<Future<KeySet>> source) {
        FetchedKeys keys = new FetchedKeys(
                name,
                vertx,
                source,
                new FetchedKeys.Pace(settings.keysRefresh(), settings.keysKeep(), settings.keysPause()),
                System::nanoTime);
        meters.keys(name, keys::secondsLeft);
        fetched.add(keys);
        return keys;
    }

    private JWTAuthContextInfo common(JWTAuthContextInfo framework) {
        JWTAuthContextInfo common = new JWTAuthContextInfo(framework);
        common.setPublicKeyContent(null);
        common.setPublicKeyLocation(null);
        // Names and groups are found by our own rules. Told where groups are, the library doesn't mind if they aren't
        // there.
        common.setRequireNamedPrincipal(false);
        common.setGroupsPath("groups");
        List<String> audiences = SignInList.AUDIENCES.read(config, Function.identity());
        if (!audiences.isEmpty()) {
            common.setExpectedAudience(new HashSet<>(audiences));
        }
        return common;
    }

    /** What verifies the tokens of all of them. */
    TokenVerifier verifier() {
        return verifier;
    }

    void start(@Observes StartupEvent event) {
        fetched.forEach(FetchedKeys::start);
    }

    @PreDestroy
    void end() {
        fetched.forEach(FetchedKeys::close);
        fetcher.close();
    }
}
