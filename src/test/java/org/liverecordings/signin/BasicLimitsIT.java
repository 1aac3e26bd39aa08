package org.liverecordings.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.quarkus.elytron.security.common.BcryptUtil;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;

/** HTTP Basic when passwords are wrong again and again, and when the users change. Each test has users and addresses of its own. */
class BasicLimitsIT {

    private static final String NOT_LIVE =
            "/fw/Apps/Recorder/WebAPI/LiveRecordings/99999999-0000-4000-8000-000000000000";

    private static final int LET_IN = 409;

    @TempDir
    static Path directory;

    private static ServiceProcess service;

    @BeforeAll
    static void start() throws IOException {
        writeUsers("right");
        Map<String, String> settings = ServiceProcess.tokenSettings();
        settings.put("LIVE_RECORDINGS_BASIC_USERS_FILE", file().toString());
        settings.put("LIVE_RECORDINGS_BASIC_USERS_REFRESH", "1s");
        settings.put("LIVE_RECORDINGS_BASIC_FAILURES_PER_NAME", "3");
        settings.put("LIVE_RECORDINGS_BASIC_FAILURES_DELAY", "1m");
        // So that a test can come from several addresses.
        settings.put("QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING", "true");
        service = ServiceProcess.start(settings);
    }

    @AfterAll
    static void end() {
        service.close();
    }

    @Test
    void afterRepeatedFailuresAUserMustWaitEvenWithTheRightPassword() {
        for (int i = 0; i < 3; i++) {
            send("alice", "wrong", "192.0.2.1");
        }

        RawHttp.Answer answer = send("alice", "right", "192.0.2.1");

        assertEquals(401, answer.status(), answer::toString);
        assertEquals(List.of("60"), answer.header("Retry-After"));
        assertEquals("", answer.body());
        assertTrue(service.log().contains("way=basic user=alice cause=too-many-failures address=192.0.2.1"));
    }

    @Test
    void aNewAddressOfTheSameIpv6NetworkForEachGuessIsNoWayRoundTheWait() {
        for (int i = 1; i <= 3; i++) {
            send("erin", "wrong", "2001:db8:1:2::" + i);
        }

        RawHttp.Answer answer = send("erin", "wrong", "2001:db8:1:2::1e");

        assertEquals(List.of("60"), answer.header("Retry-After"));
        assertTrue(service.log().contains("way=basic user=erin cause=too-many-failures address=2001:db8:1:2::1e"));
    }

    @Test
    void fromAnotherAddressTheRightPasswordLetsIn() {
        for (int i = 0; i < 5; i++) {
            send("bob", "wrong", "192.0.2.2");
        }

        RawHttp.Answer answer = send("bob", "right", "192.0.2.3");

        assertEquals(LET_IN, answer.status(), answer::toString);
    }

    @Test
    void aFailureNowAndThenIsNoReasonToWait() {
        for (int i = 0; i < 3; i++) {
            send("carol", "wrong", "192.0.2.4");
            send("carol", "wrong", "192.0.2.4");
            send("carol", "right", "192.0.2.4");
        }

        RawHttp.Answer answer = send("carol", "wrong", "192.0.2.4");

        assertEquals(401, answer.status(), answer::toString);
        assertEquals(List.of(), answer.header("Retry-After"));
    }

    @Test
    void aChangedPasswordAndANewUserCountWithoutARestart() throws IOException {
        assertEquals(LET_IN, send("dave", "right", "192.0.2.5").status());

        writeUsers("new");

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> send("dave", "right", "192.0.2.6").status() == 401);
        assertEquals(LET_IN, send("dave", "new", "192.0.2.7").status());
    }

    private static RawHttp.Answer send(String name, String password, String address) {
        String credentials =
                Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
        return RawHttp.send(
                service.uri(),
                "DELETE",
                NOT_LIVE,
                "Authorization: Basic " + credentials,
                "X-Forwarded-For: " + address);
    }

    private static String hash(String password) {
        return BcryptUtil.bcryptHash(password, 4) + ":10";
    }

    private static void writeUsers(String passwordOfDave) throws IOException {
        StringBuilder lines = new StringBuilder("dave:" + hash(passwordOfDave) + "\n");
        for (String name : List.of("alice", "bob", "carol", "erin")) {
            lines.append(name).append(':').append(hash("right")).append('\n');
        }
        Files.writeString(file(), lines);
    }

    private static Path file() {
        return directory.resolve("users");
    }
}
