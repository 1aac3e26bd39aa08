package org.liverecordings.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkus.elytron.security.common.BcryptUtil;

/** The file of everybody who signs in with HTTP Basic in the contract's rows. */
final class BasicUsersFile {

    /** Everybody's, and cheap to verify: these tests are about what comes after it. */
    static final String PASSWORD = "correct horse";

    private static final String HASH = BcryptUtil.bcryptHash(PASSWORD, 4);

    private BasicUsersFile() {}

    /** Signs in the row's user, whose level the file has. One user has one level, hence alice is several. */
    static final Row.Credentials BASIC = (user, level) -> basic(nameOf(user, level));

    static String basic(String name) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    private static String nameOf(String user, String level) {
        return user.equals("alice") ? "alice-lv" + level : user;
    }

    /** A file with the users of these rows, and these others with level 10. */
    static String write(Stream<Row> rows, String... others) {
        Stream<String> ofRows = rows.flatMap(row -> row.tokens().stream())
                .filter(token -> token.startsWith("level "))
                .map(token -> token.split(" "))
                .map(who -> line(nameOf(who.length > 2 ? who[2] : "alice", who[1]), who[1]));
        List<String> lines = Stream.concat(ofRows, Stream.of(others).map(name -> line(name, "10")))
                .filter(line -> !line.endsWith(":0"))
                .distinct()
                .collect(Collectors.toList());
        try {
            Path file = Files.createTempFile("contract", ".users");
            file.toFile().deleteOnExit();
            return Files.write(file, lines).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(String name, String level) {
        return name + ":" + HASH + ":" + level;
    }
}
