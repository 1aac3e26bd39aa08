package org.liverecordings.wiring.traces;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import org.liverecordings.events.webhook.DeliveredWebhooks;

/** Keeps out of spans what may be a token in an address: the query, and of a webhook's address the path as well. */
final class SpanAddresses implements SpanProcessor {

    private static final AttributeKey<String> URL_FULL = AttributeKey.stringKey("url.full");
    private static final AttributeKey<String> URL_QUERY = AttributeKey.stringKey("url.query");

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        String address = span.getAttribute(URL_FULL);
        if (address != null) {
            boolean isWebhook = span.getName().equals(DeliveredWebhooks.OPERATION);
            span.setAttribute(URL_FULL, isWebhook ? before("/", address) : before("?", address));
        }
        if (span.getAttribute(URL_QUERY) != null) {
            // An attribute can be replaced, but not removed.
            span.setAttribute(URL_QUERY, "REDACTED");
        }
    }

    /** What comes before a mark, which isn't looked for in {@code https://}. */
    private static String before(String mark, String address) {
        int end = address.indexOf(mark, address.indexOf("://") + 3);
        return end < 0 ? address : address.substring(0, end);
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
