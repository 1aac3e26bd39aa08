package org.liverecordings.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs that a {@link PatroniCluster} is made of, and who runs them. */
final class PatroniPrograms {

    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
    /** Whom root must be instead: PostgreSQL refuses to be root's. */
    private static final String USER = "postgres";

    private PatroniPrograms() {}

    /** What it takes and isn't there; empty if it can be run. */
    static Optional<String> missing() {
        for (String program : List.of("patroni", "etcd", "haproxy")) {
            if (!isInstalled(program)) {
                return Optional.of(program + " isn't installed");
            }
        }
        if (ofPostgres().isEmpty()) {
            return Optional.of("no PostgreSQL with pg_rewind is installed in " + VERSIONS);
        }
        return ROOT && (user().isEmpty() || !isInstalled("setpriv"))
                ? Optional.of("root can't become the user " + USER)
                : Optional.empty();
    }

    private static boolean isInstalled(String program) {
        return Programs.find(program).isPresent();
    }

    /** Where PostgreSQL's programs are. */
    static Optional<Path> ofPostgres() {
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("pg_rewind")))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<UserPrincipal> user() {
        try {
            return Optional.of(
                    VERSIONS.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Gives a folder to whoever runs PostgreSQL. */
    static Path ownedFolder(Path folder) throws IOException {
        return ROOT ? Files.setOwner(folder, user().orElseThrow()) : folder;
    }

    /** A command line for whoever runs PostgreSQL. */
    static List<String> asOwner(String... command) {
        List<String> all = new ArrayList<>();
        if (ROOT) {
            all.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups", "--"));
        }
        all.addAll(List.of(command));
        return all;
    }
}
