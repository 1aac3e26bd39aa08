package org.liverecordings.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Between what a setting's value must be, both included: of a duration its length, of a number its value, of a text or a path the
 * number of its characters, of a list the number of its items. A value outside stops the start with a message that names it.
 *
 * <p>Every setting but one that is one of a few words, such as yes or no, has it, and the interface that it is in is registered for
 * reflection, without which a native executable couldn't see it; a test holds both.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Bounds {

    /** A duration as it is written in a setting, such as {@code 100ms}, or a number. */
    String min();

    /** As {@link #min()}. */
    String max();
}
