package org.liverecordings.wiring.recorders;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import org.liverecordings.recording.RecordingId;

/** Recordings whose end a recorder reported, until somebody gets round to them. */
final class ReportedEnds {

    /** More calls than end on one node while the registry is slow. */
    static final int LIMIT = 10_000;

    private Set<RecordingId> reported = new LinkedHashSet<>();

    /** Returns false if there are too many to remember one more: then all must be looked at. */
    synchronized boolean add(RecordingId recording) {
        if (reported.size() < LIMIT) {
            reported.add(recording);
        }
        return reported.contains(recording);
    }

    /**
     * Has those looked at that were reported.
     *
     * @param look returns those that it left alone: they stay, as all do if it fails
     */
    void check(Function<Set<RecordingId>, List<RecordingId>> look) {
        Set<RecordingId> taken = take();
        Collection<RecordingId> left = taken;
        try {
            left = look.apply(taken);
        } finally {
            left.forEach(this::add);
        }
    }

    private synchronized Set<RecordingId> take() {
        Set<RecordingId> taken = reported;
        reported = new LinkedHashSet<>();
        return taken;
    }
}
