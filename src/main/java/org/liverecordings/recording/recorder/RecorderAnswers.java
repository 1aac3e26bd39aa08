package org.liverecordings.recording.recorder;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Waits for recorders' answers. They come within the guard's deadline. */
public final class RecorderAnswers {

    private RecorderAnswers() {}

    /**
     * @throws RuntimeException what the stage ended with
     */
    public static <T> T await(CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture().join();
        } catch (CancellationException e) {
            throw new RecorderFailedException("unexpected: " + e, true, e);
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new RecorderFailedException("unexpected: " + e.getCause(), true, e.getCause());
        }
    }

    /** The failure behind a stage's wrappings. */
    public static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Of two failures the one to tell: what asking again can't mend outweighs what it can. What is unknown of one is unknown of all. */
    public static RuntimeException worse(RuntimeException one, RuntimeException other) {
        if (one == null) {
            return other;
        }
        boolean otherIsWorse =
                one instanceof RecorderUnavailableException && !(other instanceof RecorderUnavailableException);
        RuntimeException worse = otherIsWorse ? other : one;
        RuntimeException lesser = otherIsWorse ? one : other;
        return worse instanceof RecorderException e
                ? e.orEarlier(lesser instanceof RecorderException l && l.mayHaveArrived())
                : worse;
    }
}
