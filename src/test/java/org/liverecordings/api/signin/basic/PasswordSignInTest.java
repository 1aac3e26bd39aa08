package org.liverecordings.api.signin.basic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.liverecordings.api.signin.Refusals;
import org.liverecordings.support.Latches;
import org.liverecordings.support.Settings;
import org.liverecordings.text.Words;

class PasswordSignInTest {

    private static final String SECRET = "$2a$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW";
    private static final String OTHER = "$2b$04$abcdefghijklmnopqrstuuVZv0IHxpLlvaxgBGRwpzIliOoo8DxLG";

    private final PasswordChecks checks = new PasswordChecks(1);
    private volatile BasicUsers users = users(SECRET);
    private final PasswordSignIn passwords = new PasswordSignIn(
            () -> users,
            new FailedSignIns(
                    Settings.of(BasicConfig.class, Map.of("live-recordings.basic.failures.delay", "1m"))
                            .failures(),
                    System::nanoTime),
            checks);

    @AfterEach
    void end() {
        passwords.close();
    }

    @Test
    void aRightPasswordLetsIn() {
        String outcome = check("judy", "secret", "home");

        assertEquals("judy [call-recording-lv10]", outcome);
    }

    @Test
    void aWrongPasswordIsRefused() {
        String outcome = check("judy", "other", "home");

        assertEquals("wrong-user-or-password", outcome);
    }

    @Test
    void afterFiveFailuresNothingIsCheckedForAWhile() {
        for (int i = 0; i < 5; i++) {
            check("judy", "guess" + i, "evil");
        }

        String outcome = check("judy", "secret", "evil");

        assertEquals("too-many-failures after 60 s", outcome);
    }

    @Test
    void theFailureThatIsOneTooManySaysHowLongToWait() {
        for (int i = 0; i < 4; i++) {
            check("judy", "guess" + i, "evil");
        }

        String outcome = check("judy", "guess", "evil");

        assertEquals("wrong-user-or-password after 60 s", outcome);
    }

    @Test
    void whoeverSignedInAMomentAgoIsNotKeptOutByOthersGuesses() {
        check("judy", "secret", "home");
        for (int i = 0; i < 20; i++) {
            check("judy", "guess" + i, "home");
        }

        String outcome = check("judy", "secret", "home");

        assertEquals("judy [call-recording-lv10]", outcome);
    }

    @Test
    void aChangedPasswordCountsAtOnce() {
        check("judy", "secret", "home");

        users = users(OTHER);

        assertEquals("wrong-user-or-password", check("judy", "secret", "home"));
        assertEquals("judy [call-recording-lv10]", check("judy", "pass:wörd€", "home"));
    }

    @Test
    void aUserWhoIsRemovedIsOutAtOnce() {
        check("judy", "secret", "home");

        users = BasicUsers.parse(Path.of("users"), "kim:" + OTHER + ":10");

        assertEquals("wrong-user-or-password", check("judy", "secret", "home"));
    }

    @Test
    void whatCannotWaitIsRefusedAtOnceAndWhatWaitedTooLongIsNotChecked() throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        checks.submit(() -> Latches.await(held), () -> {});
        List<CompletableFuture<PasswordSignIn.Outcome>> waiting = new ArrayList<>();
        for (int i = 0; i < 65; i++) {
            waiting.add(begin("judy", "secret", "address" + i));
        }
        assertEquals("too-many-checks after 1 s", text(waiting.get(64)));

        TimeUnit.MILLISECONDS.sleep(2100);
        held.countDown();

        assertEquals(
                Collections.nCopies(64, "too-many-checks after 1 s"),
                waiting.subList(0, 64).stream().map(PasswordSignInTest::text).toList());
    }

    @Test
    void guessesThatWaitTogetherCostNoMoreChecksThanOneAfterTheOther() {
        CountDownLatch held = new CountDownLatch(1);
        checks.submit(() -> Latches.await(held), () -> {});
        List<CompletableFuture<PasswordSignIn.Outcome>> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(begin("judy", "guess" + i, "evil"));
        }

        held.countDown();

        long notChecked = waiting.stream()
                .map(PasswordSignInTest::text)
                .filter(outcome -> outcome.startsWith("too-many-failures"))
                .count();
        assertEquals(15, notChecked);
    }

    private CompletableFuture<PasswordSignIn.Outcome> begin(String name, String password, String address) {
        CompletableFuture<PasswordSignIn.Outcome> outcome = new CompletableFuture<>();
        passwords.check(new Credentials(name, password, address), outcome::complete);
        return outcome;
    }

    private String check(String name, String password, String address) {
        return text(begin(name, password, address));
    }

    private static String text(CompletableFuture<PasswordSignIn.Outcome> future) {
        PasswordSignIn.Outcome outcome = future.orTimeout(20, TimeUnit.SECONDS).join();
        if (outcome.caller() != null) {
            return outcome.caller().getPrincipal().getName() + " "
                    + outcome.caller().getRoles();
        }
        Duration wait = outcome.retryAfter();
        return Words.of(Refusals.cause(outcome.refusal()))
                + (wait.isZero() ? "" : " after " + wait.plusMillis(999).toSeconds() + " s");
    }

    private static BasicUsers users(String hash) {
        return BasicUsers.parse(Path.of("users"), "judy:" + hash + ":10");
    }
}
