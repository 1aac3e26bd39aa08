package org.liverecordings.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * A PostgreSQL of two members on 127.0.0.1, one of which Patroni makes the leader. It is configured as docs/failover.md says, but for the
 * times that a failover takes.
 */
public final class PatroniCluster implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(2);
    /** Long enough for many stops that only the leader knows of, if it told of them. */
    private static final Duration ALONE = Duration.ofSeconds(1);

    private final Path folder;
    private final Process etcd;
    private final List<PatroniMember> members;

    private PatroniCluster() {
        try {
            folder = PatroniPrograms.ownedFolder(Files.createTempDirectory("patroni"));
            int clients = ServiceProcess.freePort();
            etcd = etcd(clients, ServiceProcess.freePort());
            members = Stream.of("db1", "db2")
                    .map(name -> new PatroniMember(name, folder, clients))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process etcd(int clients, int peers) throws IOException {
        String client = "http://127.0.0.1:" + clients;
        String peer = "http://127.0.0.1:" + peers;
        return new ProcessBuilder(List.of(
                        "etcd",
                        "--data-dir=" + folder.resolve("etcd"),
                        "--listen-client-urls=" + client,
                        "--advertise-client-urls=" + client,
                        "--listen-peer-urls=" + peer,
                        "--initial-advertise-peer-urls=" + peer,
                        "--initial-cluster=default=" + peer))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("etcd.log").toFile())
                .start();
    }

    /** What it takes and isn't there; empty if it can be run. */
    public static Optional<String> missing() {
        return PatroniPrograms.missing();
    }

    /** Starts both members, and waits until one is the leader and the other its synchronous standby. */
    public static PatroniCluster start() {
        PatroniCluster started = new PatroniCluster();
        try {
            started.members.forEach(PatroniMember::start);
            started.awaitSynchronous();
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    /** The address of one of its databases, which names both members. */
    public String url(String database) {
        String template = Recipe.of("failover.md", "failover.env")
                .lines()
                .filter(line -> line.startsWith("QUARKUS_DATASOURCE_JDBC_URL="))
                .findFirst()
                .orElseThrow();
        return local(template.substring(template.indexOf('=') + 1)).replace("/live_recordings?", "/" + database + "?");
    }

    /** A text of the documentation, with the addresses of these members. */
    String local(String recipe) {
        String text = recipe;
        for (PatroniMember member : members) {
            text = member.local(text);
        }
        return text;
    }

    /** Runs statements at the leader, in the database {@code postgres}. */
    public void execute(String... statements) {
        try (Connection connection = DriverManager.getConnection(url("postgres"), "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until one is the leader, and the other has all that the leader says it has committed. */
    public void awaitSynchronous() {
        await(() -> leader().isPresent() && members.stream().anyMatch(member -> member.is("synchronous")));
    }

    /** The leader's machine is lost, a moment after the standby has ceased to hear from it, with all that was only there. */
    public void loseLeader() {
        PatroniMember lost = leader().orElseThrow();
        PatroniMember standby =
                members.stream().filter(member -> member != lost).findFirst().orElseThrow();
        standby.fallBehind();
        Pause.of(ALONE);
        lost.killPatroni();
        lost.killPostgres();
        standby.loseWhatIsOnItsWay();
    }

    /** What was lost comes back with its data, as a standby of whoever leads now. */
    public void bringBack() {
        members.stream().filter(member -> !member.isAlive()).forEach(PatroniMember::start);
    }

    /** The leader's PostgreSQL is killed; its Patroni sees that, and hands over. */
    public void killLeadersPostgres() {
        leader().orElseThrow().killPostgres();
    }

    private Optional<PatroniMember> leader() {
        return members.stream().filter(member -> member.is("primary")).findFirst();
    }

    private void await(Callable<Boolean> condition) {
        try {
            Awaitility.await()
                    .atMost(LONGEST)
                    .pollInterval(Duration.ofMillis(100))
                    .until(condition);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    members.stream().map(PatroniMember::log).collect(Collectors.joining("\n")), e);
        }
    }

    @Override
    public void close() {
        for (PatroniMember member : members) {
            member.killPatroni();
            member.killPostgres();
        }
        etcd.destroyForcibly().onExit().join();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
