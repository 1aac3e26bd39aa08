package org.liverecordings.settings;

import java.util.regex.Pattern;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;

/**
 * Refuses what belongs into a file where a setting takes the file's path: the message that there is no such file would print a key or
 * a hash. That goes for the framework's settings as well.
 */
final class FilePaths implements ConfigSourceInterceptor {

    private static final long serialVersionUID = 1L;

    /** Without those of MicroProfile JWT: the framework would name the setting and keep the reason to itself. They are read elsewhere. */
    private static final Pattern TAKES_A_PATH = Pattern.compile(
            "((?!mp\\.jwt\\.).*[.-](files?|location|paths?)|quarkus\\.(tls|otel)\\..*\\.(keys?|certs?))(\\[\\d+])?",
            Pattern.DOTALL);

    /**
     * @throws IllegalArgumentException if the value can't be a path; the message names the setting and doesn't show the value
     */
    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.proceed(name);
        if (value != null
                && value.getValue() != null
                && Shown.isContent(value.getValue())
                && TAKES_A_PATH.matcher(name).matches()) {
            throw new IllegalArgumentException(name + ": " + Shown.CONTENT);
        }
        return value;
    }
}
