package org.liverecordings.api.signin.basic;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import org.jboss.logging.Logger;
import org.liverecordings.settings.Shown;

/** The users as their file has them now, or had them when it was last without an error. */
final class UsersFile {

    static final String SETTING = "live-recordings.basic.users-file";

    private static final Logger LOG = Logger.getLogger(UsersFile.class);
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final Path file;
    private String seen;
    private String taken;
    private String fault;
    private volatile BasicUsers current;

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException if it can't be read, has no user, or a line is bad; the message names the setting, but no hash
     */
    UsersFile(Path file) {
        this.file = file;
        this.seen = content();
        this.taken = seen;
        this.current = BasicUsers.parse(file, seen);
    }

    BasicUsers current() {
        return current;
    }

    /**
     * Reads the file again if it has changed and is as it was at the call before, so that it isn't taken half-written. With an
     * error in it, or without any user in it, the users stay as they are, and the log says once why.
     */
    synchronized void refresh() {
        try {
            String content = content();
            boolean settled = content.equals(seen);
            seen = content;
            if (settled && !content.equals(taken)) {
                current = BasicUsers.parse(file, content);
                taken = content;
                LOG.infof("loaded users=%d file=%s", current.count(), file);
            }
            if (settled) {
                fault = null;
            }
        } catch (IllegalArgumentException e) {
            if (!Objects.equals(fault, e.getMessage())) {
                LOG.errorf("kept users=%d because of a bad file: %s", current.count(), e.getMessage());
            }
            fault = e.getMessage();
        }
    }

    private String content() {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                throw new IllegalArgumentException(SETTING + ": " + file + " is larger than " + MOST_BYTES + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(SETTING + ": can't read " + file + " as UTF-8", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(SETTING + ": can't read " + Shown.path(file.toString()), e);
        }
    }
}
