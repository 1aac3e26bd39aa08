package requests;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Clients of one server or several: one thread and some connections, each with one request under way at most. Every answer is looked at. */
final class Load {

    private static final int CONNECTIONS = 32;

    /** Closer than this to when a request is due, the thread doesn't sleep: it might wake up too late. */
    private static final long AWAKE_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

    private final Supplier<byte[]> requests;
    private final int status;
    private final int[] ports;

    /**
     * @param requests each whole, as it goes over the wire
     * @param status what each must be answered
     * @param ports of servers over which the connections are spread evenly
     */
    Load(Supplier<byte[]> requests, int status, int... ports) {
        this.requests = requests;
        this.status = status;
        this.ports = ports;
    }

    /** Sends the next request as soon as the last one is answered. Returns the number of answers. */
    long asFastAsItGoes(long nanos) throws IOException {
        long end = System.nanoTime() + nanos;
        long answers = 0;
        try (Selector selector = Selector.open()) {
            for (Connection connection : connect(selector)) {
                connection.send(System.nanoTime());
            }
            int underWay = CONNECTIONS;
            while (underWay > 0) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    Connection connection = (Connection) key.attachment();
                    if (connection.hasAnswer()) {
                        answers++;
                        if (System.nanoTime() < end) {
                            connection.send(System.nanoTime());
                        } else {
                            underWay--;
                        }
                    }
                }
                selector.selectedKeys().clear();
            }
            closeAll(selector);
        }
        return answers;
    }

    /**
     * Sends requests at an even pace, whether or not those before are answered. One that finds no connection free waits for one, and
     * its time runs meanwhile.
     *
     * @return how long each took, from when it was due; in ascending order
     */
    long[] atPace(double perSecond, long nanos) throws IOException {
        int count = (int) (perSecond * nanos / TimeUnit.SECONDS.toNanos(1));
        long[] took = new long[count];
        try (Selector selector = Selector.open()) {
            Deque<Connection> free = new ArrayDeque<>(Arrays.asList(connect(selector)));
            long begin = System.nanoTime();
            int sent = 0;
            int answered = 0;
            while (answered < count) {
                while (sent < count && !free.isEmpty()) {
                    long due = due(begin, sent, perSecond);
                    if (due > System.nanoTime()) {
                        break;
                    }
                    free.removeFirst().send(due);
                    sent++;
                }
                if (due(begin, sent, perSecond) - System.nanoTime() > AWAKE_NANOS || sent == count) {
                    selector.select(1);
                } else {
                    selector.selectNow();
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    Connection connection = (Connection) key.attachment();
                    if (connection.hasAnswer()) {
                        took[answered++] = System.nanoTime() - connection.due;
                        free.addLast(connection);
                    }
                }
                selector.selectedKeys().clear();
            }
            closeAll(selector);
        }
        Arrays.sort(took);
        return took;
    }

    private static long due(long begin, int number, double perSecond) {
        return begin + (long) (number * (TimeUnit.SECONDS.toNanos(1) / perSecond));
    }

    private Connection[] connect(Selector selector) throws IOException {
        Connection[] connections = new Connection[CONNECTIONS];
        for (int i = 0; i < CONNECTIONS; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", ports[i % ports.length]));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            connections[i] = new Connection(channel);
            channel.register(selector, SelectionKey.OP_READ, connections[i]);
        }
        return connections;
    }

    private static void closeAll(Selector selector) throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
    }

    private final class Connection {

        private final SocketChannel channel;
        private final Answer answer = new Answer();
        private long due;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }

        void send(long at) throws IOException {
            due = at;
            answer.clear();
            Answer.write(channel, requests.get());
        }

        /** Whether the whole answer has come. */
        boolean hasAnswer() throws IOException {
            if (!answer.read(channel)) {
                return false;
            }
            if (answer.status() != status) {
                throw new IOException("not " + status + " was answered but\n" + answer);
            }
            return true;
        }
    }
}
