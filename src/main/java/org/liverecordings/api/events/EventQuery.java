package org.liverecordings.api.events;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

import org.liverecordings.api.BadQueryException;
import org.liverecordings.api.LineQuery;
import org.liverecordings.recording.Caller;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.event.EventFeed.FeedEvent;
import org.liverecordings.recording.event.EventType;
import org.liverecordings.recording.permission.PermittedLines;
import org.liverecordings.text.Texts;

/**
 * Which events a client reads: of those that it may see, those that meet every criterion that is there. An empty or blank parameter counts as
 * absent.
 */
record EventQuery(Caller caller, Set<EventType> types, DeviceName device, DirectoryNumber number, String user)
        implements Predicate<FeedEvent> {

    /**
     * @param rawQuery null if the request has none
     * @throws BadQueryException if a type is named that there isn't
     */
    static EventQuery read(Caller caller, String rawQuery) {
        return new EventQuery(
                caller,
                types(LineQuery.first(rawQuery, "type")),
                DeviceName.ofNullable(LineQuery.first(rawQuery, "deviceName")),
                DirectoryNumber.ofNullable(LineQuery.firstNumber(rawQuery, "directoryNumber")),
                Texts.stripToNull(LineQuery.first(rawQuery, "username")));
    }

    private static Set<EventType> types(String words) {
        if (Texts.isBlank(words)) {
            return EnumSet.allOf(EventType.class);
        }
        EnumSet<EventType> types = EnumSet.noneOf(EventType.class);
        for (String word : words.split(",", -1)) {
            types.add(EventType.ofWord(word.strip())
                    .orElseThrow(() -> new BadQueryException("type must be one or more, with commas between, of "
                            + Arrays.stream(EventType.values())
                                    .map(EventType::word)
                                    .toList())));
        }
        return types;
    }

    @Override
    public boolean test(FeedEvent candidate) {
        return types.contains(candidate.event().type())
                && (device == null || device.equals(candidate.event().deviceName()))
                && (number == null || number.equals(candidate.event().directoryNumber()))
                && (user == null || candidate.lines().stream().anyMatch(line -> line.belongsTo(user)))
                && PermittedLines.maySee(caller, candidate.event(), candidate.lines());
    }
}
