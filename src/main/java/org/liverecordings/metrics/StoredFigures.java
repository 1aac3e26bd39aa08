package org.liverecordings.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.store.LeaseState;

/**
 * How much of what is kept, whichever replica wrote it.
 *
 * @param recordings those in the registry by their state, without those of which there are none; empty if a suite holds the recordings
 * @param leases the leases of stops by what they say
 * @param holds lines on which nothing may be started
 * @param timers those that have yet to be carried out
 * @param lines of the inventory; beyond some thousand an estimate
 * @param auditEntries of the trail, beyond some thousand an estimate; empty if the trail is in the log alone
 */
public record StoredFigures(
        Optional<Map<RecordingStatus, Long>> recordings,
        Map<LeaseState, Long> leases,
        long holds,
        Timers timers,
        long lines,
        OptionalLong auditEntries) {

    /** A timer that is due for longer than this is late: what is promised is a second. */
    public static final Duration LATE = Duration.ofSeconds(5);

    /**
     * Timers that resume or stop something. Those that only alarm again and again are none.
     *
     * @param waiting whose time has yet to come, or has just come
     * @param late whose time came longer ago than {@link #LATE}
     */
    public record Timers(long waiting, long late) {}
}
