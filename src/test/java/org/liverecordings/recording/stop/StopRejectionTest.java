package org.liverecordings.recording.stop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.recording.DeviceName;

class StopRejectionTest {

    @ParameterizedTest
    @CsvSource({"INVALID_TARGET, 0", "NOT_MONITORABLE, 1", "AUTOMATIC_RECORDING, 2"})
    void hasTheContractsNumber(StopRejection rejection, int code) {
        assertEquals(code, rejection.code());
        assertEquals(Optional.of(rejection), StopRejection.ofCode(code));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, 4})
    void theContractHasNoOtherNumber(int code) {
        assertEquals(Optional.empty(), StopRejection.ofCode(code));
    }

    @Test
    void aRejectionTellsWhichDeviceItIsAbout() {
        StopRejectedException rejected =
                new StopRejectedException(StopRejection.NOT_MONITORABLE, DeviceName.of("SEP1"));
        assertEquals("NOT_MONITORABLE SEP1", rejected.getMessage());
    }
}
