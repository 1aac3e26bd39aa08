package org.liverecordings.api.signin.basic;

import java.time.Duration;
import java.util.Set;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.BasicAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.liverecordings.metrics.SignInMeters;

/**
 * HTTP Basic, if it is on. Quarkus's own is switched at build time, this at run time; the parsing of the header is Quarkus's.
 */
@Startup
@ApplicationScoped
public class BasicSignIn
        implements HttpAuthenticationMechanism, IdentityProvider<UsernamePasswordAuthenticationRequest> {

    /** What the challenges call us. */
    public static final String REALM = "live-recordings";

    /**
     * The request's attribute with the client's address, null if it is unknown: that which a trusted proxy forwarded, else the peer's.
     * Whoever takes requests in puts it there, before anybody signs in.
     */
    public static final String CLIENT_ADDRESS = BasicSignIn.class.getName() + ".clientAddress";

    private static final String TRIED_USER = BasicSignIn.class.getName() + ".user";

    private final BasicAuthenticationMechanism header = new BasicAuthenticationMechanism(REALM, false);
    private final UsersFile file;
    private final PasswordSignIn passwords;
    private final SignInMeters meters;
    private final Vertx vertx;
    private long timer = -1;

    /**
     * @throws ConfigurationException if a setting is out of bounds, or the users file can't be read or makes no sense
     */
    BasicSignIn(BasicConfig config, SignInMeters meters, Vertx vertx) {
        this.meters = meters;
        this.vertx = vertx;
        try {
            checkDelays(config.failures());
            this.file = config.usersFile().map(UsersFile::new).orElse(null);
        } catch (IllegalArgumentException e) {
            // Without its cause: the framework would print a stack trace that hides the message.
            throw new ConfigurationException(e.getMessage());
        }
        this.passwords = new PasswordSignIn(
                () -> file.current(),
                new FailedSignIns(config.failures(), System::nanoTime),
                new PasswordChecks(config.checks() == 0 ? PasswordChecks.usual() : config.checks()));
        if (file != null) {
            // It is taken when two looks have found the same.
            timer = vertx.setPeriodic(config.usersRefresh().toMillis() / 2, id -> refresh());
        }
    }

    /** Each is within its own bounds already. */
    static void checkDelays(BasicConfig.Failures failures) {
        if (failures.longestDelay().compareTo(failures.delay()) < 0) {
            throw new IllegalArgumentException(
                    "live-recordings.basic.failures.longest-delay: " + failures.longestDelay()
                            + " is shorter than live-recordings.basic.failures.delay: " + failures.delay());
        }
    }

    private void refresh() {
        vertx.executeBlocking(
                () -> {
                    file.refresh();
                    return null;
                },
                false);
    }

    @PreDestroy
    void end() {
        vertx.cancelTimer(timer);
        passwords.close();
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager providers) {
        return file != null
                ? header.authenticate(request, providers)
                : Uni.createFrom().nullItem();
    }

    /** {@code RequestIntake} writes the challenges of all ways to sign in. */
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Uni.createFrom().nullItem();
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return header.getCredentialTypes();
    }

    @Override
    public Class<UsernamePasswordAuthenticationRequest> getRequestType() {
        return UsernamePasswordAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            UsernamePasswordAuthenticationRequest request, AuthenticationRequestContext context) {
        RoutingContext http = HttpSecurityUtils.getRoutingContextAttribute(request);
        http.put(TRIED_USER, request.getUsername());
        String address = http.get(CLIENT_ADDRESS);
        Credentials credentials = new Credentials(
                request.getUsername(), new String(request.getPassword().getPassword()), String.valueOf(address));
        return Uni.createFrom().emitter(emitter -> {
            Context here = Vertx.currentContext();
            passwords.check(
                    credentials,
                    outcome -> onContext(here, () -> {
                        if (outcome.caller() != null) {
                            meters.acceptedPassword();
                            emitter.complete(outcome.caller());
                        } else {
                            if (!outcome.retryAfter().isZero()) {
                                http.response().putHeader(HttpHeaders.RETRY_AFTER, seconds(outcome.retryAfter()));
                            }
                            emitter.fail(outcome.refusal());
                        }
                    }));
        });
    }

    /** A request goes on where it was, not where passwords are checked. */
    private static void onContext(Context context, Runnable answer) {
        if (context == null || context == Vertx.currentContext()) {
            answer.run();
        } else {
            context.runOnContext(go -> answer.run());
        }
    }

    /** Rounded up: who comes at that time is not to be refused once more. */
    private static String seconds(Duration duration) {
        return Long.toString(duration.plusMillis(999).toSeconds());
    }

    /** The name of the user whom the request claims to come from; null if it didn't come to that. */
    public static String triedUser(RoutingContext request) {
        return request.get(TRIED_USER);
    }
}
