package org.liverecordings.registry;

import org.junit.jupiter.api.BeforeAll;
import org.liverecordings.support.PostgresServer;

/** As on an engine that refuses transactions that conflict. */
class SerializableStopLeasesTest extends PostgresStopLeasesTest {

    @BeforeAll
    static void connect() {
        connect(PostgresServer.shared().migratedSerializable());
    }
}
