package org.liverecordings.api.signin.basic;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkus.elytron.security.common.BcryptUtil;
import org.liverecordings.api.signin.GivenLevel;
import org.liverecordings.settings.Shown;
import org.liverecordings.text.Texts;

/** The users that may sign in with HTTP Basic, as their file had them when it was read. */
final class BasicUsers {

    /** The prefixes 2a, 2b and 2y name the same algorithm; the library knows two of them. */
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$((0[4-9]|[12]\\d|3[01])\\$[./A-Za-z0-9]{53})");

    /** Each step doubles what a check costs: this one takes about a second. */
    private static final int HIGHEST_COST = 14;

    /** Some hash, without its cost. */
    private static final String NOBODY = "$NBGR8qI3eyiYgSXFGQwxPOA8i2SeTEUJDqiHUhs3Y2iH1ShZheuUi";

    private final Map<String, User> users;

    /** What a password is checked against if there is no such user, so that guessing names takes as long as guessing passwords. */
    private final String nobody;

    private BasicUsers(Map<String, User> users) {
        this.users = Map.copyOf(users);
        this.nobody = "$2a$"
                + users.values().stream().map(User::cost).max(String::compareTo).orElseThrow() + NOBODY;
    }

    /**
     * Reads the users in a file's content.
     *
     * @param file for the message
     * @throws IllegalArgumentException if there is no user in it, or a line is bad; the message names the file and the line, but no hash
     */
    static BasicUsers parse(Path file, String content) {
        Map<String, User> users = new HashMap<>();
        List<String> lines = content.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = Texts.strip(lines.get(i));
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(users, line, UsersFile.SETTING + ": " + file + ", line " + (i + 1) + ": ");
            }
        }
        if (users.isEmpty()) {
            throw new IllegalArgumentException(UsersFile.SETTING + ": " + file + " has no users");
        }
        return new BasicUsers(users);
    }

    private static void add(Map<String, User> users, String line, String where) {
        String[] fields = line.split(":", 3);
        if (fields.length != 3 || Texts.isBlank(fields[0]) || Shown.holdsHash(fields[0])) {
            throw new IllegalArgumentException(where + "not of the form user:bcrypt-hash:level");
        }
        Matcher hash = BCRYPT.matcher(Texts.strip(fields[1]));
        if (!hash.matches()) {
            throw new IllegalArgumentException(where + "the second field is not a bcrypt hash");
        }
        if (Integer.parseInt(hash.group(2)) > HIGHEST_COST) {
            throw new IllegalArgumentException(where + "the bcrypt hash has a cost of " + hash.group(2)
                    + ", so that nobody else could sign in while it is checked; at most " + HIGHEST_COST);
        }
        if (Shown.holdsHash(fields[2])) {
            // What says why it is no level would quote it, and it may be the hash of what should be the next line.
            throw new IllegalArgumentException(where + "the third field is not a level");
        }
        GivenLevel level;
        try {
            level = GivenLevel.parse(Texts.strip(fields[2]));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + e.getMessage(), e);
        }
        User user = new User("$2a$" + hash.group(1), hash.group(2), level);
        if (users.putIfAbsent(Texts.strip(fields[0]), user) != null) {
            throw new IllegalArgumentException(where + "user " + Texts.strip(fields[0]) + " is there already");
        }
    }

    /** How many they are. */
    int count() {
        return users.size();
    }

    /** The hash of the user's password; empty if there is no such user. */
    Optional<String> hash(String name) {
        return Optional.ofNullable(users.get(name)).map(User::hash);
    }

    /** The Call Recording level of the user; empty if there is no such user. */
    Optional<GivenLevel> level(String name) {
        return Optional.ofNullable(users.get(name)).map(User::level);
    }

    /** Whether that is the user's password. It takes some 60 ms of a core, on purpose; for a user who isn't there as well. */
    boolean matches(String name, String password) {
        User user = users.get(name);
        return BcryptUtil.matches(password, user == null ? nobody : user.hash()) && user != null;
    }

    private record User(String hash, String cost, GivenLevel level) {}
}
