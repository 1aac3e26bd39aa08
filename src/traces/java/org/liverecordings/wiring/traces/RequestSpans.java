package org.liverecordings.wiring.traces;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.liverecordings.api.intake.RequestIntake;
import org.liverecordings.text.TraceContext;

/**
 * Has OpenTelemetry and the rest of the service speak of the same trace. To the service a request's span is the caller; to OpenTelemetry the
 * trace that a thread has entered is the one to make spans in. If the SDK is switched off, traces are passed on as without it.
 */
@Singleton
class RequestSpans {

    /** What log lines in JSON call the correlation id as well. */
    private static final AttributeKey<String> CORRELATION_ID = AttributeKey.stringKey("http.request.id");

    private static final TextMapPropagator W3C = W3CTraceContextPropagator.getInstance();

    private final boolean on;

    RequestSpans(@ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean off) {
        this.on = !off;
    }

    void start(@Observes @Priority(1) StartupEvent event) {
        TraceContext.spansBy(on ? RequestSpans::enter : null);
    }

    void register(@Observes Filters filters) {
        if (on) {
            // Ahead of what reads the headers.
            filters.register(RequestSpans::begin, RequestIntake.PRIORITY + 1);
        }
    }

    private static void begin(RoutingContext request) {
        Span span = Span.current();
        if (span.getSpanContext().isValid()) {
            MultiMap headers = request.request().headers();
            headers.remove(TraceContext.TRACESTATE);
            W3C.inject(Context.current(), headers, MultiMap::set);
            request.addHeadersEndHandler(
                    end -> span.setAttribute(CORRELATION_ID, RequestIntake.correlationId(request)));
        }
        request.next();
    }

    private static void enter(TraceContext trace) {
        Context entered = W3C.extract(Context.root(), trace, Headers.READER);
        if (!Span.fromContext(entered)
                .getSpanContext()
                .getSpanId()
                .equals(Span.current().getSpanContext().getSpanId())) {
            // Nobody closes the scope: it lasts until the thread, or the context of Vert.x, enters another trace.
            entered.makeCurrent();
        }
    }

    private enum Headers implements TextMapGetter<TraceContext> {
        READER;

        @Override
        public Iterable<String> keys(TraceContext trace) {
            return W3C.fields();
        }

        @Override
        public String get(TraceContext trace, String key) {
            return key.equals(TraceContext.TRACEPARENT) ? trace.traceparent() : trace.tracestate();
        }
    }
}
