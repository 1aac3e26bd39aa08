package org.liverecordings.api;

/** Where the API is. */
public final class ApiPaths {

    /** The vendor's path, in the vendor's spelling. */
    public static final String LIVE_RECORDINGS = "/fw/Apps/Recorder/WebAPI/LiveRecordings";

    private ApiPaths() {}

    /**
     * Whether the vendor's contract says what may be answered there.
     *
     * @param path in the spelling that we route
     */
    static boolean isVendors(String path) {
        return path.equals(LIVE_RECORDINGS) || path.startsWith(LIVE_RECORDINGS + '/');
    }
}
