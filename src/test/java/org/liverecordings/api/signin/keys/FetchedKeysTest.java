package org.liverecordings.api.signin.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.liverecordings.support.LogLines;
import org.liverecordings.support.TestTokens;

class FetchedKeysTest {

    private static final Duration HANG = Duration.ofSeconds(20);
    private static final KeySet FIRST = keySet(0);
    private static final KeySet SECOND = keySet(1);

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<Promise<KeySet>> fetches = new LinkedBlockingQueue<>();
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private FetchedKeys keys =
            keys(new FetchedKeys.Pace(Duration.ofHours(1), Duration.ofMinutes(90), Duration.ofMinutes(30)));

    private FetchedKeys keys(FetchedKeys.Pace pace) {
        return new FetchedKeys(
                "https://idp.example.com",
                vertx,
                () -> {
                    Promise<KeySet> fetch = Promise.promise();
                    fetches.add(fetch);
                    return fetch.future();
                },
                pace,
                nanoTime::get);
    }

    @AfterEach
    void end() {
        keys.close();
        vertx.close();
    }

    @Test
    void beforeTheFirstFetchHasEndedNoKeyIsKnown() throws Exception {
        keys.start();
        fetch();

        KeySet known = keys.current();

        assertSame(KeySet.NONE, known);
    }

    @Test
    void whatWasFetchedIsKnown() throws Exception {
        start(FIRST);

        KeySet known = keys.current();

        assertSame(FIRST, known);
    }

    @Test
    void howLongTheyAreGoodIsKnownUntilTheyAreForgotten() throws Exception {
        double before = keys.secondsLeft();
        start(FIRST);
        double fetched = keys.secondsLeft();
        pass(Duration.ofMinutes(80));
        double later = keys.secondsLeft();
        pass(Duration.ofMinutes(11));
        double forgotten = keys.secondsLeft();

        assertEquals(List.of(0.0, 5400.0, 600.0, 0.0), List.of(before, fetched, later, forgotten));
    }

    @Test
    void whoeverLooksWhileItIsFetchedWaitsForIt() throws Exception {
        keys.start();
        Promise<KeySet> fetch = fetch();
        Future<KeySet> looking = keys.look();

        fetch.complete(FIRST);

        assertSame(FIRST, result(looking));
    }

    @Test
    void whoeverLooksWaitsForASecondAtMost() throws Exception {
        keys.start();
        fetch();

        Future<KeySet> looking = keys.look();

        assertSame(KeySet.NONE, result(looking));
    }

    @Test
    void thereIsOneFetchAtATime() throws Exception {
        keys.start();
        fetch();
        keys.look();
        pass(Duration.ofMinutes(31));

        keys.look();
        keys.start();

        assertEquals(List.of(), notYetBegun());
    }

    @Test
    void theFirstLookAfterAQuietWhileFetchesAtOnce() throws Exception {
        start(FIRST);
        Future<KeySet> looking = keys.look();

        fetch().complete(SECOND);

        assertSame(SECOND, result(looking));
        assertSame(SECOND, keys.current());
    }

    @Test
    void theNextLookDoesNotFetchAndDoesNotWait() throws Exception {
        start(FIRST);
        look(FIRST);
        pass(Duration.ofMinutes(29));

        Future<KeySet> looking = keys.look();

        assertTrue(looking.isComplete());
        assertSame(FIRST, looking.result());
        assertEquals(List.of(), notYetBegun());
    }

    @Test
    void afterThePauseALookFetchesAgain() throws Exception {
        start(FIRST);
        look(FIRST);
        pass(Duration.ofMinutes(31));

        Future<KeySet> looking = keys.look();

        fetch().complete(SECOND);
        assertSame(SECOND, result(looking));
    }

    @Test
    void onlySixteenWait() throws Exception {
        start(FIRST);
        List<Future<KeySet>> looking = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            looking.add(keys.look());
        }

        long waiting = looking.stream().filter(one -> !one.isComplete()).count();

        assertEquals(16, waiting);
        assertTrue(looking.get(16).isComplete());
    }

    @Test
    void whoHasGivenUpWaitingMakesRoomForOthers() throws Exception {
        start(FIRST);
        for (int i = 0; i < 15; i++) {
            keys.look();
        }
        result(keys.look());

        Awaitility.await().atMost(HANG).until(() -> !keys.look().isComplete());
    }

    @Test
    void theSameKeysAreTheSameObject() throws Exception {
        start(FIRST);
        KeySet before = keys.current();
        keys.look();

        fetch().complete(new KeySet(List.copyOf(FIRST.keys())));

        assertSame(before, keys.current());
    }

    @Test
    void knownKeysStayGoodWhileTheIssuerIsAway() throws Exception {
        start(FIRST);
        keys.look();
        fetch().fail(new IOException("refused"));

        pass(Duration.ofMinutes(89));

        assertSame(FIRST, keys.current());
    }

    @Test
    void keysOfAnIssuerThatAnswersWithoutAUsableOneAreWithdrawn() throws Exception {
        try (LogLines log = LogLines.listen()) {
            // Given
            start(FIRST);
            Future<KeySet> looking = keys.look();

            // When
            fetch().fail(new NoUsableKeyException("holds no usable key: its list is empty"));

            // Then
            assertSame(KeySet.NONE, result(looking));
            assertSame(KeySet.NONE, keys.current());
            assertEquals(
                    List.of("no keys of issuer=https://idp.example.com, so that its tokens get 401:"
                            + " \"holds no usable key: its list is empty\""),
                    log.with("no keys of issuer=https://idp.example.com"));
        }
    }

    @Test
    void knownKeysAreNotGoodForEver() throws Exception {
        start(FIRST);

        pass(Duration.ofMinutes(91));

        assertSame(KeySet.NONE, keys.current());
    }

    @Test
    void aFetchThatFailsIsRepeatedAndTheLogSaysWhyOfBoth() throws Exception {
        try (LogLines log = LogLines.listen()) {
            keys = keys(new FetchedKeys.Pace(Duration.ofHours(1), Duration.ofHours(1), Duration.ofMillis(10)));
            keys.start();
            fetch().fail(new IOException("connection \"refused\""));
            fetch().fail(new IOException("still"));

            fetch().complete(FIRST);

            Awaitility.await().atMost(HANG).until(() -> keys.current() == FIRST);
            assertEquals(
                    List.of(
                            "no keys of issuer=https://idp.example.com, so that its tokens get 401:"
                                    + " \"connection \\\"refused\\\"\"",
                            "no keys of issuer=https://idp.example.com, so that its tokens get 401: still",
                            "fetched keys of issuer=https://idp.example.com count=1"),
                    log.with("idp.example.com"));
        }
    }

    @Test
    void aSourceThatThrowsIsAskedAgain() {
        AtomicInteger asked = new AtomicInteger();
        keys = new FetchedKeys(
                "https://idp.example.com",
                vertx,
                () -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new IllegalStateException("odd");
                    }
                    return Future.succeededFuture(FIRST);
                },
                new FetchedKeys.Pace(Duration.ofHours(1), Duration.ofHours(1), Duration.ofMillis(10)),
                nanoTime::get);

        keys.start();

        Awaitility.await().atMost(HANG).until(() -> keys.current() == FIRST);
    }

    @Test
    void keysAreFetchedAgainAndAgain() throws Exception {
        keys = keys(new FetchedKeys.Pace(Duration.ofMillis(10), Duration.ofHours(1), Duration.ofMillis(10)));
        start(FIRST);

        fetch().complete(SECOND);

        Awaitility.await().atMost(HANG).until(() -> keys.current() == SECOND);
    }

    @Test
    void afterItsEndNothingIsFetched() throws Exception {
        keys.close();

        keys.start();

        assertEquals(List.of(), notYetBegun());
        assertFalse(keys.look().failed());
    }

    private void start(KeySet known) throws Exception {
        keys.start();
        fetch().complete(known);
        Awaitility.await().atMost(HANG).until(() -> keys.current() == known);
    }

    /** Looks, and waits until the fetch is over that this began. */
    private void look(KeySet found) throws Exception {
        Future<KeySet> looking = keys.look();
        fetch().complete(found);
        result(looking);
    }

    private Promise<KeySet> fetch() throws InterruptedException {
        Promise<KeySet> fetch = fetches.poll(HANG.toSeconds(), TimeUnit.SECONDS);
        if (fetch == null) {
            throw new AssertionError("nothing is fetched");
        }
        return fetch;
    }

    private List<Promise<KeySet>> notYetBegun() throws InterruptedException {
        Promise<KeySet> begun = fetches.poll(200, TimeUnit.MILLISECONDS);
        return begun == null ? List.of() : List.of(begun);
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    private static KeySet result(Future<KeySet> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(HANG.toSeconds(), TimeUnit.SECONDS);
    }

    private static KeySet keySet(int which) {
        return KeySet.of(TestTokens.otherKeys(which).getPublic(), Set.of(SignatureAlgorithm.RS256));
    }
}
