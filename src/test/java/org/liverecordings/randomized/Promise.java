package org.liverecordings.randomized;

/**
 * How much the service promises, beyond what it always does.
 *
 * @param keepsKeys whether a stop with an {@code Idempotency-Key} is told for certain, even where a reply was lost after the stop had
 *     been claimed. If so, some clients send keys, and nothing excuses that nobody was told of what they claimed.
 * @param stopsLinesByTheirIds whether what a number's line or the caller's own lines record is stopped by the recordings' ids. If so,
 *     several clients stop such a line at once, some of them by id, and the next call may begin while stops of the one before are under
 *     way. Otherwise the suite may carry out a late stop of a line on its next recording, and can't tell which of two stops of a line
 *     was carried out: then a line has one client at a time, and the next call begins when nothing is on its way to the suite.
 */
record Promise(boolean keepsKeys, boolean stopsLinesByTheirIds) {

    /**
     * All of it, unless the system properties {@code stops.keys} or {@code stops.lines-by-ids} are {@code false}, as for a version of the
     * service from before it promised as much.
     */
    static Promise ofSystemProperties() {
        return new Promise(
                Boolean.parseBoolean(System.getProperty("stops.keys", "true")),
                Boolean.parseBoolean(System.getProperty("stops.lines-by-ids", "true")));
    }
}
