package org.liverecordings.registry;

import org.junit.jupiter.api.BeforeAll;
import org.liverecordings.support.PostgresServer;

/** As on engines that refuse transactions that conflict. */
class SerializableEventsTest extends PostgresEventsTest {

    @BeforeAll
    static void connect() {
        connect(PostgresServer.shared().migratedSerializable());
    }
}
