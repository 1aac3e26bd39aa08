package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.liverecordings.support.ServiceProcess;

class UnknownVariablesIT {

    private static final String TOLD = "is no setting";

    /** The others are its own, and what Kubernetes tells of a Service of this name. */
    @Test
    void aMisspeltSettingIsToldAtTheStartWithoutItsValue() {
        Map<String, String> environment = ServiceProcess.tokenSettings();
        environment.put("LIVE_RECORDINGS_REGISTYR", "its-value");
        environment.put("LIVE_RECORDINGS_STOP_HOLD", "always");
        environment.put("LIVE_RECORDINGS_SIGN_IN_AUDIENCES", "recordings");
        environment.put("LIVE_RECORDINGS_SERVICE_HOST", "10.96.0.1");
        environment.put("LIVE_RECORDINGS_SERVICE_PORT_HTTP", "80");
        environment.put("LIVE_RECORDINGS_PORT_80_TCP_ADDR", "10.96.0.1");

        String log;
        try (ServiceProcess service = ServiceProcess.start(environment)) {
            log = service.log();
        }

        List<String> told = log.lines().filter(line -> line.contains(TOLD)).toList();
        assertEquals(1, told.size(), log);
        assertEquals(
                "the variable LIVE_RECORDINGS_REGISTYR is no setting, and changes nothing",
                told.get(0).substring(told.get(0).indexOf("the variable")));
        assertEquals(-1, log.indexOf("its-value"));
    }
}
