package org.liverecordings.api;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.runtime.Startup;
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
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;
import org.liverecordings.log.LogText;

/**
 * HTTP Basic, if it is on. Quarkus's own is switched at build time, this at run time; the parsing of the header is Quarkus's.
 */
@Startup
@ApplicationScoped
class BasicSignIn implements HttpAuthenticationMechanism, IdentityProvider<UsernamePasswordAuthenticationRequest> {

    static final String REALM = "live-recordings";

    private static final Logger LOG = Logger.getLogger(BasicSignIn.class);

    private final BasicAuthenticationMechanism header = new BasicAuthenticationMechanism(REALM, false);
    private final Optional<BasicUsers> users;

    BasicSignIn(BasicConfig config) {
        this.users = config.usersFile().map(BasicUsers::read);
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
        return context.runBlocking(() -> verify(request));
    }

    private SecurityIdentity verify(UsernamePasswordAuthenticationRequest request) {
        String name = request.getUsername();
        OptionalInt level = users.map(known ->
                        known.level(name, new String(request.getPassword().getPassword())))
                .orElse(OptionalInt.empty());
        if (level.isEmpty()) {
            LOG.warnf("sign-in failed way=basic user=%s", LogText.quote(name));
            throw new AuthenticationFailedException("wrong user name or password");
        }
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(name))
                .addRole(CallRecordingLevel.group(level.getAsInt()))
                .build();
    }
}
