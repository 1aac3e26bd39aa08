package org.liverecordings.recording.stop;

import java.util.List;
import java.util.Objects;

import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.recorder.NoUsableListException;
import org.liverecordings.recording.recorder.RecorderAnswers;
import org.liverecordings.recording.recorder.RecorderException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.recorder.RecordingSuite;
import org.liverecordings.recording.store.LineCapabilities;

/** What a suite lists before it is asked to stop anything. */
final class SuiteListing {

    private final RecordingSuite suite;
    private final LineCapabilities lines;
    private final Deadline deadline;

    /**
     * @param deadline the request's
     */
    SuiteListing(RecordingSuite suite, LineCapabilities lines, Deadline deadline) {
        this.suite = suite;
        this.lines = lines;
        this.deadline = deadline;
    }

    List<ListedRecording> list(ListFilter filter) {
        return list(filter, deadline);
    }

    private List<ListedRecording> list(ListFilter filter, Deadline until) {
        try {
            return RecorderAnswers.await(suite.within(until).list(filter));
        } catch (RecorderException e) {
            throw nothingAsked(e);
        }
    }

    /** As {@link #list}, or nothing if that can't be had in half of the time: the other half is for the stop. */
    List<ListedRecording> listOrNone(ListFilter filter) {
        try {
            return list(filter, Deadline.after(deadline.left().dividedBy(2)));
        } catch (RecorderException e) {
            return List.of();
        }
    }

    /**
     * Returns null if the list doesn't tell enough, now or later. A list that failed is another thing: it makes the stop fail, as the next
     * one may be stopped by its id.
     */
    List<ListedRecording> ofNumber(LineSelector line) {
        if (line.deviceName() != null) {
            return null;
        }
        try {
            List<ListedRecording> listed = list(ListFilter.onNumber(line.directoryNumber()));
            return listed.size() > 1 ? null : listed;
        } catch (NoUsableListException e) {
            return null;
        }
    }

    /** All lines of the user whose recording it is: the list doesn't tell on which of them it runs. */
    List<LineSelector> linesOf(RecordingTarget target, List<ListedRecording> listed) {
        return of(target, listed).stream()
                .map(ListedRecording::username)
                .filter(Objects::nonNull)
                .flatMap(user -> linesOf(user).stream())
                .toList();
    }

    /** All lines of a user. */
    List<LineSelector> linesOf(String user) {
        return lines.ofUser(user).stream().map(LineSelector::of).toList();
    }

    /** Of what is listed, what a target names by its id. */
    static List<ListedRecording> of(RecordingTarget target, List<ListedRecording> listed) {
        return listed.stream()
                .filter(recording -> target.equals(new RecordingTarget.ById(recording.id())))
                .toList();
    }

    /** A list that didn't come may have arrived, but a stop wasn't asked for. */
    private static RecorderException nothingAsked(RecorderException failure) {
        return failure instanceof RecorderUnavailableException && failure.mayHaveArrived()
                ? new RecorderUnavailableException(failure.getMessage(), false, failure)
                : failure;
    }
}
