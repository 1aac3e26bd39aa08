package org.liverecordings.randomized;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One line of the telephone system, as the suite knows it: the truth about what is being recorded on it. Beside it are recordings that
 * nobody asks to stop, the canaries. Safe for use by many threads.
 */
final class StoppedLine {

    final int index;
    final StopPlan plan;
    final History history = new History();
    final String device;
    final String number;
    final String user;
    private final List<Recorded> recordings = new ArrayList<>();
    private final List<Recorded> canaries = new ArrayList<>();
    private final List<String> wrongs = new ArrayList<>();
    private int reacted;
    private int underWay;
    private boolean inTrouble;

    /** As {@code plan} says, with a canary that differs as little as possible from what the line's clients name. */
    StoppedLine(int index, StopPlan plan) {
        this.index = index;
        this.plan = plan;
        this.device = String.format("SEP%012d", index);
        this.number = String.format("1%05d", index);
        this.user = String.format("user%05d", index);
        String otherUser = String.format("other%05d", index);
        switch (plan.naming()) {
            case ID -> canaries.add(new Recorded(device, number, user));
            case NUMBER -> canaries.add(new Recorded(device, String.format("2%05d", index), user));
            case DEVICE -> canaries.add(new Recorded(String.format("CSF%012d", index), number, user));
            case DEVICE_AND_NUMBER -> {
                canaries.add(new Recorded(device, String.format("2%05d", index), user));
                canaries.add(new Recorded(String.format("CSF%012d", index), number, user));
            }
            case MINE -> canaries.add(new Recorded(device, number, otherUser));
        }
    }

    /** A recording and what became of it; moments are those of {@link History#moment}. */
    static final class Recorded {

        final UUID id = UUID.randomUUID();
        final String device;
        final String number;
        final String user;
        final Instant begunAt = Instant.now();
        final long begun = History.moment();
        volatile long ended = Long.MAX_VALUE;
        volatile Instant stopCame;

        Recorded(String device, String number, String user) {
            this.device = device;
            this.number = number;
            this.user = user;
        }

        boolean isRunning() {
            return ended == Long.MAX_VALUE;
        }

        /** Whether a stop ended it. */
        boolean isStopped() {
            return stopCame != null;
        }
    }

    synchronized Recorded begin() {
        Recorded recording = new Recorded(device, number, user);
        recordings.add(recording);
        history.note("recording " + recording.id + " begins");
        return recording;
    }

    synchronized void endByItself(Recorded recording) {
        if (recording.isRunning()) {
            end(recording, "ends by itself");
        }
    }

    private void end(Recorded recording, String how) {
        recording.ended = History.moment();
        history.note("recording " + recording.id + " " + how);
        notifyAll();
    }

    /** The suite's next reaction; until {@link #done} its request is under way. */
    synchronized StopPlan.Reaction react() {
        underWay++;
        StopPlan.Reaction reaction =
                reacted < plan.reactions().size() ? plan.reactions().get(reacted) : StopPlan.Reaction.PROPER;
        reacted++;
        inTrouble |= !reaction.equals(StopPlan.Reaction.PROPER);
        return reaction;
    }

    synchronized void done() {
        underWay--;
        notifyAll();
    }

    /** Stops what the suite was asked to stop, and tells whether there was any. */
    synchronized boolean stop(SuiteRequest request) {
        List<Recorded> stopped = running(request);
        for (Recorded recording : stopped) {
            recording.stopCame = request.cameAt();
            end(recording, "is stopped by suite request " + request.number());
            if (request.id() == null && request.came() < recording.begun) {
                wrongs.add("a stop of the line ended recording " + recording.id + ", which began after it had come");
            }
        }
        return !stopped.isEmpty();
    }

    synchronized List<Recorded> running(SuiteRequest request) {
        List<Recorded> found = new ArrayList<>(recordings);
        found.addAll(canaries);
        found.removeIf(recording -> !recording.isRunning() || !request.selects(recording));
        return found;
    }

    /** Waits until this recording is over. */
    synchronized void awaitOver(Recorded recording, Duration atMost) {
        awaitThat(atMost, () -> !recording.isRunning());
    }

    /** Waits until the suite will do nothing more of what it was asked for so far. */
    synchronized void awaitNothingUnderWay(Duration atMost) {
        awaitThat(atMost, () -> underWay == 0);
    }

    private void awaitThat(Duration atMost, BooleanSupplier condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    wrongs.add("it takes more than " + atMost);
                    return;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized List<Recorded> recordings() {
        return List.copyOf(recordings);
    }

    List<Recorded> canaries() {
        return canaries;
    }

    /** Whether the suite ever reacted in another way than it should. */
    synchronized boolean wasInTrouble() {
        return inTrouble;
    }

    /** What went wrong that can't be seen afterwards. */
    synchronized List<String> wrongs() {
        return List.copyOf(wrongs);
    }
}
