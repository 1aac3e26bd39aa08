package org.liverecordings.recording.permission;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.LineSelector;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.NotPermittedException;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.event.RecordingEvent;
import org.liverecordings.recording.store.LineCapabilities;

/**
 * On which lines and recordings a caller may act. What makes a line theirs, {@link Caller#manages} and {@link Caller#mayActOn} say; here
 * that is asked of the inventory. Whoever has complete management needs no inventory for it.
 */
public final class PermittedLines {

    private final LineCapabilities lines;

    /** Never null. */
    public PermittedLines(LineCapabilities lines) {
        this.lines = lines;
    }

    /** The caller's own lines: those that the inventory has under the caller's name. */
    public List<Line> own(Caller caller) {
        return lines.ofUser(caller.name());
    }

    /** Whether the caller may act on some line that the selector names. */
    public boolean permit(Caller caller, LineSelector selector) {
        return caller.hasCompleteManagement() || !permitted(caller, selector).isEmpty();
    }

    /** Of the lines that the selector names, those on which the caller may act. */
    public List<Line> permitted(Caller caller, LineSelector selector) {
        return lines.find(selector).stream().filter(caller::mayActOn).toList();
    }

    /**
     * Whether the caller may be told of an event: with complete management, on a line that is theirs, or of what the caller did.
     *
     * @param on the appearances of lines on which it happened
     */
    public static boolean maySee(Caller caller, RecordingEvent event, List<Line> on) {
        return caller.hasCompleteManagement()
                || on.stream().anyMatch(caller::mayActOn)
                || Line.isSameUser(event.user(), caller.name());
    }

    /**
     * The recordings that a target names and that are on lines that the caller manages.
     *
     * @param named all that it names
     * @throws NotPermittedException if it names no such line, whether anything is recorded there or not: the refusal tells nothing
     */
    public List<LiveRecording> managedRecordings(Caller caller, RecordingTarget target, List<LiveRecording> named) {
        return caller.hasCompleteManagement() ? named : ofTarget(target, named, caller::manages);
    }

    /** As {@link #managedRecordings}, of lines on which the caller may act. */
    public List<LiveRecording> permittedRecordings(Caller caller, RecordingTarget target, List<LiveRecording> named) {
        return caller.hasCompleteManagement() ? named : ofTarget(target, named, caller::mayActOn);
    }

    private List<LiveRecording> ofTarget(RecordingTarget target, List<LiveRecording> named, Predicate<Line> rule) {
        List<LiveRecording> found = on(rule, named);
        if (found.isEmpty()
                && !(target instanceof RecordingTarget.OnLine line
                        && lines.find(line.selector()).stream().anyMatch(rule))) {
            throw new NotPermittedException();
        }
        return found;
    }

    /**
     * What of the selector's lines the caller manages: the selector itself if it is all of them, else each line of its own.
     *
     * @throws NotPermittedException if it is none
     */
    public List<LineSelector> managedSelectors(Caller caller, LineSelector selector) {
        if (caller.hasCompleteManagement()) {
            return List.of(selector);
        }
        List<Line> named = lines.find(selector);
        List<LineSelector> managed =
                named.stream().filter(caller::manages).map(LineSelector::of).toList();
        if (managed.isEmpty()) {
            throw new NotPermittedException();
        }
        return managed.size() == named.size() ? List.of(selector) : managed;
    }

    /** Whether the caller manages every line that the selector names; one at least, unless it is everybody's lines. */
    public boolean managesAll(Caller caller, LineSelector selector) {
        return caller.hasCompleteManagement() || managesEach(caller, lines.find(selector));
    }

    /**
     * As {@link #managesAll}, for many selectors at once.
     *
     * @return tells of each of these selectors whether the caller manages every line that it names
     */
    public Predicate<LineSelector> areManaged(Caller caller, Collection<LineSelector> selectors) {
        if (caller.hasCompleteManagement()) {
            return selector -> true;
        }
        Function<LineSelector, List<Line>> named = lines.findAll(selectors);
        return selector -> managesEach(caller, named.apply(selector));
    }

    private static boolean managesEach(Caller caller, List<Line> named) {
        return !named.isEmpty() && named.stream().allMatch(caller::manages);
    }

    private List<LiveRecording> on(Predicate<Line> rule, List<LiveRecording> recordings) {
        if (recordings.isEmpty()) {
            return recordings;
        }
        Set<DirectoryNumber> numbers =
                recordings.stream().map(LiveRecording::directoryNumber).collect(Collectors.toSet());
        return on(lines.ofNumbers(numbers).stream().filter(rule).toList(), recordings);
    }

    /** The recordings on any of these lines. */
    public static List<LiveRecording> on(List<Line> lines, List<LiveRecording> recordings) {
        return recordings.stream()
                .filter(recording -> lines.stream().anyMatch(recording::isOn))
                .toList();
    }
}
