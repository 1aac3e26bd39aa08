package org.liverecordings.randomized;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What happens on one line of the telephone system, drawn from a seed: which calls are recorded one after the other, who stops them and
 * when, and how the suite reacts to what it is asked about the line.
 *
 * @param overlapping whether calls and clients of the line may overlap in any way, see {@link Promise#stopsLinesByTheirIds()}
 * @param reactions of the suite, in the order of its requests; to later ones it reacts as it should
 */
record StopPlan(Naming naming, boolean overlapping, List<Call> calls, List<Reaction> reactions) {

    /** How those who stop a line's recordings name them. */
    enum Naming {
        ID,
        NUMBER,
        DEVICE,
        DEVICE_AND_NUMBER,
        MINE
    }

    /**
     * One recorded call.
     *
     * @param endsAfter milliseconds after which it ends by itself; negative: never
     * @param nextAfter milliseconds between its end and the next call
     */
    record Call(int endsAfter, int nextAfter, List<Client> clients) {}

    /**
     * Who repeats a stop until it is known what became of it.
     *
     * @param startsAfter milliseconds after the call's begin
     * @param naming how this one names it
     * @param withKey whether each of its requests carries one and the same idempotency key
     * @param givesUpAfter milliseconds after which a request's connection is closed, in the order of the requests
     */
    record Client(int startsAfter, Naming naming, boolean withKey, List<Integer> givesUpAfter) {}

    /** When the suite does what it is asked for. */
    enum Execution {
        NOW,
        LATER,
        NEVER
    }

    /** What the suite says. */
    enum Reply {
        ANSWER,
        FAILED,
        BUSY,
        RESET,
        BROKEN_OFF,
        SILENCE
    }

    /**
     * The suite's reaction to one request.
     *
     * @param millis how much later it executes the request; if it doesn't do so later, how long it takes to react
     */
    record Reaction(Execution execution, Reply reply, int millis) {

        static final Reaction PROPER = new Reaction(Execution.NOW, Reply.ANSWER, 0);
    }

    static StopPlan of(long seed, int index, Promise promise) {
        return new Drawing(new SplittableRandom(seed ^ index * 0x9E3779B97F4A7C15L), promise).plan();
    }

    /** One drawing of a plan. */
    private record Drawing(SplittableRandom random, Promise promise) {

        StopPlan plan() {
            Naming naming = chance(50) ? Naming.ID : any(Naming.values());
            boolean overlapping = promise.stopsLinesByTheirIds() && (naming == Naming.NUMBER || naming == Naming.MINE);
            int keyed = promise.keepsKeys() ? any(0, 50, 100) : 0;
            int calls = naming == Naming.ID ? 1 : 1 + random.nextInt(2);
            List<Call> drawn = new ArrayList<>();
            List<Reaction> reactions = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                drawn.add(call(naming, overlapping, keyed));
                for (int n = random.nextInt(5); n > 0; n--) {
                    reactions.add(chance(35) ? Reaction.PROPER : reaction());
                }
            }
            return new StopPlan(naming, overlapping, drawn, reactions);
        }

        private Call call(Naming naming, boolean overlapping, int keyed) {
            int count = naming == Naming.ID ? 1 + random.nextInt(4) : overlapping ? 1 + random.nextInt(3) : 1;
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                List<Integer> givesUpAfter = new ArrayList<>();
                for (int n = 0; n < 3; n++) {
                    givesUpAfter.add(chance(25) ? 20 + random.nextInt(1500) : 6_000);
                }
                clients.add(new Client(
                        chance(50) ? random.nextInt(30) : random.nextInt(1500),
                        overlapping && chance(30) ? Naming.ID : naming,
                        chance(keyed),
                        givesUpAfter));
            }
            return new Call(
                    chance(10) ? random.nextInt(1500) : -1, (overlapping ? 0 : 500) + random.nextInt(300), clients);
        }

        private Reaction reaction() {
            Execution execution = any(Execution.values());
            Reply reply = any(Reply.values());
            if (execution == Execution.LATER) {
                return new Reaction(
                        execution, reply == Reply.ANSWER ? Reply.SILENCE : reply, 100 + random.nextInt(2500));
            }
            return new Reaction(
                    reply == Reply.ANSWER ? Execution.NOW : execution, reply, chance(60) ? 0 : random.nextInt(700));
        }

        private boolean chance(int percent) {
            return random.nextInt(100) < percent;
        }

        @SafeVarargs
        private <T> T any(T... values) {
            return values[random.nextInt(values.length)];
        }
    }
}
