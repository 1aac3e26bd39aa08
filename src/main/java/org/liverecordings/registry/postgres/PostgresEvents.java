package org.liverecordings.registry.postgres;

import java.util.Collection;

import org.liverecordings.database.Database;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.event.Cause;
import org.liverecordings.recording.event.EventType;
import org.liverecordings.recording.event.Events;

/** Notes events in PostgreSQL, by its clock. Those of stops are noted as the stop is settled, by {@link PostgresStopLeases}. */
public final class PostgresEvents implements Events {

    private final Database database;
    private final boolean entriesDecide;
    private final String recorder;

    /**
     * @param entriesDecide whether the registry has an entry for each recording; false if they are a suite's
     * @param recorder what events call it
     */
    public PostgresEvents(Database database, boolean entriesDecide, String recorder) {
        this.database = database;
        this.entriesDecide = entriesDecide;
        this.recorder = recorder;
    }

    @Override
    public void changed(Collection<RecordingId> recordings, Cause cause) {
        if (entriesDecide) {
            if (!recordings.isEmpty()) {
                database.update(EventStatements.changed(recordings, cause, recorder));
            }
        } else if (cause != null) {
            EventType.ofOperation(cause.operation())
                    .ifPresent(type -> database.update(EventStatements.confirmed(type, recordings, cause, recorder)));
        }
    }

    @Override
    public void ended(LiveRecording recording, EventType type, Cause cause) {
        database.update(EventStatements.ended(recording, type, cause, recorder));
    }

    @Override
    public void held(Collection<LineSelector> lines, EventType type, Cause cause) {
        if (!lines.isEmpty()) {
            database.update(EventStatements.held(lines, type, cause, recorder));
        }
    }
}
