package org.liverecordings.api;

import io.vertx.core.http.HttpMethod;

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
    public static boolean isVendors(String path) {
        return path.equals(LIVE_RECORDINGS) || path.startsWith(LIVE_RECORDINGS + '/');
    }

    /**
     * Whether it certainly is an operation of the vendor's API. Others there are too, which the framework finds.
     *
     * @param path in the spelling that we route
     */
    public static boolean isOperation(HttpMethod method, String path) {
        if (path.equals(LIVE_RECORDINGS)) {
            return method == HttpMethod.DELETE || method == HttpMethod.GET || method == HttpMethod.POST;
        }
        int segment = LIVE_RECORDINGS.length() + 1;
        return isVendors(path)
                && path.length() > segment
                && path.indexOf('/', segment) < 0
                && (method == HttpMethod.DELETE || method == HttpMethod.GET);
    }
}
