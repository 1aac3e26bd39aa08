package org.liverecordings.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.liverecordings.support.Settings;

class BasicConfigTest {

    @Test
    void basicIsOffByDefault() {
        assertEquals(Optional.empty(), Settings.of(BasicConfig.class, Map.of()).usersFile());
    }

    @Test
    void everyKeyIsRead() {
        BasicConfig config = Settings.of(BasicConfig.class, Map.of("live-recordings.basic.users-file", "users.txt"));
        assertEquals(Optional.of(Path.of("users.txt")), config.usersFile());
    }
}
