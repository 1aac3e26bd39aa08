package org.liverecordings.lines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.csv.BadCsvException;
import org.liverecordings.recording.store.StoreUnavailableException;

class LinesFileTest {

    @TempDir
    Path directory;

    private LinesFile file;

    @BeforeEach
    void read() throws IOException {
        file = new LinesFile(
                Files.writeString(directory.resolve("lines.csv"), "SEP1,101").toString());
        file.markRead();
    }

    @Test
    void whatWasReadIsNotChanged() {
        file.read(() -> {});
        assertFalse(file.isChanged());
    }

    @Test
    void aBadFileIsReadOnce() {
        BadCsvException bad = new BadCsvException("bad", null);
        assertEquals(bad, assertThrows(BadCsvException.class, () -> failing(bad)));
        assertFalse(file.isChanged());
    }

    @ParameterizedTest
    @ValueSource(classes = {StoreUnavailableException.class, IllegalStateException.class, OutOfMemoryError.class})
    void afterAnyOtherFailureItIsReadAgain(Class<? extends Throwable> failure) {
        Throwable other = failure == StoreUnavailableException.class
                ? new StoreUnavailableException("down", null)
                : failure == IllegalStateException.class
                        ? new IllegalStateException("refused")
                        : new OutOfMemoryError("no heap");
        assertEquals(other, assertThrows(failure, () -> failing(other)));
        assertTrue(file.isChanged());
        assertFalse(file.isChanged());
    }

    private void failing(Throwable failure) {
        file.read(() -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        });
    }
}
