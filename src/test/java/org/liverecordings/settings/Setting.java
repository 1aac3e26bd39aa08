package org.liverecordings.settings;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.common.utils.StringUtil;

/** A setting: where it is, and what it is called. What is named by whoever sets it, such as a node, is called {@code east}. */
record Setting(Class<?> mapping, Method method, String name) {

    /** To look through all classes takes long. */
    private static final List<Class<?>> MAPPINGS = findMappings();

    /** The interfaces that settings are read through. */
    static List<Class<?>> mappings() {
        return MAPPINGS;
    }

    private static List<Class<?>> findMappings() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.liverecordings").stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        // What is below quarkus is only read beside the framework, which has its own bounds.
                        .filter(type -> type.getAnnotationOfType(ConfigMapping.class)
                                .prefix()
                                .startsWith("live-recordings"))
                        .<Class<?>>map(type -> type.reflect())
                        .sorted(Comparator.comparing(Class::getName))
                        .toList();
    }

    /** All that an interface has. */
    static Stream<Setting> of(Class<?> mapping) {
        return of(mapping, mapping, mapping.getAnnotation(ConfigMapping.class).prefix());
    }

    private static Stream<Setting> of(Class<?> mapping, Class<?> group, String prefix) {
        return Arrays.stream(group.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .flatMap(method -> {
                    String name = prefix + "." + StringUtil.skewer(method.getName());
                    Class<?> type = method.getReturnType();
                    if (type == Map.class) {
                        return of(mapping, named(method), name + ".east");
                    }
                    return type.isInterface() && type.getEnclosingClass() == group
                            ? of(mapping, type, name)
                            : Stream.of(new Setting(mapping, method, name));
                });
    }

    /** What each name in a map stands for. */
    private static Class<?> named(Method method) {
        return (Class<?>) ((ParameterizedType) method.getGenericReturnType()).getActualTypeArguments()[1];
    }

    Class<?> type() {
        Type type = method.getGenericReturnType();
        Type inner = type instanceof ParameterizedType optional && optional.getRawType() == Optional.class
                ? optional.getActualTypeArguments()[0]
                : type;
        return (Class<?>) (inner instanceof ParameterizedType list ? list.getRawType() : inner);
    }

    /** Whether it may be left out though it has no default. */
    boolean isOptional() {
        return method.getReturnType() == Optional.class;
    }

    /** Whether it is one of a few words. */
    boolean isWord() {
        return type() == boolean.class || type().isEnum();
    }

    String min() {
        return method.getAnnotation(Bounds.class).min();
    }

    String max() {
        return method.getAnnotation(Bounds.class).max();
    }

    @Override
    public String toString() {
        return name;
    }
}
