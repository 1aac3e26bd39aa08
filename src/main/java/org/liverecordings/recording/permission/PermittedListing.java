package org.liverecordings.recording.permission;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.liverecordings.recording.Caller;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.recorder.ListFilter;
import org.liverecordings.recording.recorder.ListedRecording;
import org.liverecordings.recording.store.LineCapabilities;

/**
 * Of what a suite lists, that on which a caller may act. The suite tells whose line a recording is on, and not which: it may be any of that
 * user's lines that were asked for, and the caller must manage them all.
 */
public final class PermittedListing {

    private final LineCapabilities lines;

    /** Never null. */
    public PermittedListing(LineCapabilities lines) {
        this.lines = lines;
    }

    /**
     * Those on which the caller may act.
     *
     * @param filter what the suite was asked for
     */
    public List<ListedRecording> permitted(Caller caller, ListFilter filter, List<ListedRecording> listed) {
        if (caller.hasCompleteManagement()) {
            return listed;
        }
        Set<ListedRecording> managed = new HashSet<>(managed(caller, filter, listed));
        return listed.stream()
                .filter(recording -> recording.belongsTo(caller) || managed.contains(recording))
                .toList();
    }

    /**
     * Those on lines that the caller manages.
     *
     * @param filter what the suite was asked for
     */
    public List<ListedRecording> managed(Caller caller, ListFilter filter, List<ListedRecording> listed) {
        if (!caller.managesLines()) {
            return List.of();
        }
        Map<String, List<Line>> linesOfUsers = lines.ofUsers(users(listed)).stream()
                .filter(filter::selects)
                .collect(Collectors.groupingBy(line -> Line.userKey(line.username())));
        return listed.stream()
                .filter(recording -> recording.username() != null)
                .filter(recording -> linesOfUsers.containsKey(Line.userKey(recording.username())))
                .filter(recording -> linesOfUsers.get(Line.userKey(recording.username())).stream()
                        .allMatch(caller::manages))
                .toList();
    }

    private static Set<String> users(List<ListedRecording> listed) {
        return listed.stream()
                .map(ListedRecording::username)
                .filter(Objects::nonNull)
                .map(Line::userKey)
                .collect(Collectors.toSet());
    }
}
