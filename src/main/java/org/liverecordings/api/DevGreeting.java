package org.liverecordings.api;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.jwt.build.Jwt;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.liverecordings.api.signin.CallRecordingLevel;
import org.liverecordings.recording.Caller;

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
        LOG.info(text());
    }

    String text() {
        String url = "http://localhost:" + port + ApiPaths.LIVE_RECORDINGS;
        StringBuilder text = new StringBuilder("paste these into a shell:\n\n")
                .append("TOKEN=")
                .append(token("agent", Caller.COMPLETE_MANAGEMENT))
                .append('\n')
                .append("WEAK=")
                .append(token("trainee", 0))
                .append("\n\n");
        add(text, "204, the recording is stopped", "DELETE", "TOKEN", url + "/" + SAMPLE_ID + "FF3A");
        add(text, "204, both recordings on a shared line", "DELETE", "TOKEN", url + "?directoryNumber=105");
        add(text, "400 reason 0, not a GUID", "DELETE", "TOKEN", url + "/75A90276");
        add(text, "400 reason 0, neither device name nor directory number", "DELETE", "TOKEN", url);
        add(text, "400 reason 1, not monitorable through TAPI", "DELETE", "TOKEN", url + "/" + SAMPLE_ID + "0401");
        add(text, "400 reason 2, automatic recording", "DELETE", "TOKEN", url + "?deviceName=SEP000000000103");
        add(text, "401, no credentials", "DELETE", null, url + "/" + SAMPLE_ID + "FF3A");
        add(text, "403, the level is too low", "DELETE", "WEAK", url + "/" + SAMPLE_ID + "FF3A");
        add(text, "409, not being recorded any more", "DELETE", "TOKEN", url + "/" + SAMPLE_ID + "FF3A");
        add(text, "409, a manual dial-in named by its device", "DELETE", "TOKEN", url + "?deviceName=SEP000000000104");
        add(text, "204, the same dial-in named by its number", "DELETE", "TOKEN", url + "?directoryNumber=104");
        add(text, "500, a recorder that fails (simulated)", "DELETE", "TOKEN", url + "/" + SAMPLE_ID + "0500");
        add(text, "504, a recorder out of reach (simulated)", "DELETE", "TOKEN", url + "/" + SAMPLE_ID + "0504");
        add(text, "201, your own line is being recorded", "POST", "TOKEN", url);
        add(text, "429, it is already", "POST", "TOKEN", url);
        add(text, "204, paused for a card number", "PUT", "TOKEN", url + "/Pause?directoryNumber=109");
        add(text, "204, resumed", "PUT", "TOKEN", url + "/Resume?directoryNumber=109");
        add(text, "200, what is being recorded", "GET", "TOKEN", url);
        add(text, "204, your own line is not being recorded any more", "DELETE", "TOKEN", url + "/Mine");
        text.append("# tokens of your own identity provider:\n");
        for (String provider : List.of("Keycloak", "Entra ID", "Auth0", "Okta", "Cognito")) {
            String section = provider.toLowerCase(Locale.ROOT).replace(' ', '-');
            text.append("# ")
                    .append(provider)
                    .append(": docs/signing-in.md#")
                    .append(section)
                    .append('\n');
        }
        return text.toString();
    }

    private static void add(StringBuilder text, String title, String method, String token, String url) {
        text.append("# ").append(title).append("\ncurl -i -X ").append(method).append(' ');
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
