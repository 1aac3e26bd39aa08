package org.liverecordings.api;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.BasicAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/**
 * HTTP Basic, if it is on. Quarkus's own is switched at build time, this at run time; the parsing of the header is Quarkus's.
 */
@Startup
@ApplicationScoped
class BasicSignIn implements HttpAuthenticationMechanism, IdentityProvider<UsernamePasswordAuthenticationRequest> {

    static final String REALM = "live-recordings";

    private static final String TRIED_USER = BasicSignIn.class.getName() + ".user";

    private final BasicAuthenticationMechanism header = new BasicAuthenticationMechanism(REALM, false);
    private final Optional<BasicUsers> users;

    /**
     * @throws ConfigurationException if the users file can't be read or makes no sense
     */
    BasicSignIn(BasicConfig config) {
        try {
            this.users = config.usersFile().map(BasicUsers::read);
        } catch (IllegalArgumentException e) {
            // Without its cause: the framework would print a stack trace that hides the message.
            throw new ConfigurationException(e.getMessage());
        }
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager providers) {
        return users.isPresent()
                ? header.authenticate(request, providers)
                : Uni.createFrom().nullItem();
    }

    /** {@link RequestIntake} writes the challenges of all ways to sign in. */
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
        HttpSecurityUtils.getRoutingContextAttribute(request).put(TRIED_USER, request.getUsername());
        return context.runBlocking(() -> verify(request));
    }

    /** The name of the user whom the request claims to come from; null if it didn't come to that. */
    static String triedUser(RoutingContext request) {
        return request.get(TRIED_USER);
    }

    private SecurityIdentity verify(UsernamePasswordAuthenticationRequest request) {
        String name = request.getUsername();
        OptionalInt level = users.map(known ->
                        known.level(name, new String(request.getPassword().getPassword())))
                .orElse(OptionalInt.empty());
        if (level.isEmpty()) {
            throw new AuthenticationFailedException("wrong user name or password");
        }
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(name))
                .addRole(CallRecordingLevel.group(level.getAsInt()))
                .build();
    }
}
