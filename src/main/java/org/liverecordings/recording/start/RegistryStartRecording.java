package org.liverecordings.recording.start;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.liverecordings.recording.Line;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.RecordingOrigin;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.audit.AuditedRequests;
import org.liverecordings.recording.audit.Auditing;
import org.liverecordings.recording.idempotency.IdempotencyKey;
import org.liverecordings.recording.permission.PermittedLines;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.CallRecorder;
import org.liverecordings.recording.recorder.NoConnectedCallException;
import org.liverecordings.recording.recorder.RecorderAnswers;
import org.liverecordings.recording.recorder.RecorderException;
import org.liverecordings.recording.recorder.RecorderIncapableException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.store.Holds;
import org.liverecordings.recording.store.Holds.Hold;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.recording.store.LineHeldException;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.UnitOfWork;
import org.liverecordings.recording.timer.TimerRules;

/**
 * Decides here, by registry and lines, what may be recorded, and tells the recorder.
 *
 * <p>A recording is registered before the recorder is asked, so that none ever runs that nobody can list or stop, and so that of
 * two starts that cross on one line exactly one gets that far: the registry takes one recording per line. A start is never
 * repeated; if its outcome is unknown, the recorder is asked for the id that we chose.
 */
public final class RegistryStartRecording implements StartRecordingUseCase {

    private final LiveRecordingRepository registry;
    private final StartableLines lines;
    private final CallRecorder recorder;
    private final Holds holds;
    private final UnitOfWork unitOfWork;
    private final TimerRules timerRules;
    private final AuditedRequests requests;
    private final InstantSource clock;

    /** None is null. */
    public RegistryStartRecording(
            LiveRecordingRepository registry,
            LineCapabilities lines,
            CallRecorder recorder,
            Holds holds,
            UnitOfWork unitOfWork,
            TimerRules timerRules,
            AuditedRequests requests,
            InstantSource clock) {
        this.registry = registry;
        this.lines = new StartableLines(new PermittedLines(lines));
        this.recorder = recorder;
        this.holds = holds;
        this.unitOfWork = unitOfWork;
        this.timerRules = timerRules;
        this.requests = requests;
        this.clock = clock;
    }

    @Override
    public RecordingId start(StartRequest request) {
        return requests.run(request.asked(), audit -> {
            LineSelector selector = request.selector();
            RecordingMode mode = request.recordingMode();
            List<Line> recordable = lines.of(request.caller(), selector);
            StartTimer timer = new StartTimer(timerRules, request, audit);
            RecordingId id = idOf(audit.key());
            Optional<LiveRecording> begun = audit.key() == null ? Optional.empty() : registry.find(id);
            return begun.isPresent() ? goOn(begun.get(), audit) : startOnFirst(id, recordable, mode, timer, audit);
        });
    }

    /** Requests with one key ask for one recording: whoever repeats a start whose outcome is unknown must not start another one. */
    private static RecordingId idOf(IdempotencyKey key) {
        if (key == null) {
            return new RecordingId(UUID.randomUUID());
        }
        String request = key.userKey() + '\n' + key.value() + '\n' + key.fingerprint();
        return new RecordingId(UUID.nameUUIDFromBytes(request.getBytes(StandardCharsets.UTF_8)));
    }

    /** Goes on with what an earlier request with the same key began. */
    private RecordingId goOn(LiveRecording begun, Auditing audit) {
        if (begun.status() == RecordingStatus.START_PENDING && !isRunning(begun.id(), audit)) {
            throw new RecorderUnavailableException("its start is pending", true, null);
        }
        confirm(begun.id(), audit);
        return begun.id();
    }

    private RecordingId startOnFirst(
            RecordingId id, List<Line> recordable, RecordingMode mode, StartTimer timer, Auditing audit) {
        boolean beingRecorded = false;
        Optional<Hold> held = Optional.empty();
        for (Line line : recordable) {
            LiveRecording recording = new LiveRecording(
                    id,
                    line.deviceName(),
                    line.directoryNumber(),
                    mode,
                    RecordingOrigin.MANUAL,
                    clock.instant(),
                    RecordingStatus.START_PENDING);
            List<LineSelector> here = List.of(LineSelector.of(line));
            Optional<Hold> hold = holds.covering(here);
            if (hold.isEmpty() && !timer.register(recording, registry, unitOfWork)) {
                beingRecorded = true;
            } else if (hold.isEmpty()) {
                // A stop that crosses this one sees the entry, or its hold is seen now.
                hold = timer.orForget(recording, registry, () -> holds.covering(here));
                if (hold.isPresent()) {
                    registry.remove(id);
                } else if (start(recording, audit)) {
                    return id;
                }
            }
            held = hold.isPresent() ? hold : held;
        }
        if (held.isPresent()) {
            throw new LineHeldException(held.get());
        }
        if (beingRecorded) {
            throw new AlreadySoException("the line is being recorded");
        }
        throw new NoConnectedCallException();
    }

    /** Returns false if there is no call on the line. */
    private boolean start(LiveRecording recording, Auditing audit) {
        try {
            RecorderAnswers.await(recorder.within(audit.deadline()).start(recording));
        } catch (NoConnectedCallException e) {
            registry.remove(recording.id());
            return false;
        } catch (RecorderException e) {
            if (!e.mayHaveArrived()) {
                audit.changes().startFailed(recording, () -> registry.remove(recording.id()));
                throw e;
            }
            if (e instanceof RecorderUnavailableException u && u.mayBeUndone() || !isRunning(recording.id(), audit)) {
                // The request may still be on its way: the entry stays, so that whatever comes of it can be listed and
                // stopped.
                throw e;
            }
        } catch (RecorderIncapableException e) {
            audit.changes().startFailed(recording, () -> registry.remove(recording.id()));
            throw e;
        } catch (AlreadySoException e) {
            registry.remove(recording.id());
            throw e;
        }
        confirm(recording.id(), audit);
        return true;
    }

    private void confirm(RecordingId id, Auditing audit) {
        audit.done(
                List.of(id), id, () -> registry.change(id, RecordingStatus.START_PENDING, RecordingStatus.RECORDING));
    }

    private boolean isRunning(RecordingId id, Auditing audit) {
        try {
            Optional<RecordingStatus> status =
                    RecorderAnswers.await(recorder.within(audit.deadline()).status(id));
            return status.isPresent();
        } catch (RecorderException e) {
            return false;
        }
    }
}
