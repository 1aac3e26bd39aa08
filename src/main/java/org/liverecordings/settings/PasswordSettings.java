package org.liverecordings.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Expressions;

/**
 * Hands on passwords and the names that belong to them as they are: elsewhere {@code ${…}} is an expression and a backslash before
 * a dollar sign vanishes. Beside each password {@code …password-file} may name a file that has it instead, of which one line's end
 * at the end, and a byte-order mark, don't count.
 */
final class PasswordSettings implements ConfigSourceInterceptor {

    private static final long serialVersionUID = 1L;

    private static final String DATABASE = "quarkus.datasource.";

    /** Flyway connects by itself: as the database's user, unless the tables have another owner. */
    private static final String MIGRATION = "quarkus.flyway.";

    /** What has a user name and a password below it. */
    private static final Pattern SIGN_IN =
            Pattern.compile("(" + Pattern.quote(DATABASE) + "|" + Pattern.quote(MIGRATION)
                    + "|live-recordings\\.imagicle\\.|live-recordings\\.asterisk\\.nodes\\..+\\.)(username|password)");

    private static final Map<String, String> ELSE =
            Map.of(MIGRATION + "password", DATABASE + "password", MIGRATION + "username", DATABASE + "username");

    private static final int MAX_BYTES = 4096;

    /** What a byte of the environment becomes that means nothing in the process's locale. */
    private static final char UNREADABLE = '\uFFFD';

    /**
     * @throws IllegalArgumentException if a password and its file are both set, the file has none, or the locale garbled it; the
     *     message names the setting
     */
    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        Matcher signIn = SIGN_IN.matcher(name);
        if (!signIn.matches()) {
            return context.proceed(name);
        }
        boolean isPassword = signIn.group(2).equals("password");
        ConfigValue value = Expressions.withoutExpansion(() -> context.proceed(name));
        ConfigValue file = isPassword ? context.proceed(name + "-file") : null;
        if (isSet(file)) {
            if (isSet(value)) {
                throw new IllegalArgumentException(name + " and " + name + "-file are both set");
            }
            return file.from()
                    .withName(name)
                    .withValue(read(name + "-file", file.getValue()))
                    .build();
        }
        if (isSet(value) && value.getValue().indexOf(UNREADABLE) >= 0) {
            throw new IllegalArgumentException(name + ": has characters that can't be read in this process's locale;"
                    + " set LC_ALL=C.UTF-8 as well" + (isPassword ? ", or use " + name + "-file" : ""));
        }
        return isSet(value) || !ELSE.containsKey(name) ? value : getValue(context, ELSE.get(name));
    }

    private static boolean isSet(ConfigValue value) {
        return value != null && value.getValue() != null && !value.getValue().isEmpty();
    }

    private static String read(String setting, String file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException | InvalidPathException e) {
            // Without its cause, which shows what the file is called: the password, if somebody put that there.
            throw new IllegalArgumentException(setting + ": can't read " + Shown.existingPath(file)
                    + "; it takes the path of a file, not the password itself");
        }
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(setting + ": " + file + " has more than " + MAX_BYTES + " bytes");
        }
        String password = text(setting, file, bytes).replaceFirst("^\uFEFF", "").replaceFirst("\r?\n\\z", "");
        if (password.isEmpty()) {
            throw new IllegalArgumentException(setting + ": " + file + " is empty");
        }
        return password;
    }

    private static String text(String setting, String file, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(setting + ": " + file + " is not UTF-8", e);
        }
    }
}
