package org.liverecordings.events.webhook;

import java.time.InstantSource;

class MemoryProgressTest extends ProgressContract {

    private final MemoryProgress progress = new MemoryProgress(this::latest, InstantSource.system());

    @Override
    Progress progress() {
        return progress;
    }

    @Override
    long latest() {
        return 17;
    }
}
