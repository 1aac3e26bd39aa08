package org.liverecordings.recorder.guard;

import java.util.Map;

/** How a recorder is, for people to look at. */
public interface RecorderCondition {

    /** Whether there is nothing to see to. */
    boolean isWell();

    /** In which way it is or isn't, by the name of what is described. */
    Map<String, String> details();
}
