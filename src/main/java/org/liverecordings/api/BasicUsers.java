package org.liverecordings.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.quarkus.elytron.security.common.BcryptUtil;
import org.liverecordings.recording.Texts;

/** The users that may sign in with HTTP Basic, as their file had them when it was read. */
final class BasicUsers {

    /** The prefixes 2a, 2b and 2y name the same algorithm; the library knows two of them. */
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$((0[4-9]|[12]\\d|3[01])\\$[./A-Za-z0-9]{53})");

    /** Some hash, without its cost. */
    private static final String NOBODY = "$NBGR8qI3eyiYgSXFGQwxPOA8i2SeTEUJDqiHUhs3Y2iH1ShZheuUi";

    private final Map<String, User> users;

    /** What a password is checked against if there is no such user, so that guessing names takes as long as guessing passwords. */
    private final String nobody;

    private final SecretKeySpec key;

    /**
     * bcrypt is slow by design, some 60 ms of a core: a client that signs in with each request would get no more than a dozen
     * through in a second. What has been verified once is remembered, as an HMAC under a key that lives and dies with this process.
     */
    private final Map<String, byte[]> verified = new ConcurrentHashMap<>();

    private BasicUsers(Map<String, User> users) {
        this.users = Map.copyOf(users);
        this.nobody = "$2a$"
                + users.values().stream().map(User::cost).max(String::compareTo).orElse("10") + NOBODY;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, "HmacSHA256");
    }

    /**
     * @throws IllegalArgumentException if the file can't be read or a line is bad; the message names both, but no hash
     */
    static BasicUsers read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException("live-recordings.basic.users-file: can't read " + file, e);
        }
        Map<String, User> users = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = Texts.strip(lines.get(i));
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(users, line, "live-recordings.basic.users-file: " + file + ", line " + (i + 1) + ": ");
            }
        }
        return new BasicUsers(users);
    }

    private static void add(Map<String, User> users, String line, String where) {
        String[] fields = line.split(":", -1);
        if (fields.length != 3 || Texts.isBlank(fields[0])) {
            throw new IllegalArgumentException(where + "not of the form user:bcrypt-hash:level");
        }
        Matcher hash = BCRYPT.matcher(Texts.strip(fields[1]));
        if (!hash.matches()) {
            throw new IllegalArgumentException(where + "the second field is not a bcrypt hash");
        }
        if (!Texts.strip(fields[2]).matches("[1-9]|10")) {
            throw new IllegalArgumentException(where + "the level is not a number from 1 to 10");
        }
        User user = new User("$2a$" + hash.group(1), hash.group(2), Integer.parseInt(Texts.strip(fields[2])));
        if (users.putIfAbsent(Texts.strip(fields[0]), user) != null) {
            throw new IllegalArgumentException(where + "user " + Texts.strip(fields[0]) + " is there already");
        }
    }

    /**
     * The Call Recording level of the user, 1 to 10.
     *
     * @return empty if there is no such user or the password is wrong
     */
    OptionalInt level(String name, String password) {
        User user = users.get(name);
        if (user == null) {
            BcryptUtil.matches(password, nobody);
            return OptionalInt.empty();
        }
        byte[] mac = mac(name, password);
        byte[] known = verified.get(name);
        if (known == null || !MessageDigest.isEqual(known, mac)) {
            if (!BcryptUtil.matches(password, user.hash())) {
                return OptionalInt.empty();
            }
            verified.put(name, mac);
        }
        return OptionalInt.of(user.level());
    }

    private byte[] mac(String name, String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(name.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private record User(String hash, String cost, int level) {}
}
