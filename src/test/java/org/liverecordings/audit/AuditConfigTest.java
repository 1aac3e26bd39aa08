package org.liverecordings.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.liverecordings.support.Settings;

class AuditConfigTest {

    @Test
    void byDefaultTheTrailIsKeptForEver() {
        AuditConfig config = Settings.of(AuditConfig.class, Map.of());
        assertEquals(Optional.empty(), config.retention());
        assertEquals(Duration.ofHours(1), config.sweepInterval());
    }

    @Test
    void everyKeyIsRead() {
        AuditConfig config = Settings.of(
                AuditConfig.class,
                Map.of("live-recordings.audit.retention", "365d", "live-recordings.audit.sweep-interval", "5m"));
        assertEquals(Optional.of(Duration.ofDays(365)), config.retention());
        assertEquals(Duration.ofMinutes(5), config.sweepInterval());
    }
}
