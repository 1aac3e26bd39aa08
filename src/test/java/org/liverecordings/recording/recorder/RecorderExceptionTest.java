package org.liverecordings.recording.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.liverecordings.recording.audit.StillUnderWayException;

class RecorderExceptionTest {

    static List<RecorderException> failures() {
        return List.of(
                new RecorderUnavailableException("out of reach", false, new IllegalStateException()),
                new StillUnderWayException("another stop of the same is under way", false),
                new RecorderFailedException("refused", false, new IllegalStateException()));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isUnknownIfAnEarlierTryWas(RecorderException failure) {
        RecorderException together = failure.orEarlier(true);
        assertTrue(together.mayHaveArrived());
        assertSame(failure.getClass(), together.getClass());
        assertEquals(failure.getMessage(), together.getMessage());
        assertSame(failure.getCause(), together.getCause());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void staysAsItIsIfNoEarlierTryWasUnknown(RecorderException failure) {
        assertSame(failure, failure.orEarlier(false));
    }
}
