package org.liverecordings.recording.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import org.liverecordings.recording.event.Events;
import org.liverecordings.recording.idempotency.IdempotencyKeys;
import org.liverecordings.recording.store.UnitOfWork;
import org.liverecordings.registry.memory.MemoryIdempotencyKeys;

/** A trail that a test can read, with the units of work in which it was written. Safe for use by many threads. */
public final class NotedTrail implements AuditTrail, UnitOfWork {

    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
    private final Map<String, RuntimeException> failures = new HashMap<>();
    private Result known;
    private final IdempotencyKeys keys = new MemoryIdempotencyKeys(Duration.ofHours(24), 1000, InstantSource.system());

    /** From now on this kind of note can't be written. */
    public NotedTrail fails(String note, RuntimeException failure) {
        failures.put(note, failure);
        return this;
    }

    /** Something that isn't the trail's doing, but whose place among the notes matters. */
    public void note(String note) {
        notes.add(note);
    }

    /** In the order in which they were written. */
    public List<String> notes() {
        return notes;
    }

    public List<Asked> everAsked() {
        return asked;
    }

    /** How the only request ended. */
    public Outcome outcome() {
        if (outcomes.size() != 1) {
            throw new AssertionError("not one end: " + outcomes);
        }
        return outcomes.get(0);
    }

    @Override
    public Entry asked(Asked what) {
        write("asked", what.operation().toString());
        asked.add(what);
        return new Entry(UUID.randomUUID(), what, Instant.EPOCH);
    }

    @Override
    public void ended(Entry entry, Outcome outcome) {
        if (outcome.result() == Result.DONE && outcome.recordings().isEmpty() && !outcome.repetition()) {
            write("confirmed", "null");
        }
        outcome.recordings().forEach(recording -> write("confirmed", recording.toString()));
        write("ended", outcome.result().toString());
        outcomes.add(outcome);
    }

    @Override
    public void settled(Entry entry, Outcome outcome) {
        ended(entry, outcome);
    }

    @Override
    public Optional<Result> resultOf(Entry entry) {
        return Optional.ofNullable(known);
    }

    /** How a request ended whose commit wasn't answered. */
    public NotedTrail knows(Result result) {
        known = result;
        return this;
    }

    /** Requests that leave their trail here, and keep their answers in memory. */
    public AuditedRequests requests() {
        return new AuditedRequests(this, this, keys, Events.NONE);
    }

    /** Where the answers are kept. */
    public IdempotencyKeys keys() {
        return keys;
    }

    private void write(String note, String detail) {
        RuntimeException failure = failures.get(note);
        if (failure != null) {
            throw failure;
        }
        notes.add(note + " " + detail);
    }

    @Override
    public void run(Runnable work) {
        notes.add("begin");
        work.run();
        notes.add("commit");
    }
}
