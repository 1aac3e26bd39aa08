package org.liverecordings.recording.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.Line;
import org.liverecordings.recording.LineSelector;

/**
 * The inventory of lines and what can be done with each. Safe for use by many threads.
 *
 * <p>Every method throws {@link StoreUnavailableException} if what keeps the inventory can't be reached.
 */
public interface LineCapabilities {

    /** The appearance of the number on the device; empty if the inventory doesn't know it. */
    Optional<Line> find(DeviceName deviceName, DirectoryNumber directoryNumber);

    /** The appearances that the selector names, in the order of their device names and then of their numbers. */
    List<Line> find(LineSelector selector);

    /**
     * The lines of a user, in the order of their device names and then of their numbers.
     *
     * @param username compared without regard to case
     */
    List<Line> ofUser(String username);

    /**
     * The lines of all these users, in the order of their device names and then of their numbers.
     *
     * @param usernames compared without regard to case
     */
    List<Line> ofUsers(Collection<String> usernames);

    /** The appearances of all these numbers, in the order of their device names and then of their numbers. */
    List<Line> ofNumbers(Collection<DirectoryNumber> numbers);

    /**
     * What {@link #find(LineSelector)} returns for each of these selectors; those that name a number are looked up at once.
     *
     * @return to be asked for these selectors only
     */
    default Function<LineSelector, List<Line>> findAll(Collection<LineSelector> selectors) {
        Set<DirectoryNumber> numbers = selectors.stream()
                .map(LineSelector::directoryNumber)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Map<DirectoryNumber, List<Line>> appearances = numbers.isEmpty()
                ? Map.of()
                : ofNumbers(numbers).stream().collect(Collectors.groupingBy(Line::directoryNumber));
        return selector -> selector.directoryNumber() == null
                ? find(selector)
                : appearances.getOrDefault(selector.directoryNumber(), List.of()).stream()
                        .filter(line -> selector.overlaps(LineSelector.of(line)))
                        .toList();
    }

    /** The number of lines. */
    long count();
}
