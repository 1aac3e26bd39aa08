package org.liverecordings.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liverecordings.recording.store.JobLeases;
import org.liverecordings.support.Latches;

@Timeout(60)
class ScheduledJobsTest {

    private final ScheduledJobs jobs = new ScheduledJobs();
    private final AtomicInteger done = new AtomicInteger();

    @AfterEach
    void end() {
        jobs.end(null);
    }

    private void awaitDone(int times) {
        Awaitility.await().until(() -> done.get() >= times);
    }

    @Test
    void aSweepGoesOnWhileItsLeaseIsHeldAndSomethingIsLeft() {
        // Given
        List<String> held = new CopyOnWriteArrayList<>();
        JobLeases leases = (job, duration) -> held.add(job + " " + duration);
        jobs.addSweep("holds", Duration.ofMillis(10), leases, () -> Math.max(0, 3 - done.incrementAndGet()));

        // When
        jobs.start();

        // Then
        awaitDone(3);
        assertEquals(
                Collections.nCopies(3, "holds PT0.01S"), held.stream().limit(3).toList());
    }

    @Test
    void whatIsAskedForIsDone() {
        Runnable work = jobs.onDemand("work", done::incrementAndGet);
        work.run();
        awaitDone(1);
        work.run();
        awaitDone(2);
        assertEquals(2, done.get());
    }

    @Test
    void howeverOftenItIsAskedForMeanwhileItIsDoneOnceMoreAndNeverTwiceAtOnce() throws InterruptedException {
        Semaphore begun = new Semaphore(0);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Runnable work = jobs.onDemand("work", () -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            begun.release();
            Latches.await(mayEnd);
            atOnce.decrementAndGet();
            done.incrementAndGet();
        });
        jobs.onDemand("other work", () -> {});
        jobs.start();
        work.run();
        begun.acquire();
        for (int i = 0; i < 100_000; i++) {
            work.run();
        }

        mayEnd.countDown();

        awaitDone(2);
        work.run();
        awaitDone(3);
        assertEquals(3, done.get());
        assertEquals(1, most.get());
    }

    @Test
    void workThatHangsKeepsNoOtherFromBeingDone() {
        CountDownLatch never = new CountDownLatch(1);
        Runnable hanging = jobs.onDemand("hanging", () -> Latches.await(never));
        Runnable work = jobs.onDemand("work", done::incrementAndGet);
        jobs.start();
        hanging.run();
        hanging.run();

        work.run();

        awaitDone(1);
    }

    @Test
    void workThatFailedIsDoneAgainWhenItIsAskedFor() {
        Runnable work = jobs.onDemand("work", () -> {
            if (done.incrementAndGet() == 1) {
                throw new IllegalStateException("once");
            }
        });
        work.run();
        awaitDone(1);

        work.run();

        awaitDone(2);
    }
}
