package org.liverecordings.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.liverecordings.support.ServiceProcess;

class UnknownVariablesIT {

    private static final String UNKNOWN = "is no setting";

    /** The others are its own, and what Kubernetes tells of a Service of this name. */
    @Test
    void aMisspeltSettingIsReportedAtTheStartWithoutItsValue() {
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

        List<String> warnings =
                log.lines().filter(line -> line.contains(UNKNOWN)).toList();
        assertEquals(1, warnings.size(), log);
        assertEquals(
                "the variable LIVE_RECORDINGS_REGISTYR is no setting, and changes nothing",
                warnings.get(0).substring(warnings.get(0).indexOf("the variable")));
        assertEquals(-1, log.indexOf("its-value"));
    }
}
