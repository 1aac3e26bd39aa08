package org.liverecordings.recorder.asterisk;

import java.util.Optional;

import org.liverecordings.recording.RecordingId;

/**
 * What our things are called in Asterisk. Each process has an application of its own, since a second WebSocket of one application
 * takes the first one's place; channels are called the same by all.
 */
final class Names {

    private final String prefix;
    private final String application;

    /**
     * @param prefix what all of them begin with
     * @param process tells this process from any other
     * @throws IllegalArgumentException if the prefix has other characters than letters, digits and hyphens
     */
    Names(String prefix, String process) {
        if (!prefix.matches("[a-zA-Z0-9-]{1,40}")) {
            throw new IllegalArgumentException(
                    "live-recordings.asterisk.application: up to 40 letters, digits and hyphens, not " + prefix);
        }
        this.prefix = prefix;
        this.application = prefix + '.' + process;
    }

    /** This process's application. */
    String application() {
        return application;
    }

    /** Whether it is this process's application, or that of another one. */
    boolean isOurs(String application) {
        return application.startsWith(prefix + '.');
    }

    /** The channel that listens to what is being recorded. */
    String channel(RecordingId id) {
        return prefix + '-' + id;
    }

    /** What is being recorded there; empty if it is no channel of ours. */
    Optional<RecordingId> recording(String channel) {
        return channel.startsWith(prefix + '-')
                ? RecordingId.parse(channel.substring(prefix.length() + 1))
                : Optional.empty();
    }
}
