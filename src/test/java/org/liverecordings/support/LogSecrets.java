package org.liverecordings.support;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds in a log what must not be in any: tokens, passwords, hashes, keys. */
final class LogSecrets {

    /** By a text that such a secret has in it, since logs are long and secrets rare. */
    private static final Map<String, Pattern> FORMS = Map.of(
            "eyJ", Pattern.compile("eyJ[\\w-]{8,}\\.[\\w-]{8,}"),
            "asic ", Pattern.compile("(?i)basic [A-Za-z0-9+/]{12,}={0,2}"),
            "earer ", Pattern.compile("(?i)bearer [\\w.~+/-]{20,}"),
            "$2", Pattern.compile("\\$2[abxy]?\\$\\d\\d\\$[./A-Za-z0-9]{53}"),
            "whsec_", Pattern.compile("whsec_[A-Za-z0-9+/]{8,}"),
            "PRIVATE KEY", Pattern.compile("PRIVATE KEY"));

    /** Shorter ones are words of our own messages as well, such as "wrong", or names, such as "postgres". */
    private static final int SHORTEST = 9;

    private LogSecrets() {}

    /**
     * What is in the log, at most one finding of each kind.
     *
     * @param environment whose passwords and secrets are looked for
     */
    static List<String> in(String log, Map<String, String> environment) {
        List<String> found = new ArrayList<>();
        FORMS.forEach((mark, form) -> {
            if (log.contains(mark)) {
                form.matcher(log).results().findFirst().ifPresent(match -> found.add(match.group()));
            }
        });
        environment.forEach((name, value) -> {
            if (name.matches(".*(PASSWORD|SECRET)") && value.length() >= SHORTEST && log.contains(value)) {
                found.add(name);
            }
            String user = environment.get(name.replaceFirst("PASSWORD$", "USERNAME"));
            if (name.endsWith("PASSWORD") && user != null && log.contains(base64(user + ':' + value))) {
                found.add(name + " in Base64");
            }
        });
        return found;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
