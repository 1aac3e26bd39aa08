package org.liverecordings.recorder.upstream;

import java.io.IOException;

/** The request certainly didn't leave this machine. */
public final class NotSentException extends IOException {

    private static final long serialVersionUID = 1L;

    NotSentException(Throwable cause) {
        super(cause);
    }
}
