package org.liverecordings.events.webhook;

import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import org.liverecordings.events.webhook.Progress.State;
import org.liverecordings.recording.event.EventLog;
import org.liverecordings.recording.event.EventType;
import org.liverecordings.recording.event.Webhooks;
import org.liverecordings.settings.NamedTls;

/** All webhooks that are configured. */
public final class DeliveredWebhooks implements Webhooks {

    /** What a span of a delivery is called. By that name it is known that a token may be in its address. */
    public static final String OPERATION = "webhook";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** Each has a thread. */
    private static final int MOST = 100;

    private final Map<String, Webhook> webhooks = new TreeMap<>();
    private final EventLog log;

    /**
     * @param latest the position of the latest event, as far as is known without asking
     * @throws IllegalArgumentException if a setting makes no sense; the message names it
     */
    public DeliveredWebhooks(
            WebhooksConfig config,
            EventLog log,
            LongSupplier latest,
            Progress progress,
            Vertx vertx,
            TlsConfigurationRegistry tls,
            InstantSource clock) {
        this.log = log;
        if (config.webhooks().size() > MOST) {
            throw new IllegalArgumentException("live-recordings.webhooks: more than " + MOST);
        }
        config.webhooks().forEach((name, endpoint) -> {
            String setting = "live-recordings.webhooks." + name;
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(setting + ": a name has 1 to 64 letters, digits and ._-");
            }
            WebhookTarget target = WebhookTarget.of(
                    setting + ".url", endpoint.url(), endpoint.allowHttp(), endpoint.allowPrivateAddresses());
            WebhookClient client = new WebhookClient(
                    vertx,
                    options(setting, endpoint, tls),
                    target,
                    new HostAddresses(InetAddress::getAllByName),
                    Signatures.of(setting + ".secret", endpoint.secret()),
                    endpoint.allowRedirects(),
                    endpoint.timeout(),
                    clock);
            checkDelays(setting, endpoint);
            Retries retries = new Retries(endpoint.retryDelay(), endpoint.longestRetryDelay(), endpoint.giveUpAfter());
            webhooks.put(
                    name,
                    new Webhook(
                            name,
                            types(setting, endpoint),
                            retries,
                            endpoint.timeout(),
                            client,
                            new Position(name, log, latest, progress),
                            clock));
        });
    }

    /** Each is within its own bounds already. */
    private static void checkDelays(String setting, WebhooksConfig.Endpoint endpoint) {
        if (endpoint.retryDelay().compareTo(endpoint.longestRetryDelay()) > 0) {
            throw new IllegalArgumentException(setting + ".retry-delay: " + endpoint.retryDelay() + " is longer than "
                    + setting + ".longest-retry-delay: " + endpoint.longestRetryDelay());
        }
    }

    private static HttpClientOptions options(
            String setting, WebhooksConfig.Endpoint endpoint, TlsConfigurationRegistry tls) {
        HttpClientOptions options = new HttpClientOptions()
                .setSslHandshakeTimeout(endpoint.timeout().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        NamedTls.of(tls, setting, endpoint.tlsConfigurationName())
                .ifPresent(configuration -> TlsConfigUtils.configure(options, configuration));
        return options;
    }

    private static Set<EventType> types(String setting, WebhooksConfig.Endpoint endpoint) {
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        endpoint.events()
                .orElse(List.of())
                .forEach(word -> types.add(EventType.ofWord(word.strip())
                        .orElseThrow(
                                () -> new IllegalArgumentException(setting + ".events: there is no '" + word + "'"))));
        return types.isEmpty() ? EnumSet.allOf(EventType.class) : types;
    }

    /** What is to be called again and again for each, on a thread of its own. */
    public void forEach(BiConsumer<String, Runnable> job) {
        webhooks.forEach((name, webhook) -> job.accept(name, webhook::run));
    }

    @Override
    public boolean replay(String name, Instant from) {
        Webhook webhook = webhooks.get(name);
        if (webhook != null) {
            webhook.replay(from == null ? null : log.before(from));
        }
        return webhook != null;
    }

    /** The names of all. */
    public Set<String> names() {
        return webhooks.keySet();
    }

    /** How many events this replica has yet to deliver; 0 if another one is at it. */
    public long waiting(String name) {
        return webhooks.get(name).waiting();
    }

    /** How often the next event was tried in vain, as far as this replica knows. */
    public int attempts(String name) {
        State state = webhooks.get(name).state();
        return state == null ? 0 : state.attempts();
    }

    /** Whether nothing is sent any more, as far as this replica knows. */
    public boolean isParked(String name) {
        State state = webhooks.get(name).state();
        return state != null && state.parkedAt() != null;
    }

    /** How it is, in words, as far as this replica knows. */
    String condition(String name) {
        State state = webhooks.get(name).state();
        if (state == null || state.failure() == null) {
            return "well";
        }
        return state.parkedAt() == null
                ? "failing since " + state.failingSince() + ", attempts " + state.attempts() + ": " + state.failure()
                : "parked since " + state.parkedAt() + ": " + state.failure();
    }
}
