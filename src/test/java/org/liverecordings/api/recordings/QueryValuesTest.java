package org.liverecordings.api.recordings;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.api.audit.AuditDatabase;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.RawHttp.Answer;
import org.liverecordings.support.TestTokens;

/**
 * Whatever stands in a query, with a database behind it that doesn't store everything: 400 or an answer.
 *
 * <p>A failure names its seed; {@code -Dquery.seed=…} runs it again.
 */
@QuarkusTest
@QuarkusTestResource(value = AuditDatabase.class, restrictToAnnotatedClass = true)
class QueryValuesTest {

    private static final String GUID = "75a90276-e47e-4e9e-b463-e3c743d5ff3a";
    private static final int RANDOM_VALUES = 40;

    private static final List<String> VALUES = Stream.concat(
                    Stream.of(
                            "",
                            "+",
                            "0",
                            "-1",
                            "1e9",
                            "2147483648",
                            "9223372036854775808",
                            "9".repeat(3000),
                            "NaN",
                            "%D9%A1%D9%A0",
                            "null",
                            "'",
                            "%00",
                            "SEP%00",
                            "%",
                            "%zz",
                            "%c0%ae",
                            "%ff%fe",
                            "%ED%A0%80",
                            "%F0%9F%93%9E",
                            "%EF%BB%BF",
                            "%0d%0a",
                            "{}[]\\^`|<>\"",
                            GUID,
                            "%7B" + GUID + "%7D",
                            "x".repeat(3000),
                            "%25",
                            "2026-01-31T12:00:00Z",
                            "2026-01-31T12:00:00+18:00",
                            "2026-01-31T12:00:00%2B19:00",
                            "2026-02-30T12:00:00Z",
                            "0000-01-01T00:00:00Z",
                            "9999-12-31T23:59:59.999999999Z",
                            "9999-12-31T23:59:59-18:00",
                            "%2B10000-01-01T00:00:00Z",
                            "%2B999999999-12-31T23:59:59Z",
                            "%2B1000000000-12-31T23:59:59Z",
                            "-999999999-01-01T00:00:00Z",
                            "=1%2B1"),
                    Stream.of(
                                    "2026-01-31T12:00:00Z " + GUID,
                                    "2026-01-31T12:00:00.999999999Z 0-0-0-0-0",
                                    "+1000000000-12-31T23:59:59.999999999Z " + GUID,
                                    "-1000000000-01-01T00:00:00Z " + GUID,
                                    "9999-12-31T23:59:59Z ffffffff-ffff-ffff-ffff-ffffffffffff",
                                    "1970-01-01T00:00:00Z 00000000-0000-0000-0000-000000000000",
                                    "1969-12-31T23:59:59Z " + GUID,
                                    "2026-01-31T12:00:00Z " + GUID + " ",
                                    " ",
                                    "\0 \0")
                            .map(text -> Base64.getUrlEncoder()
                                    .withoutPadding()
                                    .encodeToString(text.getBytes(StandardCharsets.UTF_8))))
            .toList();

    @TestHTTPResource("/")
    URI service;

    private final long seed = Long.getLong("query.seed", System.nanoTime());

    @ParameterizedTest
    @CsvSource({
        "GET, /audit, recordingId user from to limit after",
        "GET, /fw/Apps/Recorder/WebAPI/LiveRecordings, deviceName directoryNumber username numericUserId",
        "DELETE, /fw/Apps/Recorder/WebAPI/LiveRecordings, deviceName directoryNumber",
        "PUT, /fw/Apps/Recorder/WebAPI/LiveRecordings/Pause, directoryNumber",
        "PUT, /fw/Apps/Recorder/WebAPI/LiveRecordings/ffffffff-ffff-4fff-8fff-ffffffffffff/Pause, resumeAfter",
        "PUT, /fw/Apps/Recorder/WebAPI/LiveRecordings/Resume, directoryNumber"
    })
    void everyValueGetsAnAnswer(String method, String path, String parameters) {
        String authorization = "Authorization: Bearer " + TestTokens.complete();
        List<String> failures = new ArrayList<>();
        for (String parameter : parameters.split(" ")) {
            for (String value : values()) {
                String target = path + "?" + parameter + "=" + value;

                Answer answer = RawHttp.send(service, method, target, authorization);

                if (!Set.of(200, 204, 400, 409).contains(answer.status())) {
                    failures.add(target + ": " + answer);
                }
            }
        }

        assertTrue(failures.isEmpty(), "query.seed=" + seed + " " + failures);
    }

    private List<String> values() {
        Random random = new Random(seed);
        List<String> values = new ArrayList<>(VALUES);
        for (int i = 0; i < RANDOM_VALUES; i++) {
            StringBuilder value = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                value.append(
                        random.nextBoolean()
                                ? "%"
                                        + Integer.toHexString(0x100 + random.nextInt(0x100))
                                                .substring(1)
                                : (char) ('!' + random.nextInt('~' - '!')));
            }
            values.add(value.toString().replace("&", "").replace("#", ""));
        }
        return values;
    }
}
