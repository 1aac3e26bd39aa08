package org.liverecordings.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidationException.Problem;
import io.smallrye.config.ConfigValidator;
import io.smallrye.config.common.utils.StringUtil;

/** Checks each of our settings against its {@link Bounds}, and the names in the environment, before anything else sees them. */
public final class BoundsCheck implements ConfigValidator {

    private static final String OURS = "live-recordings";

    /** A duration is told in the longest of them that it is a multiple of. */
    private static final Map<String, Duration> UNITS = Map.of(
            "d",
            Duration.ofDays(1),
            "h",
            Duration.ofHours(1),
            "m",
            Duration.ofMinutes(1),
            "s",
            Duration.ofSeconds(1),
            "ms",
            Duration.ofMillis(1));

    private final NamesInEnvironment environment;

    BoundsCheck(NamesInEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void validateMapping(Class<?> mappingClass, String prefix, Object mapping) {
        if (prefix.equals(OURS) || prefix.startsWith(OURS + ".")) {
            List<Problem> problems = new ArrayList<>();
            check(mappingClass, prefix, mapping, problems);
            if (!problems.isEmpty()) {
                throw new ConfigValidationException(problems.toArray(Problem[]::new));
            }
        }
    }

    private void check(Class<?> type, String prefix, Object mapping, List<Problem> problems) {
        for (Method setting : type.getMethods()) {
            String name = prefix + "." + StringUtil.skewer(setting.getName());
            Object value = value(setting, mapping);
            Bounds bounds = setting.getAnnotation(Bounds.class);
            if (bounds != null) {
                fault(value, bounds).ifPresent(fault -> problems.add(new Problem(name + ": must " + fault)));
            } else if (value instanceof Map<?, ?> groups) {
                Class<?> group =
                        (Class<?>) ((ParameterizedType) setting.getGenericReturnType()).getActualTypeArguments()[1];
                environment.faults(name, group).forEach(fault -> problems.add(new Problem(fault)));
                groups.forEach((key, each) -> check(group, name + "." + key, each, problems));
            } else if (setting.getReturnType().isInterface()
                    && setting.getReturnType().getEnclosingClass() == type) {
                check(setting.getReturnType(), name, value, problems);
            }
        }
    }

    private static Object value(Method setting, Object mapping) {
        try {
            return setting.invoke(mapping);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("can't read the setting " + setting, e);
        }
    }

    /** What the value must be and isn't; empty if it is or if it isn't set. */
    private static Optional<String> fault(Object value, Bounds bounds) {
        if (value instanceof Optional<?> optional) {
            return optional.flatMap(present -> fault(present, bounds));
        }
        String range = bounds.min() + " to " + bounds.max();
        if (value instanceof Duration duration) {
            return isWithin(
                            duration,
                            DurationConverter.parseDuration(bounds.min()),
                            DurationConverter.parseDuration(bounds.max()))
                    ? Optional.empty()
                    : Optional.of("be from " + range + ", not " + text(duration));
        }
        if (value instanceof Number number) {
            return Double.isFinite(number.doubleValue()) && isWithin(new BigDecimal(number.toString()), bounds)
                    ? Optional.empty()
                    : Optional.of("be from " + range + ", not " + number);
        }
        boolean isList = value instanceof Collection<?>;
        int size = isList ? ((Collection<?>) value).size() : text(value).length();
        return isWithin(BigDecimal.valueOf(size), bounds)
                ? Optional.empty()
                : Optional.of("have " + range + (isList ? " items" : " characters") + ", not " + size);
    }

    private static boolean isWithin(BigDecimal value, Bounds bounds) {
        return isWithin(value, new BigDecimal(bounds.min()), new BigDecimal(bounds.max()));
    }

    private static <T extends Comparable<T>> boolean isWithin(T value, T min, T max) {
        return value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
    }

    private static String text(Object value) {
        if (value instanceof String || value instanceof Path) {
            return value.toString();
        }
        throw new IllegalStateException("no bounds for a setting of " + value.getClass());
    }

    /** As it would be written in a setting. */
    private static String text(Duration duration) {
        return UNITS.entrySet().stream()
                .filter(unit -> duration.equals(unit.getValue().multipliedBy(duration.dividedBy(unit.getValue()))))
                .max(Map.Entry.comparingByValue())
                .filter(unit -> !duration.isZero())
                .map(unit -> duration.dividedBy(unit.getValue()) + unit.getKey())
                .orElse(duration.isZero() ? "0s" : duration.toString());
    }
}
