package requests;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that listens on a port of its own. */
final class Server implements AutoCloseable {

    /** Of a second: what the kernel counts processor time in. */
    private static final int TICKS = 100;

    final int port;
    private final Process process;
    private final Path log;

    private Server(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    /** As {@link #start(int, Path, Map, List)}, with one processor to run on. */
    static Server start(int processor, int port, Path log, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", Integer.toString(processor)));
        pinned.addAll(command);
        return start(port, log, environment, pinned);
    }

    /**
     * Starts it, and waits until it listens.
     *
     * @param environment all that it gets
     */
    static Server start(int port, Path log, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        // It becomes the command, with the same process id.
        Server server = new Server(builder.start(), port, log);
        for (long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2); !server.listens(); Thread.sleep(20)) {
            if (!server.process.isAlive() || System.nanoTime() > end) {
                server.close();
                throw new IOException(command + " doesn't listen:\n" + Files.readString(log));
            }
        }
        return server;
    }

    private boolean listens() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The processor time that it has used, with that of its children, in seconds. */
    double processorTime() throws IOException {
        double seconds = processorTime(process.pid());
        for (ProcessHandle child : process.children().toList()) {
            seconds += processorTime(child.pid());
        }
        return seconds;
    }

    /** With that of children that have ended. */
    private static double processorTime(long pid) throws IOException {
        String stat;
        try {
            stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        } catch (NoSuchFileException e) {
            return 0; // it has just ended
        }
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int i = 11; i <= 14; i++) {
            ticks += Long.parseLong(afterName[i]);
        }
        return ticks / (double) TICKS;
    }

    /** What of its memory is in RAM, in MB. */
    double rss() throws IOException {
        return status("VmRSS:");
    }

    /** The most that it ever had in RAM, in MB. */
    double mostRss() throws IOException {
        return status("VmHWM:");
    }

    private double status(String name) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1e3;
            }
        }
        throw new IOException("no " + name);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
