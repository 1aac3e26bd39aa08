package org.liverecordings.api.signin.bearer;

import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTTokenParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import io.vertx.core.Future;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.liverecordings.api.signin.CallRecordingLevel;
import org.liverecordings.api.signin.RefusalCause;
import org.liverecordings.api.signin.Refusals;
import org.liverecordings.api.signin.SignInExpiry;
import org.liverecordings.api.signin.keys.KeySet;

/** Finds out whose a token is: with the keys of the issuer that it names, and nothing else that it names. */
final class TokenVerifier {

    private static final Map<Integer, RefusalCause> CAUSES = Map.of(
            ErrorCodes.EXPIRED, RefusalCause.EXPIRED,
            ErrorCodes.EXPIRATION_MISSING, RefusalCause.EXPIRY_MISSING,
            ErrorCodes.ISSUED_AT_MISSING, RefusalCause.ISSUED_AT_MISSING,
            ErrorCodes.NOT_YET_VALID, RefusalCause.NOT_YET_VALID,
            ErrorCodes.SIGNATURE_INVALID, RefusalCause.WRONG_SIGNATURE,
            ErrorCodes.AUDIENCE_MISSING, RefusalCause.AUDIENCE_MISSING,
            ErrorCodes.AUDIENCE_INVALID, RefusalCause.FOREIGN_AUDIENCE,
            ErrorCodes.MALFORMED_CLAIM, RefusalCause.ODD_CLAIMS);

    private final Map<String, Issuer> issuers;
    private final JWTAuthContextInfo common;
    private final long graceMillis;
    private final TokenRules rules;
    private final VerifiedTokens verified;
    private final LongSupplier clock;
    private final DefaultJWTTokenParser parser = new DefaultJWTTokenParser();

    /**
     * @param issuers by their names
     * @param common what is asked of the tokens of all issuers: audience, age, required claims
     * @param graceMillis for how long an expired token is accepted still
     * @param clock as {@link System#currentTimeMillis}
     */
    TokenVerifier(
            Map<String, Issuer> issuers,
            JWTAuthContextInfo common,
            long graceMillis,
            TokenRules rules,
            VerifiedTokens verified,
            LongSupplier clock) {
        this.issuers = Map.copyOf(issuers);
        this.common = common;
        this.graceMillis = graceMillis;
        this.rules = rules;
        this.verified = verified;
        this.clock = clock;
    }

    /**
     * Whose the token is.
     *
     * @return ended, unless the token's key must be looked for; fails with {@link AuthenticationFailedException} if the token isn't
     *     accepted
     */
    Future<SecurityIdentity> verify(String token) {
        SecurityIdentity known = verified.find(token);
        if (known != null) {
            return Future.succeededFuture(known);
        }
        try {
            UnverifiedToken unverified = UnverifiedToken.read(token);
            if (unverified.issuer() == null) {
                throw Refusals.because(RefusalCause.ISSUER_MISSING);
            }
            Issuer issuer = issuers.get(unverified.issuer());
            if (issuer == null) {
                throw Refusals.because(RefusalCause.FOREIGN_ISSUER);
            }
            SignatureAlgorithm algorithm = issuer.algorithms().stream()
                    .filter(accepted -> accepted.getAlgorithm().equals(unverified.algorithm()))
                    .findFirst()
                    .orElseThrow(() -> Refusals.because(RefusalCause.UNACCEPTED_ALGORITHM));
            // Before its signature, which takes long: programs go on sending a token that has expired.
            checkExpiry(unverified.expires());
            KeySet keys = issuer.keys().current();
            try {
                return Future.succeededFuture(verify(token, issuer, algorithm, keys, unverified.keyId()));
            } catch (AuthenticationFailedException e) {
                if (!mayBeOfANewKey(e) || keys.names(unverified.keyId(), algorithm)) {
                    throw e;
                }
                return issuer.keys().look().map(found -> {
                    if (found == keys) {
                        throw e;
                    }
                    return verify(token, issuer, algorithm, found, unverified.keyId());
                });
            }
        } catch (AuthenticationFailedException e) {
            return Future.failedFuture(e);
        }
    }

    private static boolean mayBeOfANewKey(AuthenticationFailedException refusal) {
        return Refusals.cause(refusal) == RefusalCause.NO_KEY
                || Refusals.cause(refusal) == RefusalCause.WRONG_SIGNATURE;
    }

    private SecurityIdentity verify(
            String token, Issuer issuer, SignatureAlgorithm algorithm, KeySet keys, String keyId) {
        JwtClaims claims = claims(token, issuer, algorithm, keys.find(keyId, algorithm));
        try {
            long expires = claims.getExpirationTime().getValueInMillis();
            checkExpiry(expires);
            Set<String> groups = rules.groups(claims.getClaimsMap());
            QuarkusSecurityIdentity.Builder signedIn = QuarkusSecurityIdentity.builder()
                    .setPrincipal(new QuarkusPrincipal(rules.name(claims.getClaimsMap())))
                    .addRoles(groups)
                    .addAttribute(SignInExpiry.ATTRIBUTE, expires);
            CallRecordingLevel.giveGroups(rules.managedGroups(claims.getClaimsMap()), signedIn);
            SecurityIdentity caller = signedIn.build();
            verified.add(token, caller, expires, issuer.keys(), keys);
            return caller;
        } catch (MalformedClaimException | IllegalArgumentException e) {
            throw Refusals.because(RefusalCause.ODD_CLAIMS);
        }
    }

    private void checkExpiry(long expires) {
        if (clock.getAsLong() - graceMillis >= expires) {
            throw Refusals.because(RefusalCause.EXPIRED);
        }
    }

    /** By the first of the keys that the token was signed with. */
    private JwtClaims claims(String token, Issuer issuer, SignatureAlgorithm algorithm, List<PublicKey> fitting) {
        AuthenticationFailedException refusal = Refusals.because(RefusalCause.NO_KEY);
        for (PublicKey key : fitting) {
            try {
                return claims(token, issuer, algorithm, key);
            } catch (AuthenticationFailedException e) {
                refusal = e;
                if (Refusals.cause(e) != RefusalCause.WRONG_SIGNATURE) {
                    break;
                }
            }
        }
        throw refusal;
    }

    private JwtClaims claims(String token, Issuer issuer, SignatureAlgorithm algorithm, PublicKey key) {
        JWTAuthContextInfo context = new JWTAuthContextInfo(common);
        context.setPublicVerificationKey(key);
        context.setSignatureAlgorithm(Set.of(algorithm));
        context.setIssuedBy(issuer.name());
        try {
            return parser.parse(token, context).getJwtClaims();
        } catch (ParseException e) {
            throw Refusals.because(cause(e));
        } catch (RuntimeException e) {
            // The library casts claims to what they should be.
            throw Refusals.because(RefusalCause.ODD_CLAIMS);
        }
    }

    /** The words are ours because the library's messages quote the token. */
    private static RefusalCause cause(ParseException failure) {
        return failure.getCause() instanceof InvalidJwtException invalid
                ? invalid.getErrorDetails().stream()
                        .map(detail -> CAUSES.getOrDefault(detail.getErrorCode(), RefusalCause.UNACCEPTABLE))
                        .findFirst()
                        .orElse(RefusalCause.UNACCEPTABLE)
                : RefusalCause.UNACCEPTABLE;
    }
}
