package org.liverecordings.registry.memory;

import java.util.Optional;

import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.event.Cause;
import org.liverecordings.recording.event.EventType;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.Settlement;

/** What stops make of the registry's entries in memory, and the events that tell of it. */
final class StoppedEntries {

    private final LiveRecordingRepository registry;
    private final MemoryEvents events;
    private final MemoryTimers timers;

    /**
     * @param registry null if the recordings are a suite's, and have no entries
     */
    StoppedEntries(LiveRecordingRepository registry, MemoryEvents events, MemoryTimers timers) {
        this.registry = registry;
        this.events = events;
        this.timers = timers;
    }

    /** Forgets what was settled. */
    void settle(RecordingTarget target, Settlement settlement, boolean claimed) {
        if (target instanceof RecordingTarget.ById byId) {
            timers.forgetAll(byId.id());
        }
        if (registry != null) {
            forget(((RecordingTarget.ById) target).id(), target, settlement);
        } else if (claimed) {
            boolean inferred = settlement.inferred().contains(target);
            events.addOfSuite(EventType.STOPPED, id(target), settlement.cause(), inferred);
        }
    }

    private void forget(RecordingId id, RecordingTarget target, Settlement settlement) {
        Optional<LiveRecording> entry = registry.find(id);
        if (!registry.remove(id) || !entry.get().isLive()) {
            return;
        }
        if (settlement.stopped().contains(target)) {
            boolean inferred = settlement.inferred().contains(target);
            events.add(EventType.STOPPED, entry.get(), settlement.cause(), inferred);
        } else {
            boolean pending = entry.get().status() == RecordingStatus.START_PENDING;
            events.ended(entry.get(), pending ? EventType.START_FAILED : EventType.ENDED, null);
        }
    }

    private static RecordingId id(RecordingTarget target) {
        return target instanceof RecordingTarget.ById byId ? byId.id() : null;
    }

    /**
     * Notes the event of a stop that nobody claimed: stopped, or unknown.
     *
     * @param stopped whether the recorder confirmed it
     */
    void leftOpen(RecordingTarget target, boolean stopped, Cause cause) {
        if (registry == null) {
            events.addOfSuite(EventType.STOP_UNKNOWN, id(target), cause, false);
            return;
        }
        RecordingId id = ((RecordingTarget.ById) target).id();
        registry.find(id).filter(LiveRecording::isLive).ifPresent(entry -> {
            if (stopped) {
                registry.change(id, entry.status(), RecordingStatus.STOPPED);
            }
            events.add(stopped ? EventType.STOPPED : EventType.STOP_UNKNOWN, entry, cause, false);
        });
    }
}
