package org.liverecordings.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A WAV file with one channel of 16-bit samples.
 *
 * @param samples all of them
 * @param complete whether the file's header says how many there are
 */
public record Wav(short[] samples, boolean complete) {

    /** How much audio of a live recording may not be in its file yet: Asterisk writes 4 KiB at a time. */
    public static final Duration BUFFER = Duration.ofMillis(256);

    private static final int HEADER = 44;

    /** Enough to tell tones 20 Hz apart. */
    private static final int WINDOW = Tones.RATE / 20;

    public static Wav read(Path file) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            int length = bytes.capacity() - HEADER;
            boolean complete = bytes.getInt(4) == bytes.capacity() - 8 && bytes.getInt(40) == length;
            short[] samples = new short[length / 2];
            bytes.position(HEADER).asShortBuffer().get(samples);
            return new Wav(samples, complete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Duration duration() {
        return Duration.ofMillis(samples.length * 1000L / Tones.RATE);
    }

    /** For how long a tone of so many Hz is in it, in steps of 50 ms. */
    public Duration tone(int hertz) {
        long windows = 0;
        for (int from = 0; from + WINDOW <= samples.length; from += WINDOW) {
            if (Tones.amplitude(samples, from, from + WINDOW, hertz) > 1000) {
                windows++;
            }
        }
        return Duration.ofMillis(windows * WINDOW * 1000L / Tones.RATE);
    }
}
