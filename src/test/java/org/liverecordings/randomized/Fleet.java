package org.liverecordings.randomized;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.liverecordings.support.Pause;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.ServiceProcess;

/** Replicas of the packaged service that are killed and started again, or put to sleep for a while. */
final class Fleet implements AutoCloseable {

    private static final Duration START_AT_MOST = Duration.ofMinutes(2);

    final History history = new History();
    private final String url;
    private final Map<String, String> settings;
    private final StallingDatabase database;
    private final AtomicReferenceArray<Member> members;
    private volatile boolean closing;
    private int starts;

    /**
     * Launches that many replicas in front of a suite, and doesn't wait for them.
     *
     * @param more settings of theirs
     */
    Fleet(int size, String url, StallingDatabase database, URI suite, Map<String, String> more) {
        this.url = url;
        this.database = database;
        this.settings = settings(suite);
        this.settings.putAll(more);
        this.members = new AtomicReferenceArray<>(size);
        for (int place = 0; place < size; place++) {
            launch(place);
        }
    }

    private static Map<String, String> settings(URI suite) {
        Map<String, String> settings = ServiceProcess.tokenSettings();
        settings.put("LIVE_RECORDINGS_RECORDER", "imagicle");
        settings.put("LIVE_RECORDINGS_IMAGICLE_URL", suite.toString());
        settings.put("LIVE_RECORDINGS_IMAGICLE_USERNAME", "service");
        settings.put("LIVE_RECORDINGS_IMAGICLE_PASSWORD", "secret");
        settings.put("LIVE_RECORDINGS_GUARD_DEADLINE", "1500ms");
        settings.put("LIVE_RECORDINGS_GUARD_ATTEMPT_TIMEOUT", "500ms");
        settings.put("LIVE_RECORDINGS_GUARD_RETRY_DELAY", "60ms");
        settings.put("LIVE_RECORDINGS_GUARD_RETRY_JITTER", "40ms");
        // A circuit that opens would keep most faults away from the suite.
        settings.put("LIVE_RECORDINGS_GUARD_BREAKER_WINDOW", "10000");
        return settings;
    }

    /** A replica's process; the name is the replica's on the trail, with the number of the process. */
    record Member(String name, ServiceProcess process) {}

    private void launch(int place) {
        String name = "replica-" + place + '.' + ++starts;
        Map<String, String> named = new HashMap<>(settings);
        named.putAll(PostgresServer.settings(url + "?ApplicationName=" + name));
        named.put("LIVE_RECORDINGS_REPLICA", name);
        members.set(place, new Member(name, ServiceProcess.launch(ServiceProcess.freePort(), named)));
        history.note(name + " starts");
    }

    Member any(SplittableRandom random) {
        return members.get(random.nextInt(members.length()));
    }

    /** Waits until all of them work. */
    void awaitReady() {
        Awaitility.await()
                .atMost(START_AT_MOST)
                .until(() -> IntStream.range(0, members.length())
                        .allMatch(place -> members.get(place).process().isReady()));
    }

    /** Kills one after the other, and starts it again a little later. */
    void killUntil(Instant end, SplittableRandom random) {
        while (sleepUntil(end, 500 + random.nextInt(2500))) {
            int place = place(random);
            Member member = members.get(place);
            // One that is starting, or asleep, is mostly left to it: else there may never be one that works.
            if (random.nextInt(100) < 20 || member.process().isReady()) {
                member.process().kill();
                history.note(member.name() + " is killed");
                sleepUntil(end, random.nextInt(500));
                launch(place);
            }
        }
    }

    /** Puts one after the other to sleep, some for longer than others wait for what it has begun. */
    void freezeUntil(Instant end, SplittableRandom random) {
        while (sleepUntil(end, random.nextInt(1500))) {
            Member member = members.get(place(random));
            signal(member, "STOP", "falls asleep");
            sleepUntil(end, random.nextInt(100) < 75 ? 50 + random.nextInt(1500) : 3_500 + random.nextInt(2500));
            signal(member, "CONT", "wakes up");
        }
    }

    /** Most of the time one that is in the middle of something, if there is one soon. */
    private int place(SplittableRandom random) {
        for (int looks = random.nextInt(100); looks > 20; looks--) {
            Optional<String> waiting = database.waiting();
            for (int place = 0; place < members.length(); place++) {
                if (waiting.equals(Optional.of(members.get(place).name()))) {
                    return place;
                }
            }
            Pause.of(Duration.ofMillis(10));
        }
        return random.nextInt(members.length());
    }

    private void signal(Member member, String signal, String meaning) {
        if (member.process().isAlive()) {
            member.process().signal(signal);
            history.note(member.name() + ' ' + meaning);
        }
    }

    /** Tells whether the end hasn't come. */
    private boolean sleepUntil(Instant end, int millis) {
        for (int slept = 0; slept < millis && isBefore(end); slept += 50) {
            Pause.of(Duration.ofMillis(Math.min(50, millis - slept)));
        }
        return isBefore(end);
    }

    private boolean isBefore(Instant end) {
        return !closing && Instant.now().isBefore(end);
    }

    /** From now on nobody is killed or falls asleep. */
    void leaveAlone() {
        closing = true;
    }

    @Override
    public void close() {
        leaveAlone();
        for (int place = 0; place < members.length(); place++) {
            members.get(place).process().kill();
        }
    }
}
