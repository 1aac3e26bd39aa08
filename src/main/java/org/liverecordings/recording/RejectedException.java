package org.liverecordings.recording;

import java.util.Objects;

/** A request that breaks a rule of its operation's contract; nothing was changed. */
public abstract class RejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final transient DeviceName deviceName;

    /**
     * @param deviceName null unless the rejection's contract names the device
     */
    protected RejectedException(Rejection rejection, DeviceName deviceName) {
        super(rejection + (deviceName == null ? "" : " " + deviceName), null, false, false);
        this.code = Objects.requireNonNull(rejection).code();
        this.deviceName = deviceName;
    }

    /** The contract's number for the reason. */
    public int code() {
        return code;
    }

    /** The device that can't be monitored, or null. */
    public DeviceName deviceName() {
        return deviceName;
    }
}
