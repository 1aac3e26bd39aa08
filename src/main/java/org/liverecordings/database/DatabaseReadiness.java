package org.liverecordings.database;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;

import io.quarkus.arc.lookup.LookupIfProperty;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether the database can be used. It takes no worker, waits for no connection in use, and answers well within a probe's timeout,
 * so that a burst of requests takes no replica out of the load balancer, and an outage does.
 */
@LookupIfProperty(name = "live-recordings.registry", stringValue = "postgresql")
@Readiness
@ApplicationScoped
class DatabaseReadiness implements AsyncHealthCheck {

    private static final long TIMEOUT_MILLIS = 1500;

    private final Instance<Database> database;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = new Thread(work, "database-readiness");
        made.setDaemon(true);
        return made;
    });
    private CompletableFuture<Boolean> check = CompletableFuture.completedFuture(false);

    DatabaseReadiness(Instance<Database> database) {
        this.database = database;
    }

    @PreDestroy
    void end() {
        thread.shutdownNow();
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .completionStage(this::isUsable)
                .map(usable ->
                        HealthCheckResponse.named("database").status(usable).build());
    }

    /** One check at a time is enough for whoever asks. */
    private synchronized CompletableFuture<Boolean> isUsable() {
        if (check.isDone()) {
            check = CompletableFuture.supplyAsync(() -> database.get().isUsable(), thread);
        }
        return check.copy()
                .orTimeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .exceptionally(late -> database.get().hasJustAnswered());
    }
}
