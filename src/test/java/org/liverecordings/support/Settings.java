package org.liverecordings.support;

import java.time.Duration;
import java.util.Map;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Settings as the service would read them. */
public final class Settings {

    private Settings() {}

    /** The mapping of exactly these keys; one that the mapping doesn't know is refused. */
    public static <T> T of(Class<T> mapping, Map<String, String> keys) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(keys, "test", 100))
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(mapping)
                .build()
                .getConfigMapping(mapping);
    }
}
