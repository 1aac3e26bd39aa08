package org.liverecordings.api;

import java.util.HashMap;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;
import org.liverecordings.support.TestTokens;

/** Both ways to sign in are on, an organisation's own group is mapped, and the recordings are those of {@code stop-order}. */
public class GuardedApiProfile implements QuarkusTestProfile {

    public static final String RECORDINGS = "classpath:stop-order/recordings.csv";

    private static final String ID = "0de40000-0000-4000-8000-0000000000";

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>();
        settings.put(
                "mp.jwt.verify.publickey.location", TestTokens.publicKeyFile().toString());
        settings.put("mp.jwt.verify.issuer", TestTokens.ISSUER);
        settings.put("live-recordings.basic.users-file", "src/test/resources/stop-order/users.txt");
        // All tests come from one address, and most of what they try must fail.
        settings.put("live-recordings.basic.failures.per-name", "1000");
        settings.put("live-recordings.basic.failures.per-address", "100000");
        settings.put("live-recordings.lines.file", "classpath:stop-order/lines.csv");
        settings.put("live-recordings.embedded.recordings-file", RECORDINGS);
        settings.put("live-recordings.embedded.simulate.unreachable", ID + "10," + ID + "12," + ID + "14");
        settings.put("live-recordings.embedded.simulate.failing", ID + "11," + ID + "13");
        // What is simulated for some must not open the circuit for all.
        settings.put("live-recordings.guard.breaker.window", "100000");
        settings.put("quarkus.http.auth.roles-mapping.recording-admins", "call-recording-lv10");
        settings.put("quarkus.http.auth.roles-mapping.\"Recording Admins\"", "call-recording-lv10");
        settings.put("quarkus.http.auth.roles-mapping.trainees", "call-recording-lv9");
        return settings;
    }
}
