package org.liverecordings.recording.start;

import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.RejectedException;

/** A start that breaks a rule; nothing was changed. */
public class StartRejectedException extends RejectedException {

    private static final long serialVersionUID = 1L;

    /** A rejection that names no device. */
    public StartRejectedException(StartRejection rejection) {
        this(rejection, null);
    }

    /**
     * @param deviceName the device that can't be monitored; null unless the rejection is {@link StartRejection#NOT_MONITORABLE},
     *     and there too where no device is known
     */
    public StartRejectedException(StartRejection rejection, DeviceName deviceName) {
        super(rejection, deviceName);
    }
}
