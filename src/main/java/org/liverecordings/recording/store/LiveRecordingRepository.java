package org.liverecordings.recording.store;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.LiveRecording.Call;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingStatus;

/**
 * The registry: an entry for each recording that is live, or that is stopped while nobody was told so yet. Safe for use by many
 * threads; each method takes effect at once or not at all, also among replicas that share a registry.
 *
 * <p>Every method throws {@link StoreUnavailableException} if what keeps the registry can't be reached.
 */
public interface LiveRecordingRepository {

    /** Registers recordings that were there before us; one whose id is there already stays as it is. */
    void addAll(Collection<LiveRecording> recordings);

    /**
     * Registers a recording that is about to be started, unless its line is being recorded already. Of simultaneous calls for
     * one line exactly one gets true.
     *
     * @param recording has a device name
     * @return false if another live recording is on the same line of the same device, or is a dial-in on that line without a device
     */
    boolean addIfLineIsFree(LiveRecording recording);

    /** The entry with this id. */
    Optional<LiveRecording> find(RecordingId id);

    /** The entries that the selector names, manual dial-ins included, in the order of their ids. */
    List<LiveRecording> find(LineSelector selector);

    /** The entries on any of these numbers, manual dial-ins included, in the order of their ids. */
    List<LiveRecording> findOn(Collection<DirectoryNumber> numbers);

    /** All entries, in the order of their ids. */
    List<LiveRecording> findAll();

    /**
     * A page of the entries, in the order of their ids.
     *
     * @param after the last of the page before; null for the first page
     * @param limit how many at most, from 1
     */
    List<LiveRecording> findAfter(RecordingId after, int limit);

    /** Those whose start is pending, and those that are stopped and not claimed, in the order of their ids. */
    List<LiveRecording> findUnsettled();

    /**
     * Notes what the recorder told of a recording's call.
     *
     * @return false if there is no such recording
     */
    boolean learn(RecordingId id, Call call);

    /**
     * Changes a recording's status if it is the expected one, and keeps book of how long it is paused.
     *
     * @return the status that it had; empty if there is no such recording
     */
    Optional<RecordingStatus> change(RecordingId id, RecordingStatus expected, RecordingStatus changed);

    /**
     * Forgets a recording.
     *
     * @return true if it was there; of simultaneous calls exactly one gets true
     */
    boolean remove(RecordingId id);

    /** The number of all entries, those of stopped recordings included. */
    long count();
}
