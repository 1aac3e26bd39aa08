package org.liverecordings.api.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.api.ApiPaths;

class MetricLabelsTest {

    private static final String API = ApiPaths.LIVE_RECORDINGS;

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "/, ''",
        "/{id}, /{id}",
        "/75a90276-e47e-4e9e-b463-e3c743d5ff3a, /{id}",
        "/a%2fb/, /{id}",
        "/mine, /Mine",
        "/PAUSE, /Pause",
        "/Resume/, /Resume",
        "/{id}/Pause, /{id}/Pause",
        "/x/pause, /{id}/Pause",
        "/x/RESUME, /{id}/Resume",
        "/Mine/Pause, /{id}/Pause"
    })
    void aPathOfTheApiIsOneOfItsTemplates(String below, String expected) {
        assertEquals(API + expected, MetricLabels.template(API.toLowerCase() + below));
    }

    @ParameterizedTest
    @CsvSource({
        "/audit, /audit",
        "/events, /events",
        "/webhooks/crm/replay, /webhooks/{name}/replay",
        "/holds, /holds",
        "/holds/75a90276-e47e-4e9e-b463-e3c743d5ff3a, /holds/{id}",
        "/holds/x, /holds/{id}"
    })
    void aPathOfOursIsOneOfOurTemplates(String path, String expected) {
        assertEquals(expected, MetricLabels.template(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/fw",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings/x/y",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings/x/Pause/y",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings/..",
                "/audit/x",
                "/events/x",
                "/webhooks/crm",
                "/webhooks/crm/x/replay",
                "/holds/x/y",
                "*",
                "foo",
                ""
            })
    void anyOtherIsUnknown(String path) {
        assertEquals("UNKNOWN", MetricLabels.template(path));
    }

    @ParameterizedTest
    @CsvSource({"GET, GET", "delete, UNKNOWN", "FOO, UNKNOWN"})
    void aMethodIsOneThatThereIs(String method, String expected) {
        Meter.Id id = meter("http.server.requests", Tags.of("method", method, "status", "204"));

        Meter.Id mapped = new MetricLabels().map(id);

        assertEquals(Tags.of("method", expected, "status", "204"), Tags.of(mapped.getTags()));
    }

    @Test
    void otherMetersStayAsTheyAre() {
        Meter.Id id = meter("jvm.threads", Tags.of("uri", "x", "method", "y"));

        assertEquals(id, new MetricLabels().map(id));
        assertEquals(id.getTags(), new MetricLabels().map(id).getTags());
    }

    private static Meter.Id meter(String name, Tags tags) {
        return new Meter.Id(name, tags, null, null, Meter.Type.TIMER);
    }
}
