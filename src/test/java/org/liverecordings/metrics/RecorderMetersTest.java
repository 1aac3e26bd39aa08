package org.liverecordings.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.liverecordings.metrics.RecorderMeters.Outcome;
import org.liverecordings.recording.recorder.AlreadySoException;
import org.liverecordings.recording.recorder.NoConnectedCallException;
import org.liverecordings.recording.recorder.NoLiveRecordingException;
import org.liverecordings.recording.recorder.RecorderFailedException;
import org.liverecordings.recording.recorder.RecorderIncapableException;
import org.liverecordings.recording.recorder.RecorderUnavailableException;
import org.liverecordings.recording.stop.StopRejectedException;
import org.liverecordings.recording.stop.StopRejection;
import org.liverecordings.recording.store.StoreUnavailableException;

class RecorderMetersTest {

    @ParameterizedTest
    @MethodSource
    void anAnswerIsNoFailureAndWhatNobodyForesawIsOne(Throwable failure, Outcome expected) {
        assertEquals(expected, Outcome.of(failure));
    }

    static Stream<Arguments> anAnswerIsNoFailureAndWhatNobodyForesawIsOne() {
        return Stream.of(
                Arguments.of(null, Outcome.DONE),
                Arguments.of(new StopRejectedException(StopRejection.AUTOMATIC_RECORDING), Outcome.DECLINED),
                Arguments.of(new NoLiveRecordingException(), Outcome.DECLINED),
                Arguments.of(new NoConnectedCallException(), Outcome.DECLINED),
                Arguments.of(new AlreadySoException("so"), Outcome.DECLINED),
                Arguments.of(new RecorderIncapableException(true), Outcome.DECLINED),
                Arguments.of(new RecorderUnavailableException("away", true, null), Outcome.UNAVAILABLE),
                Arguments.of(new RecorderFailedException("500", true, null), Outcome.FAILED),
                Arguments.of(new StoreUnavailableException("database", null), Outcome.FAILED),
                Arguments.of(new IllegalStateException("bug"), Outcome.FAILED));
    }
}
