package org.liverecordings.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import org.liverecordings.database.Database;
import org.liverecordings.database.Sql;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.audit.AuditLog;
import org.liverecordings.recording.audit.AuditTrail;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.text.Words;

/**
 * Writes the trail to PostgreSQL, by its clock, and to the log. Rows are added and never changed: one when something is asked, one for
 * each confirmation, one at the end; an entry without an end is one whose replica died, or hasn't got there yet.
 */
public final class PostgresAuditTrail implements AuditTrail, AuditLog {

    private static final int BATCH = 1000;
    private static final int LONGEST = 1000;
    private static final Duration SWEEP_TIMEOUT = Duration.ofSeconds(30);

    private final Database database;
    private final AuditTrail log;
    private final String replica;
    private final PostgresAuditLog reading;

    /**
     * @param log where the same stands
     * @param replica names this one among all, in every entry
     */
    public PostgresAuditTrail(Database database, AuditTrail log, String replica) {
        this.database = database;
        this.log = log;
        this.replica = replica;
        this.reading = new PostgresAuditLog(database);
    }

    @Override
    public Entry asked(Asked asked) {
        UUID id = UUID.randomUUID();
        AuditedGroups groups = AuditedGroups.of(asked);
        Sql insert = Sql.of(
                        "WITH entry AS (INSERT INTO audit_entry (id, asked_at, operation, username, user_key, user_level,"
                                + " address, asked_id, recording_id, device_name, directory_number, why, correlation_id,"
                                + " replica)"
                                + " VALUES (?, now(), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING asked_at)"
                                + ", noted AS (" + groups.insert() + ") SELECT asked_at FROM entry")
                .with(
                        id,
                        asked.operation().word(),
                        asked.caller().name(),
                        key(asked.caller().name()),
                        asked.caller().level(),
                        asked.caller().address(),
                        cut(asked.id()),
                        asked.target()
                                .map(target -> target instanceof RecordingTarget.ById byId
                                        ? byId.id().value()
                                        : null)
                                .orElse(null),
                        cut(asked.deviceName()),
                        cut(asked.directoryNumber()),
                        cut(asked.why()),
                        asked.caller().correlationId(),
                        replica)
                .with(id)
                .with(groups.parameters().toArray());
        long started = System.nanoTime();
        try {
            Instant at =
                    database.first(insert, row -> Sql.instant(row, "asked_at")).orElseThrow();
            return new Entry(id, asked, at);
        } catch (StoreUnavailableException e) {
            if (!database.isInTransaction()) {
                // Nothing is done about it, but that it was asked must stand somewhere.
                Duration duration = Duration.ofNanos(System.nanoTime() - started);
                log.ended(log.asked(asked), new Outcome(Result.FAILED, null, List.of(), duration, e));
            }
            throw e;
        }
    }

    /** If it isn't known whether an end took effect, the entry may have that one instead of the next. */
    @Override
    public void ended(Entry entry, Outcome outcome) {
        boolean nameless =
                outcome.result() == Result.DONE && outcome.recordings().isEmpty() && !outcome.repetition();
        UUID[] recordings = nameless
                ? new UUID[1]
                : outcome.recordings().stream().map(RecordingId::value).toArray(UUID[]::new);
        UUID[] ids = Stream.generate(UUID::randomUUID).limit(recordings.length).toArray(UUID[]::new);
        Sql insert = Sql.of("WITH noted AS (INSERT INTO audit_confirmation (id, entry_id, recording_id, confirmed_at)"
                        + " SELECT n.id, ?, n.recording, now() FROM unnest(?, ?) AS n (id, recording))"
                        + " INSERT INTO audit_end (entry_id, ended_at, result, reason, duration_ms, cause, repetition)"
                        + " VALUES (?, now(), ?, ?, ?, ?, ?) ON CONFLICT (entry_id) DO NOTHING")
                .with(entry.id(), ids, recordings)
                .with(
                        entry.id(),
                        outcome.result().word(),
                        outcome.reason(),
                        outcome.duration().toMillis(),
                        outcome.cause() == null ? null : cut(AuditWords.cause(outcome.cause())),
                        outcome.repetition());
        try {
            database.update(insert);
        } finally {
            database.onceCommitted(() -> log.ended(entry, outcome));
        }
    }

    @Override
    public void settled(Entry entry, Outcome outcome) {
        log.settled(entry, outcome);
    }

    @Override
    public void waited(Duration duration) {
        log.waited(duration);
    }

    @Override
    public Optional<Result> resultOf(Entry entry) {
        Sql select = Sql.of("SELECT result FROM audit_end WHERE entry_id = ?").with(entry.id());
        return database.first(select, row -> Words.constant(Result.class, row.getString("result")));
    }

    /**
     * Removes a batch of entries.
     *
     * @return how many; fewer than asked for if these were the last
     */
    public int removeOlderThan(Duration age) {
        Sql delete = Sql.of("DELETE FROM audit_entry WHERE id IN (SELECT id FROM audit_entry"
                        + " WHERE asked_at < now() - ? * INTERVAL '1 millisecond' ORDER BY asked_at, id LIMIT ?)")
                .with(age.toMillis(), BATCH);
        return database.inLongTransaction(SWEEP_TIMEOUT, delete::update);
    }

    @Override
    public Page find(Reader reader, Query query) {
        return reading.find(reader, query);
    }

    static String key(String user) {
        return cut(Line.userKey(user));
    }

    /** Nobody fills the trail with what he sends; a line of this length is no line anyway. */
    private static String cut(String text) {
        return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST) + '…';
    }
}
