package org.liverecordings.settings;

import java.time.Duration;
import java.util.List;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;

/** How settings are read beyond what the framework does. */
public final class SettingsCustomizer implements SmallRyeConfigBuilderCustomizer {

    private static final int ABOVE_THE_FRAMEWORKS = 300;

    static final String SIGN_IN = "live-recordings.sign-in.";

    /** Read as they are written, and not by a mapping, which would take them for unknown where they aren't environment variables. */
    static final List<String> SIGN_IN_LISTS =
            List.of("issuers", "audiences", "algorithms", "groups-claims", "levels", "name-claims", "name-suffixes");

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        SIGN_IN_LISTS.forEach(list -> builder.withMappingIgnore(SIGN_IN + list));
        NamesInEnvironment environment = new NamesInEnvironment();
        builder.withInterceptorFactories(new ByteOrderMarks(), environment)
                .withInterceptors(new PasswordSettings(), new FilePaths())
                .withConverter(Duration.class, ABOVE_THE_FRAMEWORKS, SettingsCustomizer::duration)
                .withValidator(new BoundsCheck(environment));
    }

    /** The framework's own converter lets an overflow pass, whose message names no setting. */
    private static Duration duration(String text) {
        try {
            return DurationConverter.parseDuration(text);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("far too long a duration: " + text, e);
        }
    }
}
