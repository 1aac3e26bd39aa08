package org.liverecordings.recording.timer;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

import org.liverecordings.recording.store.Timers;
import org.liverecordings.text.Texts;

/**
 * Which timers requests may set.
 *
 * @param timers where they are kept; never null
 * @param longest how long a request may put something off; never null
 * @param longestPause what becomes of pauses that last too long; empty if nothing does
 */
public record TimerRules(Timers timers, Duration longest, Optional<LongestPause> longestPause) {

    /** The parameter of a pause. */
    public static final String RESUME_AFTER = "resumeAfter";

    /** The property of a start. */
    public static final String MAX_DURATION = "maxDuration";

    /** Java takes more than ISO 8601 does: signs within a duration, and a point with nothing after it. */
    private static final Pattern DURATION =
            Pattern.compile("P(?:\\d+D)?(?:T(?:\\d+H)?(?:\\d+M)?(?:\\d+(?:[.,]\\d+)?S)?)?", Pattern.CASE_INSENSITIVE);

    private static final Duration SHORTEST = Duration.ofMillis(1);

    /**
     * What becomes of a pause that lasts too long.
     *
     * @param after how long it may last
     * @param resumes whether it is made to end; else it is told
     */
    public record LongestPause(Duration after, boolean resumes) {}

    /**
     * Reads an ISO 8601 duration of days, hours, minutes and seconds.
     *
     * @param text null if the request has none
     * @return empty if it has none
     * @throws TimerUnusableException if it is none that can be set
     */
    public Optional<Duration> read(String parameter, String text) {
        if (text == null) {
            return Optional.empty();
        }
        return Optional.of(parse(text)
                .filter(duration -> duration.compareTo(SHORTEST) >= 0 && duration.compareTo(longest) <= 0)
                .orElseThrow(() -> new TimerUnusableException(
                        parameter + " is not an ISO 8601 duration above zero and of " + longest + " at most")));
    }

    private static Optional<Duration> parse(String text) {
        String duration = Texts.strip(text);
        try {
            return DURATION.matcher(duration).matches() ? Optional.of(Duration.parse(duration)) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
