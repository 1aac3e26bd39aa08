package org.liverecordings.api;

/** Where the API is. */
final class ApiPaths {

    /** The vendor's path, in the vendor's spelling. */
    static final String LIVE_RECORDINGS = "/fw/Apps/Recorder/WebAPI/LiveRecordings";

    private ApiPaths() {}
}
