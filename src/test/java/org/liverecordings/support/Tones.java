package org.liverecordings.support;

/** Tones in a telephone's audio: 8,000 samples a second. */
public final class Tones {

    static final int RATE = 8000;

    private Tones() {}

    /** A second of a tone of so many Hz in G.711 µ-law, to be repeated without a click. */
    static byte[] ulaw(int hertz) {
        byte[] bytes = new byte[RATE];
        for (int i = 0; i < RATE; i++) {
            bytes[i] = ulaw((short) (6000 * Math.sin(2 * Math.PI * hertz * i / RATE)));
        }
        return bytes;
    }

    private static byte ulaw(short sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs(sample), 32635) + 0x84;
        int exponent = 31 - Integer.numberOfLeadingZeros(magnitude >> 7);
        int mantissa = magnitude >> exponent + 3 & 0x0f;
        return (byte) ~(sign | exponent << 4 | mantissa);
    }

    /** How loud a tone of so many Hz is in the samples: its amplitude, by Goertzel's algorithm. */
    static double amplitude(short[] samples, int from, int to, int hertz) {
        double coefficient = 2 * Math.cos(2 * Math.PI * hertz / RATE);
        double before = 0;
        double last = 0;
        for (int i = from; i < to; i++) {
            double now = samples[i] + coefficient * last - before;
            before = last;
            last = now;
        }
        double power = last * last + before * before - coefficient * last * before;
        return 2 * Math.sqrt(Math.max(0, power)) / (to - from);
    }
}
