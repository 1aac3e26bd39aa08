package org.liverecordings.wiring.traces;

import jakarta.inject.Singleton;

import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder;
import io.quarkus.opentelemetry.runtime.AutoConfiguredOpenTelemetrySdkBuilderCustomizer;

/** Adds to what is configured of OpenTelemetry which spans there are, and what isn't in them. */
@Singleton
class SpanRules implements AutoConfiguredOpenTelemetrySdkBuilderCustomizer {

    @Override
    public void customize(AutoConfiguredOpenTelemetrySdkBuilder builder) {
        builder.addSamplerCustomizer((configured, config) -> new RequestSampler(configured));
        builder.addTracerProviderCustomizer((provider, config) -> provider.addSpanProcessor(new SpanAddresses()));
    }
}
