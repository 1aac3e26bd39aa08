package org.liverecordings.api.signin;

/** All that the log can name as a cause. What each means to an operator, docs/signing-in.md says. */
public enum RefusalCause {
    /** The token names no issuer. */
    ISSUER_MISSING,
    /** The token names none of the issuers. */
    FOREIGN_ISSUER,
    /** The token's algorithm isn't among those of its issuer. */
    UNACCEPTED_ALGORITHM,
    /** The token's key isn't known. */
    NO_KEY,
    /** The token wasn't signed with the key that it names. */
    WRONG_SIGNATURE,
    /** The token's time is over. */
    EXPIRED,
    /** The token doesn't say when its time is over. */
    EXPIRY_MISSING,
    /** The token doesn't say when it was issued. */
    ISSUED_AT_MISSING,
    /** The token's time hasn't come. */
    NOT_YET_VALID,
    /** The token names no audience. */
    AUDIENCE_MISSING,
    /** The token names none of the audiences. */
    FOREIGN_AUDIENCE,
    /** The token has no name, or a claim of another type than it should have. */
    ODD_CLAIMS,
    /** Anything else that is wrong with a token. */
    UNACCEPTABLE,
    /** There is no such user, or the password is another. */
    WRONG_USER_OR_PASSWORD,
    /** After failures, whoever it is must wait. */
    TOO_MANY_FAILURES,
    /** More passwords are to be checked than can be for now. */
    TOO_MANY_CHECKS,
    /** The password couldn't be checked. */
    FAILED_CHECK,
    /** The header isn't what HTTP Basic asks for. */
    MALFORMED,
    /** The header is for HTTP Basic, which is off. */
    SWITCHED_OFF,
    /** The header is for no way to sign in that there is here. */
    UNKNOWN_SCHEME,
    /** The request has several headers with credentials. */
    SEVERAL_AUTHORIZATION_HEADERS
}
