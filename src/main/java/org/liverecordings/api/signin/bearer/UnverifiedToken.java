package org.liverecordings.api.signin.bearer;

import io.quarkus.security.AuthenticationFailedException;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.jwx.JsonWebStructure;
import org.liverecordings.api.signin.RefusalCause;
import org.liverecordings.api.signin.Refusals;

/**
 * What a token says about itself before anybody has verified it: good for choosing the key that verifies it, and for refusing it.
 *
 * @param issuer null if it names none
 * @param algorithm null if it names none
 * @param keyId null if it names none
 * @param expires in milliseconds since 1970; the end of time if it names none, or none that is a number
 */
record UnverifiedToken(String issuer, String algorithm, String keyId, long expires) {

    private static final JwtConsumer READER = new JwtConsumerBuilder()
            .setSkipSignatureVerification()
            .setDisableRequireSignature()
            .setSkipAllValidators()
            .build();

    /**
     * Reads a token.
     *
     * @throws AuthenticationFailedException if it isn't one
     */
    static UnverifiedToken read(String token) {
        try {
            JwtContext context = READER.process(token);
            JsonWebStructure signed = context.getJoseObjects().get(0);
            return new UnverifiedToken(
                    context.getJwtClaims().getIssuer(),
                    signed.getAlgorithmHeaderValue(),
                    signed.getKeyIdHeaderValue(),
                    expires(context.getJwtClaims()));
        } catch (MalformedClaimException e) {
            throw Refusals.because(RefusalCause.ODD_CLAIMS);
        } catch (InvalidJwtException | RuntimeException e) {
            throw Refusals.because(RefusalCause.UNACCEPTABLE);
        }
    }

    private static long expires(JwtClaims claims) {
        try {
            NumericDate expires = claims.getExpirationTime();
            return expires == null ? Long.MAX_VALUE : expires.getValueInMillis();
        } catch (MalformedClaimException e) {
            return Long.MAX_VALUE;
        }
    }
}
