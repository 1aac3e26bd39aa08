package org.liverecordings.wiring.start;

import java.util.function.Supplier;

import io.quarkus.runtime.configuration.ConfigurationException;
import org.jboss.logging.Logger;
import org.liverecordings.csv.BadCsvException;

/** How a setting, a file or a database that makes no sense stops the start. */
final class StartFailure {

    private static final Logger LOG = Logger.getLogger(StartFailure.class);

    private StartFailure() {}

    /**
     * Does work of the start. If it fails for a reason that its message explains, that message is all that is printed: the framework
     * prints a stack trace for every other exception, and it would hide the message.
     *
     * @throws ConfigurationException in place of what says that a setting, a file or the database makes no sense
     */
    static <T> T explained(Supplier<T> work) {
        try {
            return work.get();
        } catch (BadCsvException | IllegalArgumentException | IllegalStateException e) {
            LOG.debug("can't start", e);
            throw new ConfigurationException(e.getMessage());
        }
    }
}
