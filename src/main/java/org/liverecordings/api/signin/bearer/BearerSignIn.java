package org.liverecordings.api.signin.bearer;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.liverecordings.metrics.SignInMeters;

/**
 * Lets in whoever has a token of one of the issuers. It stands in for the framework's own provider, which knows one issuer and
 * fetches keys on threads that requests need; the framework still takes the token out of the request.
 */
@ApplicationScoped
class BearerSignIn implements IdentityProvider<TokenAuthenticationRequest> {

    private final TokenVerifier verifier;
    private final SignInMeters meters;

    BearerSignIn(Issuers issuers, SignInMeters meters) {
        this.verifier = issuers.verifier();
        this.meters = meters;
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        return Uni.createFrom().emitter(emitter -> {
            Future<SecurityIdentity> verifying =
                    verifier.verify(request.getToken().getToken());
            Context here = verifying.isComplete() ? null : Vertx.currentContext();
            verifying.onComplete(done -> {
                if (done.succeeded()) {
                    meters.acceptedToken();
                }
                Runnable answer =
                        done.succeeded() ? () -> emitter.complete(done.result()) : () -> emitter.fail(done.cause());
                if (here == null) {
                    answer.run();
                } else {
                    // A request goes on where it was, not where keys are fetched.
                    here.runOnContext(go -> answer.run());
                }
            });
        });
    }
}
