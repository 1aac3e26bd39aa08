package org.liverecordings.events.webhook;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.health.api.Wellness;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.liverecordings.recording.event.Webhooks;

/** Shows people how webhooks are, as far as this replica knows. A parked one is down, until somebody asks for a replay. */
@Wellness
@ApplicationScoped
class WebhookWellness implements HealthCheck {

    private final Webhooks webhooks;

    WebhookWellness(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("webhooks").up();
        if (webhooks instanceof DeliveredWebhooks all) {
            response.status(all.names().stream().noneMatch(all::isParked));
            all.names().forEach(name -> response.withData(name, all.condition(name)));
        }
        return response.build();
    }
}
