package org.liverecordings.recording;

import java.util.Objects;

/** A stop that breaks a rule of the contract; nothing was changed. */
public class StopRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final StopRejection rejection;
    private final transient DeviceName deviceName;

    /** A rejection that names no device. */
    public StopRejectedException(StopRejection rejection) {
        this(rejection, null);
    }

    /**
     * @param deviceName the device that can't be monitored; null unless the rejection is {@link StopRejection#NOT_MONITORABLE},
     *     and there too where a dial-in has none
     */
    public StopRejectedException(StopRejection rejection, DeviceName deviceName) {
        super(rejection + (deviceName == null ? "" : " " + deviceName), null, false, false);
        this.rejection = Objects.requireNonNull(rejection);
        this.deviceName = deviceName;
    }

    /** Never null. */
    public StopRejection rejection() {
        return rejection;
    }

    /** The device that can't be monitored, or null. */
    public DeviceName deviceName() {
        return deviceName;
    }
}
