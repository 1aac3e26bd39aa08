package org.liverecordings.wiring;

import java.util.LinkedHashSet;
import java.util.Set;

import org.liverecordings.recording.RecordingId;

/** Recordings that a recorder told are over, until somebody gets round to them. */
final class ToldEnds {

    /** More calls than end on one node while the registry is slow. */
    static final int LIMIT = 10_000;

    private Set<RecordingId> told = new LinkedHashSet<>();

    /** Returns false if there are too many to remember one more: then all must be looked at. */
    synchronized boolean add(RecordingId recording) {
        if (told.size() < LIMIT) {
            told.add(recording);
        }
        return told.contains(recording);
    }

    /** Those told since it was last asked for them. */
    synchronized Set<RecordingId> take() {
        Set<RecordingId> taken = told;
        told = new LinkedHashSet<>();
        return taken;
    }
}
