package org.liverecordings.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One member of a {@link PatroniCluster}: a Patroni and the PostgreSQL that it looks after. */
final class PatroniMember {

    private final String name;
    private final Path folder;
    private final int port = ServiceProcess.freePort();
    private final int restPort = ServiceProcess.freePort();
    private Process patroni;

    PatroniMember(String name, Path parent, int etcd) {
        try {
            this.name = name;
            this.folder = PatroniPrograms.ownedFolder(Files.createDirectory(parent.resolve(name)));
            Files.writeString(folder.resolve("patroni.yml"), configuration(etcd));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String configuration(int etcd) {
        String recipe = Recipe.of("failover.md", "patroni.yml")
                .replaceAll("(?m)^( +ttl:).*", "$1 6")
                .replaceAll("(?m)^( +loop_wait:).*", "$1 1")
                .replaceAll("(?m)^( +retry_timeout:).*", "$1 2");
        return recipe
                + """
                  initdb: [data-checksums, {encoding: UTF8}, {locale: C}]
                  pg_hba: [host all all 127.0.0.1/32 trust, host replication all 127.0.0.1/32 trust]
                scope: live-recordings
                name: %1$s
                etcd3: {host: "127.0.0.1:%2$d"}
                restapi: {listen: "127.0.0.1:%3$d", connect_address: "127.0.0.1:%3$d"}
                postgresql:
                  listen: 127.0.0.1:%4$d
                  connect_address: 127.0.0.1:%4$d
                  data_dir: %5$s/data
                  bin_dir: %6$s
                  pgpass: %5$s/pgpass
                  authentication:
                    superuser: {username: postgres, password: postgres}
                    replication: {username: replicator, password: replicator}
                  parameters: {unix_socket_directories: %5$s, fsync: "off"}
                """.formatted(
                                name,
                                etcd,
                                restPort,
                                port,
                                folder,
                                PatroniPrograms.ofPostgres().orElseThrow());
    }

    /** A text of the documentation, with this member's addresses. */
    String local(String recipe) {
        return recipe.replace(name + ".example.com:5432", "127.0.0.1:" + port)
                .replace("check port 8008 # " + name, "check port " + restPort);
    }

    void start() {
        List<String> command =
                PatroniPrograms.asOwner("patroni", folder.resolve("patroni.yml").toString());
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
            builder.environment().put("HOME", folder.toString());
            patroni = builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return patroni != null && patroni.isAlive();
    }

    /**
     * What Patroni says of this member.
     *
     * @param role {@code primary} or {@code synchronous}
     */
    boolean is(String role) {
        try {
            HttpURLConnection asked = (HttpURLConnection) URI.create("http://127.0.0.1:" + restPort + "/" + role)
                    .toURL()
                    .openConnection();
            asked.setConnectTimeout(1000);
            asked.setReadTimeout(1000);
            return asked.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** SIGKILL. */
    void killPatroni() {
        if (patroni != null) {
            patroni.destroyForcibly().onExit().join();
        }
    }

    /** SIGKILL for all of its processes; the first one could begin others. */
    void killPostgres() {
        postmaster().ifPresent(postmaster -> {
            List<ProcessHandle> sessions = postmaster.descendants().toList();
            postmaster.destroyForcibly();
            sessions.forEach(ProcessHandle::destroyForcibly);
        });
    }

    /** The first process of this member's PostgreSQL. What the file names may be long gone, and its number somebody else's. */
    private Optional<ProcessHandle> postmaster() {
        Path data = folder.resolve("data");
        try {
            String pid =
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
            return Files.isSameFile(Path.of("/proc", pid, "cwd"), data)
                    ? ProcessHandle.of(Long.parseLong(pid))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** From now on it takes in nothing of what the leader sends. */
    void fallBehind() {
        signal("STOP");
    }

    /** What the leader sent meanwhile is lost, as with the leader's machine. */
    void loseWhatIsOnItsWay() {
        signal("TERM");
        signal("CONT");
    }

    /** Sends a signal to the process that receives what the leader sends. */
    private void signal(String name) {
        try {
            for (ProcessHandle process :
                    postmaster().orElseThrow().descendants().toList()) {
                String pid = Long.toString(process.pid());
                if (Files.readString(Path.of("/proc", pid, "cmdline")).contains("walreceiver")) {
                    new ProcessBuilder("kill", "-" + name, pid).start().onExit().join();
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException(this.name + " receives nothing:\n" + log());
    }

    private Path logFile() {
        return folder.resolve("patroni.log");
    }

    /** What its Patroni has printed so far. */
    String log() {
        try {
            return name + ":\n" + Files.readString(logFile());
        } catch (IOException e) {
            return name + " has no log";
        }
    }
}
