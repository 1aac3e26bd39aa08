package org.liverecordings.api.signin.keys;

import io.vertx.core.Future;

/** Where one issuer's keys come from. */
public interface IssuerKeys {

    /** What is known now, at once. The same object as long as the keys are the same; {@link KeySet#NONE} if none is known. */
    KeySet current();

    /**
     * Looks for a key that isn't known, as far as that may be done now.
     *
     * @return what is known afterwards, within a second, and at once if there is nothing to wait for; never fails
     */
    Future<KeySet> look();

    /** Keys that never change. */
    static IssuerKeys fixed(KeySet keys) {
        return new IssuerKeys() {
            @Override
            public KeySet current() {
                return keys;
            }

            @Override
            public Future<KeySet> look() {
                return Future.succeededFuture(keys);
            }
        };
    }
}
