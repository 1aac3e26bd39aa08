package org.liverecordings.api.signin.bearer;

import java.util.Set;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import org.liverecordings.api.signin.keys.IssuerKeys;

/**
 * An identity provider whose tokens are accepted.
 *
 * @param name exactly as tokens name it
 * @param algorithms the accepted ones
 * @param keys its own, which verify no other's tokens
 */
record Issuer(String name, Set<SignatureAlgorithm> algorithms, IssuerKeys keys) {}
