package org.liverecordings.api.signin.basic;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import org.jboss.logging.Logger;
import org.liverecordings.api.signin.CallRecordingLevel;
import org.liverecordings.api.signin.GivenLevel;
import org.liverecordings.api.signin.RefusalCause;
import org.liverecordings.api.signin.Refusals;

/**
 * Decides whether a password lets in, with as few costly checks as possible: what was right a moment ago is right, whoever failed too
 * often waits, and only then is a password checked, beside the threads that answer requests.
 */
final class PasswordSignIn implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(PasswordSignIn.class);
    private static final Duration BUSY = Duration.ofSeconds(1);

    private final RememberedPasswords remembered = new RememberedPasswords();
    private final Supplier<BasicUsers> users;
    private final FailedSignIns failures;
    private final PasswordChecks checks;

    /**
     * @param users as they are now
     */
    PasswordSignIn(Supplier<BasicUsers> users, FailedSignIns failures, PasswordChecks checks) {
        this.users = users;
        this.failures = failures;
        this.checks = checks;
    }

    /**
     * What became of it.
     *
     * @param caller null if refused
     * @param refusal null if let in
     * @param retryAfter zero if it makes no sense to come again
     */
    record Outcome(SecurityIdentity caller, AuthenticationFailedException refusal, Duration retryAfter) {

        private static Outcome refused(RefusalCause cause, Duration retryAfter) {
            return new Outcome(null, Refusals.because(cause), retryAfter);
        }
    }

    /** Calls back with the outcome: at once, or later on another thread. */
    void check(Credentials credentials, Consumer<Outcome> callback) {
        Outcome known = withoutCheck(credentials);
        if (known != null) {
            callback.accept(known);
            return;
        }
        checks.submit(
                () -> callback.accept(afterWaiting(credentials)),
                () -> callback.accept(Outcome.refused(RefusalCause.TOO_MANY_CHECKS, BUSY)));
    }

    /** Others with the same password, or with wrong ones from the same address, may have been before it. */
    private Outcome afterWaiting(Credentials credentials) {
        try {
            Outcome known = withoutCheck(credentials);
            return known == null ? checked(credentials) : known;
        } catch (RuntimeException e) {
            LOG.error("a password couldn't be checked", e);
            return Outcome.refused(RefusalCause.FAILED_CHECK, BUSY);
        }
    }

    private Outcome withoutCheck(Credentials credentials) {
        BasicUsers known = users.get();
        if (remembered.knows(known, credentials.name(), credentials.password())) {
            failures.succeeded(credentials.name(), credentials.address());
            return letIn(known, credentials.name());
        }
        Duration delay = failures.delay(credentials.name(), credentials.address());
        return delay.isZero() ? null : Outcome.refused(RefusalCause.TOO_MANY_FAILURES, delay);
    }

    private Outcome checked(Credentials credentials) {
        BasicUsers known = users.get();
        String name = credentials.name();
        if (!known.matches(name, credentials.password())) {
            failures.failed(name, credentials.address());
            return Outcome.refused(RefusalCause.WRONG_USER_OR_PASSWORD, failures.delay(name, credentials.address()));
        }
        failures.succeeded(name, credentials.address());
        remembered.add(known, name, credentials.password());
        return letIn(known, name);
    }

    private static Outcome letIn(BasicUsers users, String name) {
        GivenLevel level = users.level(name).orElseThrow();
        QuarkusSecurityIdentity.Builder caller = QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(name))
                .addRole(CallRecordingLevel.group(level.level()));
        CallRecordingLevel.giveGroups(level.managedGroups(), caller);
        return new Outcome(caller.build(), null, Duration.ZERO);
    }

    @Override
    public void close() {
        checks.close();
    }
}
