package org.liverecordings.api;

import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.inject.Inject;

import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Refuses a token whose claims make no sense, although it is signed and current. The framework would fail over them, which
 * blames the server for what the token's issuer did.
 */
@Decorator
@Priority(1)
abstract class TokenParser implements JWTParser {

    private final JWTParser parser;

    @Inject
    TokenParser(@Delegate JWTParser parser) {
        this.parser = parser;
    }

    @Override
    public JsonWebToken parse(String text) throws ParseException {
        try {
            JsonWebToken token = parser.parse(text);
            if (token.getName() == null || token.getGroups().contains(null)) {
                throw new ParseException("no name, or a group without one");
            }
            return token;
        } catch (RuntimeException e) {
            throw new ParseException("claims of the wrong type", e);
        }
    }
}
