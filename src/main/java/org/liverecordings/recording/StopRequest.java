package org.liverecordings.recording;

/**
 * A stop as it was asked for, not yet validated, so that the trail can tell what was asked even where it made no sense.
 *
 * @param caller never null
 * @param byId whether the recording's id was given rather than its line
 * @param id may be null or anything
 * @param deviceName null, empty or blank if absent
 * @param directoryNumber null, empty or blank if absent
 */
public record StopRequest(Caller caller, boolean byId, String id, String deviceName, String directoryNumber) {

    /** A stop of the recording with this id. */
    public static StopRequest byId(Caller caller, String id) {
        return new StopRequest(caller, true, id, null, null);
    }

    /** A stop of what is being recorded on a device, a line, or one line of one device. */
    public static StopRequest byLine(Caller caller, String deviceName, String directoryNumber) {
        return new StopRequest(caller, false, null, deviceName, directoryNumber);
    }

    /**
     * @throws StopRejectedException with {@link StopRejection#INVALID_TARGET} if the id is not a GUID, or neither name is given
     */
    public StopTarget target() {
        if (byId) {
            return RecordingId.parse(id)
                    .map(StopTarget.ById::new)
                    .orElseThrow(() -> new StopRejectedException(StopRejection.INVALID_TARGET));
        }
        DeviceName device = DeviceName.ofNullable(deviceName);
        DirectoryNumber number = DirectoryNumber.ofNullable(directoryNumber);
        if (device == null && number == null) {
            throw new StopRejectedException(StopRejection.INVALID_TARGET);
        }
        return new StopTarget.OnLine(new LineSelector(device, number));
    }
}
