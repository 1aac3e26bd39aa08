package org.liverecordings.wiring.stores;

import java.util.Set;

import io.quarkus.runtime.configuration.ConfigurationException;

/** How a setting stops the start whose value isn't among the words that it may have. */
final class UnknownWord {

    private UnknownWord() {}

    /** Returns what is to be thrown. */
    static ConfigurationException in(String setting, String value, String known) {
        return new ConfigurationException(setting + ": there is no '" + value + "', only: " + known, Set.of(setting));
    }
}
