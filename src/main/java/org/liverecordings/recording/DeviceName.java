package org.liverecordings.recording;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

import org.liverecordings.text.Texts;

/** The name of a telephony device, such as {@code SEP123456789ABC}. Equality is without regard to case. */
public final class DeviceName {

    private static final Pattern INVENTORIED = Pattern.compile("[\\p{L}\\p{Nd}._-]{1,15}");

    private final String value;
    private final String key;

    private DeviceName(String value) {
        this.value = value;
        this.key = value.toLowerCase(Locale.ROOT);
    }

    /**
     * @param text may be null
     * @return null if the text is absent, empty or blank
     */
    public static DeviceName ofNullable(String text) {
        return Texts.isBlank(text) ? null : new DeviceName(Texts.strip(text));
    }

    /** What {@link #ofNullable} makes a name of again: null if the name is null. */
    public static String valueOf(DeviceName name) {
        return name == null ? null : name.value();
    }

    /**
     * @param text neither null nor blank
     */
    public static DeviceName of(String text) {
        return Objects.requireNonNull(ofNullable(text), "a device name can't be blank");
    }

    /**
     * A device name as an inventory must have it. What a request names may be anything: it is on no such device.
     *
     * @param text never null
     * @throws IllegalArgumentException if it isn't 1 to 15 letters, digits, dots, hyphens and underscores
     */
    public static DeviceName ofInventory(String text) {
        String name = Texts.strip(text);
        if (!INVENTORIED.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a device name must be 1 to 15 letters, digits, dots, hyphens and underscores, not '" + name + "'");
        }
        return new DeviceName(name);
    }

    /** The name as it was written. */
    public String value() {
        return value;
    }

    /** The name by which devices are compared, sorted and stored. */
    public String key() {
        return key;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeviceName that && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
