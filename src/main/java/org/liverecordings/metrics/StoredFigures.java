package org.liverecordings.metrics;

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
 * @param lines of the inventory; beyond some thousand an estimate
 * @param auditEntries of the trail, beyond some thousand an estimate; empty if the trail is in the log alone
 */
public record StoredFigures(
        Optional<Map<RecordingStatus, Long>> recordings,
        Map<LeaseState, Long> leases,
        long holds,
        long lines,
        OptionalLong auditEntries) {}
