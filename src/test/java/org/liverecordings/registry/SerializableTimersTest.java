package org.liverecordings.registry;

import org.junit.jupiter.api.BeforeAll;
import org.liverecordings.support.PostgresServer;

/** As on an engine that refuses transactions that conflict. */
class SerializableTimersTest extends PostgresTimersTest {

    @BeforeAll
    static void connect() {
        connect(PostgresServer.shared().migratedSerializable());
    }
}
