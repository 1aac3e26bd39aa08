package org.liverecordings.metrics;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;

/**
 * Gives the framework's own metrics texts that every reader of Prometheus' formats takes: some have none, and the one of text knows no
 * quotes that are escaped, as OpenMetrics has them.
 */
@Singleton
class HelpTexts implements MeterFilter {

    @Override
    public Meter.Id map(Meter.Id id) {
        String text = id.getDescription();
        String help = text == null || text.isBlank()
                ? "As Quarkus and Micrometer define " + id.getName()
                : text.replace('"', '\'');
        return help.equals(text)
                ? id
                : new Meter.Id(id.getName(), Tags.of(id.getTagsAsIterable()), id.getBaseUnit(), help, id.getType());
    }
}
