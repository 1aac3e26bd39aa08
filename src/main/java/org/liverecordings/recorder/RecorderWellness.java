package org.liverecordings.recorder;

import java.util.Locale;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.health.api.Wellness;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Shows the recorder's state to people. It is in neither liveness nor readiness: a recorder's outage must yield the documented
 * 504, not an ingress's 503 because no replica is left.
 */
@Wellness
@ApplicationScoped
class RecorderWellness implements HealthCheck {

    private final RecorderGuard guard;

    RecorderWellness(RecorderGuard guard) {
        this.guard = guard;
    }

    @Override
    public HealthCheckResponse call() {
        CircuitBreakerState circuit = guard.state();
        return HealthCheckResponse.named("recorder")
                .status(circuit == CircuitBreakerState.CLOSED)
                .withData("circuit", circuit.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .build();
    }
}
