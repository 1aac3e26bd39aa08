package org.liverecordings.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** <a href="https://www.w3.org/TR/trace-context/">Trace Context</a>, sections 2.2 to 4. */
class TraceContextTest {

    private static final String IDS = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7";
    private static final String GOOD = "00-" + IDS + "-01";

    @AfterEach
    void leave() {
        TraceContext.spansBy(null);
        new TraceContext(null, null).enter();
    }

    @ParameterizedTest
    @CsvSource({
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, 01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00, 00",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-03, 03",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-ff, 03",
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, 01",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-the-future-brings, 01"
    })
    void aTraceIsTakenAndWrittenInTheVersionThatWeKnow(String traceparent, String flags) {
        TraceContext read = TraceContext.read(List.of(traceparent), List.of("a=1"));

        assertEquals(new TraceContext("00-" + IDS + '-' + flags, "a=1"), read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "00",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01more",
                "00-4bf92f3577b34da6a3ce929d0e0e47-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
                "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01",
                " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "0x-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            })
    void whatCannotBeReadBeginsATraceAndItsStateIsNotPassedOn(String traceparent) {
        TraceContext read = TraceContext.read(List.of(traceparent), List.of("a=1"));

        assertTrue(read.traceparent().matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00"), read::traceparent);
        assertNotEquals(traceparent, read.traceparent());
        assertNull(read.tracestate());
    }

    @Test
    void withoutAHeaderEachRequestBeginsATraceOfItsOwn() {
        TraceContext one = TraceContext.read(List.of(), List.of());
        TraceContext other = TraceContext.read(List.of(), List.of());

        assertNotEquals(one.traceparent(), other.traceparent());
    }

    @Test
    void twoOfThemAreOneTooMany() {
        TraceContext read = TraceContext.read(List.of(GOOD, GOOD), List.of());

        assertNotEquals(GOOD, read.traceparent());
    }

    @Test
    void severalStatesAreOneList() {
        TraceContext read = TraceContext.read(List.of(GOOD), List.of("a=1,b=2", "c=3"));

        assertEquals("a=1,b=2,c=3", read.tracestate());
    }

    @Test
    void aStateThatNobodyHasToPassOnIsDropped() {
        TraceContext read = TraceContext.read(List.of(GOOD), List.of("a=" + "x".repeat(511)));

        assertEquals(new TraceContext(GOOD, null), read);
    }

    @Test
    void outsideOfARequestThereAreNoHeaders() {
        assertEquals(Map.of(), headers(TraceContext.current()));
    }

    @Test
    void theHeadersAreThoseThatCame() {
        TraceContext.read(List.of(GOOD), List.of("a=1")).enter();

        assertEquals(Map.of("traceparent", GOOD, "tracestate", "a=1"), headers(TraceContext.current()));
    }

    @Test
    void workForARequestLeavesNothingBehind() {
        TraceContext other = TraceContext.read(List.of(), List.of());
        other.enter();

        TraceContext inside = new TraceContext(GOOD, "a=1").within(TraceContext::current);

        assertEquals(new TraceContext(GOOD, "a=1"), inside);
        assertEquals(other, TraceContext.current());
    }

    @Test
    void whoeverMakesSpansIsToldOfEachTraceAndWritesTheHeaders() {
        List<TraceContext> traces = new ArrayList<>();
        TraceContext.spansBy(traces::add);
        TraceContext outer = TraceContext.read(List.of(), List.of());
        TraceContext inner = new TraceContext(GOOD, "a=1");
        outer.enter();

        Map<String, String> written = inner.within(() -> headers(TraceContext.current()));

        assertEquals(List.of(outer, inner, outer), traces);
        assertEquals(Map.of(), written);
    }

    private static Map<String, String> headers(TraceContext trace) {
        Map<String, String> headers = new TreeMap<>();
        trace.headers(headers::put);
        return headers;
    }
}
