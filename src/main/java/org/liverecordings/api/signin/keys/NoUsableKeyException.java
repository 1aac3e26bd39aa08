package org.liverecordings.api.signin.keys;

/** A JWKS is well-formed, and no key in it can be used. From an issuer that is an answer: it has withdrawn its keys. */
public class NoUsableKeyException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    NoUsableKeyException(String message) {
        super(message);
    }
}
