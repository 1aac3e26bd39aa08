package org.liverecordings.recording.reconcile;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.event.EventType;
import org.liverecordings.recording.reconcile.Reconciler.Change;
import org.liverecordings.recording.recorder.RecorderAnswers;
import org.liverecordings.recording.recorder.RecorderException;

/** One look at some of the registry's entries, and what became of them. */
final class ReconcilerRun {

    private final Reconciler with;

    private final BiConsumer<RecordingId, Change> listener;
    private final Map<RecordingId, Change> changes = new LinkedHashMap<>();
    private int checked;
    private int unanswered;

    ReconcilerRun(Reconciler with, BiConsumer<RecordingId, Change> listener) {
        this.with = with;
        this.listener = listener;
    }

    Reconciler.Report report() {
        return new Reconciler.Report(checked, unanswered, Map.copyOf(changes));
    }

    /** Asks for those whose truth is due. */
    void check(List<LiveRecording> entries) {
        ask(entries.stream()
                .filter(entry -> isDue(entry, with.settings.grace()))
                .toList());
    }

    /** Asks for all of them at once. */
    void ask(List<LiveRecording> entries) {
        Map<LiveRecording, CompletionStage<Optional<RecordingStatus>>> asked = new LinkedHashMap<>();
        entries.forEach(entry -> asked.put(entry, with.recorder.status(entry.id())));
        checked += asked.size();
        asked.forEach((entry, answer) -> {
            Optional<RecordingStatus> status;
            try {
                status = RecorderAnswers.await(answer);
            } catch (RecorderException e) {
                unanswered++;
                return;
            }
            AtomicReference<Change> change = new AtomicReference<>();
            with.unitOfWork.run(() -> change.set(settle(entry, status)));
            if (change.get() != null) {
                changes.put(entry.id(), change.get());
                listener.accept(entry.id(), change.get());
            }
        });
    }

    /** Whether its truth is due: it isn't a start that is pending and younger than this. */
    boolean isDue(LiveRecording entry, Duration age) {
        return entry.status() != RecordingStatus.START_PENDING
                || entry.startedAt().plus(age).isBefore(with.clock.instant());
    }

    /** Returns null if everything stays as it is: if it changed since the recorder was asked, too. */
    private Change settle(LiveRecording entry, Optional<RecordingStatus> status) {
        if (with.leases.isOpen(entry.id())) {
            return null;
        }
        boolean startPending = entry.status() == RecordingStatus.START_PENDING;
        if (status.isEmpty()) {
            boolean removed = is(entry, with.registry.change(entry.id(), entry.status(), entry.status()))
                    && with.registry.remove(entry.id());
            if (removed && entry.isLive()) {
                with.events.ended(entry, startPending ? EventType.START_FAILED : EventType.ENDED, null);
            }
            return !removed ? null : startPending ? Change.START_FAILED : Change.REMOVED;
        }
        if (entry.status() == RecordingStatus.STOPPED || entry.status() == status.get()) {
            return null;
        }
        boolean changed = is(entry, with.registry.change(entry.id(), entry.status(), status.get()));
        if (changed) {
            with.events.changed(List.of(entry.id()), null);
        }
        return !changed ? null : startPending ? Change.STARTED : Change.CORRECTED;
    }

    private static boolean is(LiveRecording entry, Optional<RecordingStatus> status) {
        return status.isPresent() && status.get() == entry.status();
    }
}
