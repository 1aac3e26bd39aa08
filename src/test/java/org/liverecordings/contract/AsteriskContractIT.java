package org.liverecordings.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.agroal.api.AgroalDataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.liverecordings.database.Database;
import org.liverecordings.recording.DeviceName;
import org.liverecordings.recording.DirectoryNumber;
import org.liverecordings.recording.LiveRecording;
import org.liverecordings.recording.LiveRecording.Call;
import org.liverecordings.recording.LiveRecording.Pauses;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingMode;
import org.liverecordings.recording.RecordingOrigin;
import org.liverecordings.recording.RecordingStatus;
import org.liverecordings.registry.postgres.PostgresLiveRecordingRepository;
import org.liverecordings.support.AsteriskServer;
import org.liverecordings.support.PostgresServer;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.SipPhone;

/** The rows with a real Asterisk: it knows the lines that are monitorable, and really records each row's recordings. */
class AsteriskContractIT {

    private static final String PROBE = "SEPPROBE";

    private static AsteriskServer server;
    private static SipPhone phones;
    private static WebSocket events;
    private static ServiceProcess service;

    @BeforeAll
    static void start() {
        AsteriskServer.assume();
        List<String> monitorable = lines(row -> true)
                .filter(line -> line[3].equals("true"))
                .map(line -> line[0])
                .distinct()
                .toList();
        server = AsteriskServer.start(monitorable);
        phones = SipPhone.answering(server, "201", 800);
        lines(AsteriskContractIT::isStart)
                .filter(line -> !line[1].equals(SisterContract.IDLE_NUMBER) && monitorable.contains(line[0]))
                .forEach(line -> server.call(line[0], "700"));
        Map<String, String> environment = ContractFiles.environment(PROBE + ",9999,,false,false");
        environment.keySet().removeIf(name -> name.startsWith("LIVE_RECORDINGS_EMBEDDED"));
        environment.put("LIVE_RECORDINGS_RECORDER", "asterisk");
        environment.put("LIVE_RECORDINGS_ASTERISK_NODES_EAST_URL", server.uri().toString());
        environment.put("LIVE_RECORDINGS_ASTERISK_NODES_EAST_USERNAME", AsteriskServer.USER);
        environment.put("LIVE_RECORDINGS_ASTERISK_NODES_EAST_PASSWORD", AsteriskServer.PASSWORD);
        // However busy the machine is: only a fault is a fault.
        environment.put("LIVE_RECORDINGS_GUARD_DEADLINE", "15s");
        environment.put("LIVE_RECORDINGS_GUARD_ATTEMPT_TIMEOUT", "7s");
        PostgresServer database = PostgresServer.shared();
        String name = database.newDatabase();
        environment.putAll(PostgresServer.settings(database.url(name)));
        record(database, name);
        service = ServiceProcess.start(environment);
        // Until the node was asked which endpoints it knows, no line counts as one that it doesn't.
        Row probe = Row.row("probe")
                .when("POST / {\"deviceName\":\"" + PROBE + "\"}")
                .then(400, "{\"reason\":1,\"deviceName\":\"" + PROBE + "\"}")
                .numbered(0);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> probe.check(service.uri(), Row.Credentials.BEARER));
    }

    @AfterAll
    static void end() {
        if (service != null) {
            service.close();
            events.abort();
            phones.close();
            server.close();
        }
    }

    private static boolean isStart(Row row) {
        return Stream.concat(row.before().stream(), Stream.of(row.request())).anyMatch(text -> text.startsWith("POST"));
    }

    private static Stream<String[]> lines(Predicate<Row> which) {
        return rows().filter(which).flatMap(row -> row.lines().stream()).map(line -> line.split(",", -1));
    }

    /** What is being recorded before the rows are asked for: in the database, and by Asterisk. */
    private static void record(PostgresServer database, String name) {
        List<LiveRecording> recordings = rows().flatMap(row -> row.recordings().stream())
                .map(AsteriskContractIT::recording)
                .toList();
        try (AgroalDataSource pool = database.migrated(name)) {
            new PostgresLiveRecordingRepository(new Database(pool)).addAll(recordings);
        }
        String application = "live-recordings.contract";
        String user = URLEncoder.encode(AsteriskServer.USER + ":" + AsteriskServer.PASSWORD, UTF_8);
        events = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + server.uri().getPort() + "/ari/events?app=" + application
                                + "&api_key=" + user),
                        new WebSocket.Listener() {})
                .join();
        String call = server.call("201", "700");
        for (LiveRecording recording : recordings) {
            String snoop = "live-recordings-" + recording.id();
            assertEquals(
                    200,
                    server.ari("POST", "/channels/" + call + "/snoop?spy=both&app=" + application + "&snoopId=" + snoop)
                            .statusCode());
            // 409 until the channel has entered the application
            Awaitility.await()
                    .until(() -> server.ari("POST", "/channels/" + snoop + "/record?format=wav&name=" + recording.id())
                                    .statusCode()
                            == 201);
        }
    }

    private static LiveRecording recording(String csv) {
        String[] cells = csv.split(",", -1);
        return new LiveRecording(
                RecordingId.parse(cells[0]).orElseThrow(),
                cells[1].isEmpty() ? null : DeviceName.of(cells[1]),
                DirectoryNumber.of(cells[2]),
                RecordingMode.valueOf(constant(cells[3])),
                RecordingOrigin.valueOf(constant(cells[4])),
                Instant.now(),
                RecordingStatus.RECORDING,
                new Call("east", null, null),
                Pauses.NONE);
    }

    private static String constant(String text) {
        return text.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** Left out: what becomes of a recorder in trouble is the fault tests' business, and nobody can dial in to this one. */
    static Stream<Row> rows() {
        return ContractTables.rows()
                .filter(row -> row.status() < 500)
                .filter(row -> Stream.concat(row.before().stream(), Stream.of(row.request()))
                        .noneMatch(text -> text.contains("\"mode\":1")));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void answersAsDocumented(Row row) {
        URI uri = service.uri();

        row.check(uri, Row.Credentials.BEARER);
    }
}
