package org.liverecordings.wiring.stores;

import java.time.Duration;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.liverecordings.audit.AuditConfig;
import org.liverecordings.audit.PostgresAuditTrail;
import org.liverecordings.recording.Deadline;
import org.liverecordings.recording.store.JobLeases;
import org.liverecordings.wiring.ScheduledJobs;

/** Removes what is older than the audit trail is kept. */
@Singleton
class TrailRetention {

    private static final Logger LOG = Logger.getLogger(TrailRetention.class);

    private final AuditConfig config;

    TrailRetention(AuditConfig config, Deadline.Limit limit) {
        this.config = config;
        // The entry of a request that is under way must still be there at its end.
        Duration shortest = limit.perRequest().multipliedBy(2);
        config.retention()
                .filter(retention -> retention.compareTo(shortest) < 0)
                .ifPresent(retention -> {
                    throw new IllegalArgumentException("live-recordings.audit.retention: " + retention
                            + " is shorter than a request may take; at least " + shortest);
                });
    }

    /** Adds the job, if the trail isn't kept for ever. */
    void schedule(ScheduledJobs jobs, PostgresAuditTrail trail, JobLeases leases) {
        config.retention()
                .ifPresent(retention -> jobs.add(
                        "sweep of the audit trail", config.sweepInterval(), () -> sweep(trail, leases, retention)));
    }

    private void sweep(PostgresAuditTrail trail, JobLeases leases, Duration retention) {
        int removed = leases.inBatches("audit trail", config.sweepInterval(), () -> trail.removeOlderThan(retention));
        if (removed > 0) {
            LOG.infof("removed auditEntries=%d olderThan=%s", removed, retention);
        }
    }
}
