package org.liverecordings.recording;

import java.util.List;
import java.util.Optional;

/** The inventory of lines and what can be done with each. Safe for use by many threads. */
public interface LineCapabilities {

    /** The appearance of the number on the device; empty if the inventory doesn't know it. */
    Optional<Line> find(DeviceName deviceName, DirectoryNumber directoryNumber);

    /** Every appearance of the number, in the order of their device names; empty if the inventory doesn't know it. */
    List<Line> find(DirectoryNumber directoryNumber);

    /** The number of lines. */
    long count();
}
