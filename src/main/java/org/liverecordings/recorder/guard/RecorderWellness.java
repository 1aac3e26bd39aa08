package org.liverecordings.recorder.guard;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.health.api.Wellness;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Shows the recorder's state to people. It is in neither liveness nor readiness: a recorder's outage must yield the documented
 * 504, not an ingress's 503 because no replica is left.
 */
@Wellness
@ApplicationScoped
class RecorderWellness implements HealthCheck {

    private final RecorderCondition recorder;

    RecorderWellness(RecorderCondition recorder) {
        this.recorder = recorder;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("recorder").status(recorder.isWell());
        recorder.details().forEach(response::withData);
        return response.build();
    }
}
