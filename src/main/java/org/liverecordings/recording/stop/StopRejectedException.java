package org.liverecordings.recording.stop;

import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.RejectedException;

/** A stop that breaks a rule of the contract; nothing was changed. */
public class StopRejectedException extends RejectedException {

    private static final long serialVersionUID = 1L;

    /** A rejection that names no device. */
    public StopRejectedException(StopRejection rejection) {
        this(rejection, null);
    }

    /**
     * @param deviceName the device that can't be monitored; null unless the rejection is {@link StopRejection#NOT_MONITORABLE},
     *     and there too where a dial-in has none
     */
    public StopRejectedException(StopRejection rejection, DeviceName deviceName) {
        super(rejection, deviceName);
    }
}
