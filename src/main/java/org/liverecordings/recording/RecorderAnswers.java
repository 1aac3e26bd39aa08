package org.liverecordings.recording;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Waits for recorders' answers. They come within the guard's deadline. */
final class RecorderAnswers {

    private RecorderAnswers() {}

    /**
     * @throws RuntimeException what the stage ended with
     */
    static <T> T await(CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new RecorderFailedException("unexpected: " + e.getCause(), true, e.getCause());
        }
    }

    /** Of two failures the one to tell: what asking again can't mend outweighs what it can. */
    static RuntimeException worse(RuntimeException one, RuntimeException other) {
        boolean lighter =
                one instanceof RecorderUnavailableException && !(other instanceof RecorderUnavailableException);
        return one == null || lighter ? other : one;
    }
}
