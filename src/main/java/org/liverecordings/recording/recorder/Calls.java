package org.liverecordings.recording.recorder;

import java.util.Collection;
import java.util.Set;

import org.liverecordings.recording.LineSelector;

/** What a recorder knows of calls, recorded or not. Not every recorder knows any. */
@FunctionalInterface
public interface Calls {

    /**
     * Looks at lines. Blocks.
     *
     * @param lines lines, devices with all their lines, or numbers on all their devices
     * @return those of them on which there is certainly no call now; none if the recorder can't be asked
     */
    Set<LineSelector> noneOn(Collection<LineSelector> lines);
}
