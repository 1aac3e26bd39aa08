package org.liverecordings.text;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jboss.logging.MDC;

/**
 * Which trace a request belongs to, as W3C's Trace Context has it. It goes with the request like what its log lines have in common, and
 * is passed on as it came, so that the spans of whom we ask hang below the caller's own. A request without one, or with one that can't be
 * read, begins a trace. A build with OpenTelemetry has spans of its own: see {@link #spansBy}.
 *
 * @param traceparent null outside of a request
 * @param tracestate null if the caller sent none
 */
public record TraceContext(String traceparent, String tracestate) {

    /** The header, and what log lines know it by. */
    public static final String TRACEPARENT = "traceparent";

    /** The header, and what log lines know it by. */
    public static final String TRACESTATE = "tracestate";

    /** The trace's id as a part of a log line, which a line outside of a request is without. */
    private static final String TRACE_TEXT = "traceText";

    private static final TraceContext NONE = new TraceContext(null, null);

    private static volatile Consumer<TraceContext> spans;

    /** Version, trace id, parent id, flags. Later versions may have more behind it; version ff is none. */
    private static final Pattern FORM =
            Pattern.compile("(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    /** Sampled, and random trace id: the flags that there are. */
    private static final int FLAGS = 0b11;

    /** As much as everybody has to pass on. */
    private static final int LONGEST_STATE = 512;

    /**
     * Reads what a request says.
     *
     * @param traceparents the values of the header; more than one makes no sense
     * @param tracestates the values of the header, which together are one list
     */
    public static TraceContext read(List<String> traceparents, List<String> tracestates) {
        Matcher form = traceparents.size() == 1 ? FORM.matcher(traceparents.get(0)) : null;
        if (form == null || !form.matches() || form.group(1).equals("00") && form.group(5) != null) {
            return begin();
        }
        int flags = Integer.parseInt(form.group(4), 16) & FLAGS;
        String state = String.join(",", tracestates);
        return new TraceContext(
                "00-" + form.group(2) + '-' + form.group(3) + "-0" + flags,
                state.isEmpty() || state.length() > LONGEST_STATE ? null : state);
    }

    /**
     * From now on spans are made. Their maker is told which trace this thread works for whenever that changes. It also writes the headers
     * of what we ask, because each request that we make has a span of its own.
     *
     * @param maker null if no spans are made any more
     */
    public static void spansBy(Consumer<TraceContext> maker) {
        spans = maker;
    }

    private static TraceContext begin() {
        HexFormat hex = HexFormat.of();
        ThreadLocalRandom random = ThreadLocalRandom.current();
        // All zeros would be none.
        String traceId = hex.toHexDigits(random.nextLong() | 1) + hex.toHexDigits(random.nextLong());
        return new TraceContext("00-" + traceId + '-' + hex.toHexDigits(random.nextLong() | 1) + "-00", null);
    }

    /** That of the request which this thread works for. */
    public static TraceContext current() {
        Object traceparent = MDC.get(TRACEPARENT);
        return traceparent == null ? NONE : new TraceContext(traceparent.toString(), (String) MDC.get(TRACESTATE));
    }

    /** The trace's id; null outside of a request. */
    public String traceId() {
        return traceparent == null ? null : traceparent.substring(3, 35);
    }

    /** From now on this thread works for a request of this trace. */
    public void enter() {
        put(TRACEPARENT, traceparent);
        put(TRACESTATE, tracestate);
        put(TRACE_TEXT, traceparent == null ? null : " traceId=" + traceId());
        Consumer<TraceContext> maker = spans;
        if (maker != null) {
            maker.accept(this);
        }
    }

    private static void put(String key, String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }

    /** Does work for a request of this trace, whatever this thread does otherwise. */
    public <T> T within(Supplier<T> work) {
        TraceContext before = current();
        if (before.equals(this)) {
            return work.get();
        }
        enter();
        try {
            return work.get();
        } finally {
            before.enter();
        }
    }

    /** Gives whom we ask the headers that tell of it; none outside of a request, or if the maker of spans writes them. */
    public void headers(BiConsumer<String, String> header) {
        if (traceparent == null || spans != null) {
            return;
        }
        header.accept(TRACEPARENT, traceparent);
        if (tracestate != null) {
            header.accept(TRACESTATE, tracestate);
        }
    }
}
