package org.liverecordings.support;

import java.util.Map;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.liverecordings.settings.SettingsCustomizer;

/** Settings as the service would read them. */
public final class Settings {

    private Settings() {}

    /** The mapping of exactly these keys; one that the mapping doesn't know is refused. */
    public static <T> T of(Class<T> mapping, Map<String, String> keys) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(keys, "test", 100))
                .withMapping(mapping);
        new SettingsCustomizer().configBuilder(builder);
        return builder.build().getConfigMapping(mapping);
    }
}
