package org.liverecordings.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.RawHttp.Answer;
import org.liverecordings.support.ServiceProcess;

/** The service with recorder imagicle, in front of a second instance of itself that plays the UCX Suite. */
class ChainIT {

    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final String DAY_LINE = "SEPDDDDDDDDDD%02d,7777%02d,day%02d,true,false";

    private static ServiceProcess suite;
    private static ServiceProcess front;

    @BeforeAll
    static void start() {
        Map<String, String> environment = ContractFiles.environment(
                String.format(DAY_LINE, 0, 0, 0),
                String.format(DAY_LINE, 1, 1, 1),
                String.format(DAY_LINE, 2, 2, 2),
                String.format(DAY_LINE, 3, 3, 3));
        environment.put(
                "LIVE_RECORDINGS_BASIC_USERS_FILE",
                BasicUsersFile.write(Contract.rows(), "front", "day00", "day01", "day02", "day03"));
        suite = ServiceProcess.start(environment);
        environment.remove("LIVE_RECORDINGS_EMBEDDED_RECORDINGS_FILE");
        environment.put("LIVE_RECORDINGS_RECORDER", "imagicle");
        environment.put("LIVE_RECORDINGS_IMAGICLE_URL", suite.uri().toString());
        environment.put("LIVE_RECORDINGS_IMAGICLE_USERNAME", "front");
        environment.put("LIVE_RECORDINGS_IMAGICLE_PASSWORD", BasicUsersFile.PASSWORD);
        front = ServiceProcess.start(environment);
    }

    @AfterAll
    static void stop() {
        front.close();
        suite.close();
    }

    /** A suite that fails is no suite that answers: what becomes of its 500 is the fault tests' business. */
    static Stream<Row> rows() {
        return Contract.rows().filter(row -> row.status() < 500);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void answersAsDocumented(Row row) {
        URI uri = front.uri();

        row.check(uri, Row.Credentials.BEARER);
    }

    static Stream<Arguments> clients() {
        return Stream.of(
                Arguments.of("day00", suite.uri(), Row.Credentials.BEARER),
                Arguments.of("day01", suite.uri(), BasicUsersFile.BASIC),
                Arguments.of("day02", front.uri(), Row.Credentials.BEARER),
                Arguments.of("day03", front.uri(), BasicUsersFile.BASIC));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void anExistingClientsWholeDayRunsUnchanged(String user, URI service, Row.Credentials credentials) {
        Client client = new Client(user, service, credentials);
        String number = "7777" + user.substring(3);
        String device = "SEPDDDDDDDDDD" + user.substring(3);

        assertEquals("200 []", client.ask("GET", "?username=" + user, ""));
        String first = client.id("POST", "", "{\"deviceName\":\"" + device + "\"}");
        assertEquals("204 ", client.ask("PUT", "/" + first + "/Pause", ""));
        assertTrue(client.ask("GET", "?directoryNumber=" + number, "").contains("\"isPaused\":true"));
        assertEquals("204 ", client.ask("PUT", "/" + first + "/Resume", ""));
        assertTrue(client.ask("GET", "?directoryNumber=" + number, "").contains("\"isPaused\":false"));
        assertEquals("204 ", client.ask("DELETE", "/" + first, ""));
        String second = client.id("POST", "", "");
        assertEquals("204 ", client.ask("PUT", "/Pause?directoryNumber=" + number, ""));
        assertEquals("204 ", client.ask("DELETE", "?deviceName=" + device + "&directoryNumber=" + number, ""));
        assertTrue(client.ask("DELETE", "/" + second, "").startsWith("409 "));
        client.id("POST", "", "{\"directoryNumber\":\"" + number + "\",\"mode\":1}");
        assertEquals("204 ", client.ask("DELETE", "/Mine", ""));
        assertEquals("200 []", client.ask("GET", "?username=" + user, ""));
    }

    private record Client(String user, URI service, Row.Credentials credentials) {

        String ask(String method, String target, String body) {
            Answer answer = RawHttp.sendBody(
                    service, method, Row.API + target, body, "Authorization: " + credentials.of(user, 10));
            return answer.status() + " " + answer.body();
        }

        String id(String method, String target, String body) {
            String answer = ask(method, target, body);
            Matcher id = ID.matcher(answer);
            assertTrue(answer.startsWith("201 ") && id.find(), answer);
            return id.group(1);
        }
    }
}
