package org.liverecordings.recording.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Stands where events would come from if anybody had wanted them. Every method throws {@link NoEventsException}. */
public final class NoEvents implements EventFeed, Webhooks {

    @Override
    public long latest() {
        throw new NoEventsException();
    }

    @Override
    public Optional<List<FeedEvent>> after(long position, int limit) {
        throw new NoEventsException();
    }

    @Override
    public Optional<List<FeedEvent>> older(long position, int limit) {
        throw new NoEventsException();
    }

    @Override
    public Listening listen(Runnable listener) {
        throw new NoEventsException();
    }

    @Override
    public boolean replay(String name, Instant from) {
        throw new NoEventsException();
    }
}
