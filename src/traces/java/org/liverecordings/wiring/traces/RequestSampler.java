package org.liverecordings.wiring.traces;

import java.util.List;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;

/**
 * Lets only requests begin a trace. What the service does by itself, such as looking for due timers every second, would fill the collector
 * with traces of one statement each.
 *
 * @param configured decides about everything else
 */
record RequestSampler(Sampler configured) implements Sampler {

    @Override
    public SamplingResult shouldSample(
            Context parent, String traceId, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        boolean begins = !Span.fromContext(parent).getSpanContext().isValid();
        return begins && kind != SpanKind.SERVER
                ? SamplingResult.drop()
                : configured.shouldSample(parent, traceId, name, kind, attributes, links);
    }

    @Override
    public String getDescription() {
        return "RequestSampler{" + configured.getDescription() + '}';
    }
}
