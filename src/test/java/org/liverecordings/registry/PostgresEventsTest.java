package org.liverecordings.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.liverecordings.recording.Recordings.forked;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.agroal.api.AgroalDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.liverecordings.audit.LogAuditTrail;
import org.liverecordings.audit.PostgresAuditTrail;
import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.audit.AuditTrail;
import org.liverecordings.recording.event.EventLog;
import org.liverecordings.recording.event.EventType;
import org.liverecordings.recording.event.Events;
import org.liverecordings.recording.event.RecordingEvent;
import org.liverecordings.recording.event.RecordingEvent.Numbered;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.registry.postgres.PostgresEventLog;
import org.liverecordings.registry.postgres.PostgresEvents;
import org.liverecordings.registry.postgres.PostgresLiveRecordingRepository;
import org.liverecordings.registry.postgres.PostgresStopLeases;
import org.liverecordings.support.Pause;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.Seed;

class PostgresEventsTest extends EventsContract {

    private static AgroalDataSource pool;
    private static Database database;

    @BeforeAll
    static void connect() {
        connect(PostgresServer.shared().migrated());
    }

    static void connect(AgroalDataSource to) {
        pool = to;
        database = new Database(pool);
    }

    @AfterAll
    static void disconnect() {
        pool.close();
    }

    @Override
    LiveRecordingRepository registry() {
        return new PostgresLiveRecordingRepository(database);
    }

    @Override
    StopLeases leases(boolean entriesDecide) {
        return new PostgresStopLeases(database, entriesDecide, Duration.ofMinutes(5), Duration.ofHours(24), "embedded");
    }

    @Override
    Events events(boolean entriesDecide) {
        return new PostgresEvents(database, entriesDecide, "embedded");
    }

    @Override
    EventLog log(boolean entriesDecide) {
        return new PostgresEventLog(database, events(entriesDecide));
    }

    @Override
    AuditTrail trail() {
        return new PostgresAuditTrail(database, new LogAuditTrail(InstantSource.system()), "replica");
    }

    @Override
    void passAnHour() {
        database.update(Sql.of("UPDATE event SET at = at - INTERVAL '61 minutes'"));
    }

    // What only this one does

    @Test
    void withoutTheChangeThereIsNoEvent() {
        live();
        assertThrows(
                IllegalStateException.class,
                () -> database.run(() -> {
                    becomes(RecordingStatus.RECORDING, RecordingStatus.PAUSED, PAUSE);
                    throw new IllegalStateException("it doesn't come to that");
                }));
        assertEquals(List.of(), published());
    }

    /** It began before the other one, and was written before it, and commits after others have read that one. */
    @Test
    void whoReadsOnMissesNoTransactionThatCommitsLate() throws Exception {
        RecordingId early = new RecordingId(UUID.randomUUID());
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch mayCommit = new CountDownLatch(1);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<?> late = threads.submit(() -> database.run(() -> {
                events(true).ended(forked(early, "SEP1", "1"), EventType.ENDED, null);
                written.countDown();
                await(mayCommit);
            }));
            await(written);
            events(true).ended(forked(a, "SEP2", "2"), EventType.ENDED, null);
            List<Numbered> first = log(true).after(begin, 1000);
            assertEquals(List.of(a), recordings(first));
            mayCommit.countDown();
            late.get(10, TimeUnit.SECONDS);
            assertEquals(List.of(early), recordings(log(true).after(first.get(0).position(), 1000)));
        } finally {
            mayCommit.countDown();
            threads.shutdownNow();
        }
    }

    private static List<RecordingId> recordings(List<Numbered> events) {
        return events.stream().map(each -> each.event().recording()).toList();
    }

    /** Writers whose transactions take different times, and readers that each go on from where they are. */
    @Test
    void everyReaderGetsAllInTheSameOrder() throws Exception {
        Random random = new Random(Seed.of(PostgresEventsTest.class));
        int writers = 4;
        int each = 25;
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<?>> writing = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                long seed = random.nextLong();
                writing.add(threads.submit(() -> write(new Random(seed), each)));
            }
            List<Future<List<Numbered>>> reading = new ArrayList<>();
            for (int r = 0; r < 2; r++) {
                reading.add(threads.submit(() -> read(writers * each)));
            }
            for (Future<?> writer : writing) {
                writer.get(60, TimeUnit.SECONDS);
            }
            List<Numbered> one = reading.get(0).get(60, TimeUnit.SECONDS);
            assertEquals(one, reading.get(1).get(60, TimeUnit.SECONDS));
            assertEquals(one, log(true).after(begin, 1000));
            assertEquals(
                    writers * each, one.stream().map(Numbered::event).distinct().count());
        } finally {
            threads.shutdownNow();
        }
    }

    private void write(Random random, int events) {
        for (int i = 0; i < events; i++) {
            database.run(() -> {
                events(true).ended(forked(new RecordingId(UUID.randomUUID()), "SEP1", "1"), EventType.ENDED, null);
                Pause.ofMillis(random.nextInt(8));
            });
        }
    }

    private List<Numbered> read(int expected) {
        List<Numbered> read = new ArrayList<>();
        long position = begin;
        while (read.size() < expected && !Thread.currentThread().isInterrupted()) {
            List<Numbered> more = log(true).after(position, 7);
            read.addAll(more);
            position = more.isEmpty() ? position : more.get(more.size() - 1).position();
            Pause.ofMillis(1);
        }
        return read;
    }

    /** Its replica died before it noted the event. Another one, which may yet note it itself, gets the time for that. */
    @Test
    void whatNobodyPublishedIsPublishedAtTheSecondLook() {
        live();
        registry().change(a, RecordingStatus.RECORDING, RecordingStatus.PAUSED);
        EventLog log = log(true);
        log.noteForgotten();
        assertEquals(List.of(), published());
        log.noteForgotten();
        log.noteForgotten();
        assertEquals(
                List.of(EventType.PAUSED),
                published().stream().map(RecordingEvent::type).toList());
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody came");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
