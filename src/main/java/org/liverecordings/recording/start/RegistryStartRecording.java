package org.liverecordings.recording.start;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.RecordingOrigin;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.recording.audit.AuditTrail;
import org.liverecordings.recording.audit.Auditing;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.CallRecorder;
import org.liverecordings.recording.recorder.NoConnectedCallException;
import org.liverecordings.recording.recorder.RecorderAnswers;
import org.liverecordings.recording.recorder.RecorderException;
import org.liverecordings.recording.recorder.RecorderIncapableException;
import org.liverecordings.recording.store.LineCapabilities;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.recording.store.OwnLines;
import org.liverecordings.recording.store.UnitOfWork;

/**
 * Decides here, by registry and lines, what may be recorded, and tells the recorder.
 *
 * <p>A recording is registered before the recorder is asked, so that none ever runs that nobody can list or stop, and so that of
 * two starts that cross on one line exactly one gets that far: the registry takes one recording per line. A start is never
 * repeated; if its outcome is unknown, the recorder is asked for the id that we chose.
 */
public final class RegistryStartRecording implements StartRecordingUseCase {

    private final LiveRecordingRepository registry;
    private final OwnLines ownLines;
    private final CallRecorder recorder;
    private final UnitOfWork unitOfWork;
    private final AuditTrail trail;
    private final InstantSource clock;

    /** None is null. */
    public RegistryStartRecording(
            LiveRecordingRepository registry,
            LineCapabilities lines,
            CallRecorder recorder,
            UnitOfWork unitOfWork,
            AuditTrail trail,
            InstantSource clock) {
        this.registry = registry;
        this.ownLines = new OwnLines(lines);
        this.recorder = recorder;
        this.unitOfWork = unitOfWork;
        this.trail = trail;
        this.clock = clock;
    }

    @Override
    public RecordingId start(StartRequest request) {
        return Auditing.of(trail, request.asked(), audit -> {
            LineSelector selector = request.selector();
            RecordingMode mode = request.recordingMode();
            List<Line> candidates = selector == null ? own(request.caller()) : permitted(request.caller(), selector);
            return startOnFirst(recordable(candidates), mode, audit);
        });
    }

    private List<Line> own(Caller caller) {
        List<Line> own = ownLines.of(caller);
        if (own.isEmpty()) {
            throw new StartRejectedException(StartRejection.NO_OWN_LINE);
        }
        return own;
    }

    private List<Line> permitted(Caller caller, LineSelector selector) {
        List<Line> permitted = ownLines.permitted(caller, selector);
        if (permitted.isEmpty()) {
            if (!caller.hasCompleteManagement()) {
                throw new NotPermittedException();
            }
            throw new StartRejectedException(StartRejection.NOT_MONITORABLE, selector.deviceName());
        }
        return permitted;
    }

    private static List<Line> recordable(List<Line> candidates) {
        List<Line> monitorable =
                candidates.stream().filter(Line::tapiMonitorable).toList();
        if (monitorable.isEmpty()) {
            throw new StartRejectedException(
                    StartRejection.NOT_MONITORABLE, candidates.get(0).deviceName());
        }
        List<Line> recordable =
                monitorable.stream().filter(line -> !line.automaticRecording()).toList();
        if (recordable.isEmpty()) {
            throw new StartRejectedException(StartRejection.AUTOMATIC_RECORDING);
        }
        return recordable;
    }

    private RecordingId startOnFirst(List<Line> recordable, RecordingMode mode, Auditing audit) {
        boolean beingRecorded = false;
        for (Line line : recordable) {
            LiveRecording recording = new LiveRecording(
                    new RecordingId(UUID.randomUUID()),
                    line.deviceName(),
                    line.directoryNumber(),
                    mode,
                    RecordingOrigin.MANUAL,
                    clock.instant(),
                    RecordingStatus.START_PENDING);
            if (!registry.addIfLineIsFree(recording)) {
                beingRecorded = true;
            } else if (start(recording, audit)) {
                return recording.id();
            }
        }
        if (beingRecorded) {
            throw new AlreadySoException("the line is being recorded");
        }
        throw new NoConnectedCallException();
    }

    /** Returns false if there is no call on the line. */
    private boolean start(LiveRecording recording, Auditing audit) {
        try {
            RecorderAnswers.await(recorder.start(recording));
        } catch (NoConnectedCallException e) {
            registry.remove(recording.id());
            return false;
        } catch (RecorderException e) {
            if (!e.mayHaveArrived()) {
                registry.remove(recording.id());
                throw e;
            }
            if (!isRunning(recording.id())) {
                // The request may still be on its way: the entry stays, so that whatever comes of it can be listed and
                // stopped.
                throw e;
            }
        } catch (RecorderIncapableException | AlreadySoException e) {
            registry.remove(recording.id());
            throw e;
        }
        unitOfWork.run(() -> {
            registry.change(recording.id(), RecordingStatus.START_PENDING, RecordingStatus.RECORDING);
            audit.confirmed(recording.id());
        });
        audit.tookEffect(recording.id());
        return true;
    }

    private boolean isRunning(RecordingId id) {
        try {
            Optional<RecordingStatus> status = RecorderAnswers.await(recorder.status(id));
            return status.isPresent();
        } catch (RecorderException e) {
            return false;
        }
    }
}
