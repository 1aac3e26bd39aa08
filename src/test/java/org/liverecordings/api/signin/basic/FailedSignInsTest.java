package org.liverecordings.api.signin.basic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.support.Settings;

class FailedSignInsTest {

    private static final String HOME = "10.0.0.1";
    private static final String EVIL = "192.0.2.7";

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final FailedSignIns failures = new FailedSignIns(
            Settings.of(
                            BasicConfig.class,
                            Map.of(
                                    "live-recordings.basic.failures.per-name", "3",
                                    "live-recordings.basic.failures.per-address", "6",
                                    "live-recordings.basic.failures.delay", "1s",
                                    "live-recordings.basic.failures.longest-delay", "1m"))
                    .failures(),
            nanoTime::get);

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "2, 0", "3, 1", "4, 2", "5, 4", "6, 8", "8, 32", "9, 60", "100, 60"})
    void eachFurtherFailureDoublesTheDelayUpToTheLongest(int failed, int seconds) {
        fail("alice", HOME, failed);

        Duration delay = failures.delay("alice", HOME);

        assertEquals(Duration.ofSeconds(seconds), delay);
    }

    @Test
    void theDelayPasses() {
        fail("alice", HOME, 4);
        pass(Duration.ofMillis(1999));
        assertEquals(Duration.ofMillis(1), failures.delay("alice", HOME));

        pass(Duration.ofMillis(1));

        assertEquals(Duration.ZERO, failures.delay("alice", HOME));
    }

    @Test
    void aSuccessClearsIt() {
        fail("alice", HOME, 2);
        failures.succeeded("alice", HOME);

        fail("alice", HOME, 2);

        assertEquals(Duration.ZERO, failures.delay("alice", HOME));
    }

    @Test
    void anAddressWaitsWhoeverTheFailuresWereFor() {
        for (int i = 0; i < 6; i++) {
            fail("user" + i, EVIL, 1);
        }

        Duration delay = failures.delay("somebody", EVIL);

        assertEquals(Duration.ofSeconds(1), delay);
    }

    @Test
    void guessingAUsersPasswordDoesNotKeepTheUserOutElsewhere() {
        fail("alice", EVIL, 50);

        Duration delay = failures.delay("alice", HOME);

        assertEquals(Duration.ZERO, delay);
    }

    @Test
    void aUsersNameWaitsAtAnAddressThatGuessedAlreadyWhoeverElseGuesses() {
        fail("alice", HOME, 1);
        fail("alice", EVIL, 2);

        Duration delay = failures.delay("alice", HOME);

        assertEquals(Duration.ofSeconds(1), delay);
    }

    @Test
    void guessingAtAnAddressDoesNotKeepOutUsersWhoSignedInThereBefore() {
        failures.succeeded("alice", HOME);

        for (int i = 0; i < 20; i++) {
            fail("user" + i, HOME, 1);
        }

        assertEquals(Duration.ZERO, failures.delay("alice", HOME));
        assertEquals(Duration.ofMinutes(1), failures.delay("bob", HOME));
    }

    @Test
    void whoSignedInBeforeWaitsForFailuresOfTheirOwn() {
        failures.succeeded("alice", HOME);

        fail("alice", HOME, 3);

        assertEquals(Duration.ofSeconds(1), failures.delay("alice", HOME));
        assertEquals(Duration.ZERO, failures.delay("bob", HOME));
    }

    /** Or whoever has an account could guess at others' for ever. */
    @Test
    void aSuccessDoesNotClearWhatWasTriedForOthers() {
        fail("alice", EVIL, 2);
        fail("bob", EVIL, 2);
        fail("carol", EVIL, 2);

        failures.succeeded("mallory", EVIL);

        assertEquals(Duration.ofSeconds(1), failures.delay("dave", EVIL));
    }

    @Test
    void namesOfAnyLengthAreCounted() {
        String name = "x".repeat(10_000);

        fail(name, HOME, 3);

        assertEquals(Duration.ofSeconds(1), failures.delay(name, HOME));
    }

    @Test
    void aMachineThatTakesANewAddressOfItsNetworkForEachGuessWaitsAsAnyOther() {
        for (int i = 1; i <= 3; i++) {
            fail("alice", "2001:db8:1:2::" + i, 1);
        }

        Duration delay = failures.delay("alice", "2001:db8:1:2:ffff:ffff:ffff:ffff");

        assertEquals(Duration.ofSeconds(1), delay);
    }

    @Test
    void aNetworkWaitsWhoeverTheFailuresWereFor() {
        for (int i = 1; i <= 6; i++) {
            fail("user" + i, "2001:db8:1:2::" + i, 1);
        }

        Duration delay = failures.delay("somebody", "2001:db8:1:2::7");

        assertEquals(Duration.ofSeconds(1), delay);
    }

    @Test
    void whoSignedInFromAnotherAddressOfTheirNetworkIsNotKeptOutByOthersThere() {
        failures.succeeded("alice", "2001:db8:1:2::1");

        fail("bob", "2001:db8:1:2::2", 6);

        assertEquals(Duration.ZERO, failures.delay("alice", "2001:db8:1:2::3"));
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:3::1",
        "192.0.2.7, 192.0.2.8",
        "64:ff9b::c000:207, 64:ff9b::c000:208",
        "null, 2001:db8:1:2::1"
    })
    void othersDoNotWait(String guesser, String other) {
        fail("alice", guesser, 50);

        assertEquals(Duration.ZERO, failures.delay("alice", other));
    }

    private void fail(String name, String address, int times) {
        for (int i = 0; i < times; i++) {
            failures.failed(name, address);
        }
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }
}
