package org.liverecordings.settings;

import java.util.HashSet;
import java.util.Iterator;
import java.util.OptionalInt;
import java.util.Set;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigSourceInterceptorFactory;
import io.smallrye.config.ConfigValue;

/**
 * Takes a byte-order mark off the first name in a file of settings, such as {@code config/application.properties}: the setting
 * would be ignored without a word.
 */
final class ByteOrderMarks implements ConfigSourceInterceptorFactory {

    private static final String MARK = "\uFEFF";

    /** Next to the files, so that profiles and everything else see the names without it. */
    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(1);
    }

    @Override
    public ConfigSourceInterceptor getInterceptor(ConfigSourceInterceptorContext context) {
        Set<String> marked = new HashSet<>();
        context.iterateNames().forEachRemaining(name -> {
            if (name.startsWith(MARK)) {
                marked.add(name.substring(MARK.length()));
            }
        });
        return marked.isEmpty() ? ConfigSourceInterceptorContext::proceed : new Unmarking(marked);
    }

    /** The names that stand somewhere with a mark. */
    private static final class Unmarking implements ConfigSourceInterceptor {

        private static final long serialVersionUID = 1L;

        private final HashSet<String> marked;

        private Unmarking(Set<String> marked) {
            this.marked = new HashSet<>(marked);
        }

        @Override
        public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
            ConfigValue plain = context.proceed(name);
            ConfigValue found = marked.contains(name) ? context.proceed(MARK + name) : null;
            return found == null || plain != null && plain.getConfigSourceOrdinal() > found.getConfigSourceOrdinal()
                    ? plain
                    : found.withName(name);
        }

        @Override
        public Iterator<String> iterateNames(ConfigSourceInterceptorContext context) {
            Set<String> names = new HashSet<>(marked);
            context.iterateNames().forEachRemaining(name -> {
                if (!name.startsWith(MARK)) {
                    names.add(name);
                }
            });
            return names.iterator();
        }
    }
}
