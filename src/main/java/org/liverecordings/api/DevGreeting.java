package org.liverecordings.api;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.jwt.build.Jwt;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Shows in dev mode how to get each answer, for the recordings in {@code sample/recordings.csv}. */
@IfBuildProfile("dev")
@ApplicationScoped
class DevGreeting {

    private static final Logger LOG = Logger.getLogger(DevGreeting.class);
    private static final Duration TOKEN_LIFE = Duration.ofHours(12);
    private static final String SAMPLE_ID = "75A90276-E47E-4e9e-B463-E3C743D5";

    private final int port;

    DevGreeting(@ConfigProperty(name = "quarkus.http.port", defaultValue = "8080") int port) {
        this.port = port;
    }

    void greet(@Observes StartupEvent event) {
        String url = "http://localhost:" + port + ApiPaths.LIVE_RECORDINGS;
        StringBuilder text = new StringBuilder("paste these into a shell:\n\n")
                .append("TOKEN=")
                .append(token("agent", 10))
                .append('\n')
                .append("WEAK=")
                .append(token("trainee", 9))
                .append("\n\n");
        add(text, "204, the recording is stopped (and 409 when repeated)", "TOKEN", url + "/" + SAMPLE_ID + "FF3A");
        add(text, "204, both recordings on a shared line", "TOKEN", url + "?directoryNumber=105");
        add(text, "400 reason 0, not a GUID", "TOKEN", url + "/75A90276");
        add(text, "400 reason 0, neither device name nor directory number", "TOKEN", url);
        add(text, "400 reason 1, the line isn't monitorable through TAPI", "TOKEN", url + "/" + SAMPLE_ID + "0401");
        add(text, "400 reason 2, automatic recording", "TOKEN", url + "?deviceName=SEP000000000103");
        add(text, "401, no credentials", null, url + "/" + SAMPLE_ID + "FF3A");
        add(text, "403, Call Recording level 9", "WEAK", url + "/" + SAMPLE_ID + "FF3A");
        add(text, "409, not being recorded", "TOKEN", url + "?deviceName=SEP123456789ABC&directoryNumber=999");
        add(text, "409, a manual dial-in named by its device", "TOKEN", url + "?deviceName=SEP000000000104");
        add(text, "204, the same dial-in named by its number", "TOKEN", url + "?directoryNumber=104");
        add(text, "500, a recorder that fails (simulated)", "TOKEN", url + "?directoryNumber=%2B390584943232");
        add(text, "504, a recorder out of reach (simulated)", "TOKEN", url + "/" + SAMPLE_ID + "0504");
        LOG.info(text);
    }

    private static void add(StringBuilder text, String title, String token, String url) {
        text.append("# ").append(title).append("\ncurl -i -X DELETE ");
        if (token != null) {
            text.append("-H \"Authorization: Bearer $").append(token).append("\" ");
        }
        text.append('\'').append(url).append("'\n\n");
    }

    private static String token(String user, int level) {
        return Jwt.upn(user)
                .groups(CallRecordingLevel.group(level))
                .expiresIn(TOKEN_LIFE)
                .sign();
    }
}
