package org.liverecordings.api.recordings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.time.Instant;

import jakarta.inject.Inject;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.api.ApiPaths;
import org.liverecordings.api.GuardedApiProfile;
import org.liverecordings.recorder.embedded.EmbeddedCallRecorder;
import org.liverecordings.recording.store.LiveRecordingRepository;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.TestTokens;

/** Which answer wins where several would be right. The recordings and lines are those of {@code stop-order}. */
@QuarkusTest
@TestProfile(GuardedApiProfile.class)
class StopDecisionOrderTest {

    private static final String ID = "0DE40000-0000-4000-8000-0000000000";
    private static final String DEVICE = "SEP00000000A0";

    @TestHTTPResource("/")
    URI service;

    @Inject
    LiveRecordingRepository registry;

    @BeforeEach
    void everythingIsBeingRecorded() {
        registry.addAll(EmbeddedCallRecorder.readRecordings(GuardedApiProfile.RECORDINGS, Instant.now()));
    }

    /** In the targets {@code @} stands for the ids' common part and {@code SEP} for the device names'. */
    @ParameterizedTest(name = "{0} -> {3}")
    @CsvSource(delimiter = '|', textBlock = """
            no token, not a GUID                                                  | none  | /1-1-1-1-1               | 401 |
            no token, neither name                                                | none  | ''                       | 401 |
            no token, nothing live                                                | none  | /@99                     | 401 |
            no token, not monitorable                                             | none  | /@02                     | 401 |
            no token, automatic                                                   | none  | /@03                     | 401 |
            no token, recorder out of reach                                       | none  | /@12                     | 401 |
            bad token, not a GUID                                                 | bad   | /1-1-1-1-1               | 401 |
            bad token of level 9, not a GUID                                      | bad9  | /1-1-1-1-1               | 401 |
            bad token, recorder fails                                             | bad   | /@13                     | 401 |
            level 9, not a GUID                                                   | lv9   | /1-1-1-1-1               | 403 |
            level 9, neither name                                                 | lv9   | ''                       | 403 |
            level 9, nothing live                                                 | lv9   | /@99                     | 403 |
            level 9, not monitorable                                              | lv9   | ?directoryNumber=702     | 403 |
            level 9, automatic                                                    | lv9   | ?deviceName=SEP03        | 403 |
            level 9, recorder out of reach                                        | lv9   | /@12                     | 403 |
            level 9, recorder fails                                               | lv9   | /@13                     | 403 |
            not a GUID, although names are given                                  | lv10  | /x?deviceName=SEP01      | 400 | {"reason":0}
            neither name, although other parameters are given                     | lv10  | ?id=@01                  | 400 | {"reason":0}
            both names blank                                                      | lv10  | ?deviceName=%20&directoryNumber= | 400 | {"reason":0}
            device unknown, number not monitorable                                | lv10  | ?deviceName=SEP99&directoryNumber=702 | 409 | 409
            number on another device, both not monitorable                        | lv10  | ?deviceName=SEP02&directoryNumber=710 | 409 | 409
            not monitorable, but nothing live                                     | lv10  | ?deviceName=SEP15&directoryNumber=702 | 409 | 409
            device named, manual dial-in, not monitorable                         | lv10  | ?deviceName=SEP07        | 409 | 409
            device and number named, manual dial-in, not monitorable              | lv10  | ?deviceName=SEP07&directoryNumber=707 | 409 | 409
            device named, manual dial-in, automatic, recorder fails               | lv10  | ?deviceName=SEP11        | 409 | 409
            number named, manual dial-in, not monitorable                         | lv10  | ?directoryNumber=707     | 400 | {"reason":1,"deviceName":"SEP00000000A007"}
            id of a manual dial-in, not monitorable                               | lv10  | /@07                     | 400 | {"reason":1,"deviceName":"SEP00000000A007"}
            number named, manual dial-in, automatic, recorder fails               | lv10  | ?directoryNumber=711     | 400 | {"reason":2}
            id of a manual dial-in, automatic, recorder fails                     | lv10  | /@11                     | 400 | {"reason":2}
            id, not monitorable and automatic                                     | lv10  | /@04                     | 400 | {"reason":1,"deviceName":"SEP00000000A004"}
            device, not monitorable and automatic                                 | lv10  | ?deviceName=SEP04        | 400 | {"reason":1,"deviceName":"SEP00000000A004"}
            two on one number, one automatic, the other not monitorable           | lv10  | ?directoryNumber=705     | 400 | {"reason":1,"deviceName":"SEP00000000A006"}
            two on one number, the device of the automatic one named              | lv10  | ?deviceName=SEP05&directoryNumber=705 | 400 | {"reason":2}
            two on one number, the device of the not monitorable one named        | lv10  | ?deviceName=SEP06&directoryNumber=705 | 400 | {"reason":1,"deviceName":"SEP00000000A006"}
            two on one number, one automatic, one free                            | lv10  | ?directoryNumber=708     | 400 | {"reason":2}
            not monitorable, recorder out of reach                                | lv10  | /@10                     | 400 | {"reason":1,"deviceName":"SEP00000000A010"}
            two on one number, one not monitorable, one with recorder out of reach| lv10  | ?directoryNumber=714     | 400 | {"reason":1,"deviceName":"SEP00000000A015"}
            two on one number, recorder fails for one, out of reach for the other | lv10  | ?directoryNumber=712     | 500 | 500
            two on one number, the one with recorder out of reach named           | lv10  | ?deviceName=SEP12&directoryNumber=712 | 504 | 504
            two on one device, one a manual dial-in that isn't monitorable        | lv10  | ?deviceName=SEP16        | 204 |
            a number shared by an automatic line, the free device named           | lv10  | ?deviceName=SEP09&directoryNumber=708 | 204 |
            free, but its id is in the query too and isn't a GUID                 | lv10  | /@01?id=x                | 204 |
            """)
    void theEarlierRuleWins(String causes, String caller, String target, int status, String body) {
        String raw = ApiPaths.LIVE_RECORDINGS + target.replace("@", ID).replace("SEP", DEVICE);

        RawHttp.Answer answer = RawHttp.send(service, "DELETE", raw, "X-Request-Id: order", authorization(caller));

        assertEquals(status, answer.status(), answer::toString);
        assertEquals(body(body), answer.body());
    }

    private static String authorization(String caller) {
        return switch (caller) {
            case "none" -> "Accept: */*";
            case "bad" -> "Authorization: Bearer " + TestTokens.complete() + "x";
            case "bad9" -> "Authorization: Bearer " + TestTokens.level("trainee", 9) + "x";
            case "lv9" -> "Authorization: Bearer " + TestTokens.level("trainee", 9);
            case "lv10" -> "Authorization: Bearer " + TestTokens.complete();
            default -> throw new IllegalArgumentException(caller);
        };
    }

    private static String body(String expected) {
        if (expected == null) {
            return "";
        }
        return switch (expected) {
            case "409" -> problem("No such live recording", 409);
            case "500" -> problem("The call recording service failed", 500);
            case "504" -> problem("The call recording service is unavailable", 504);
            default -> expected;
        };
    }

    private static String problem(String title, int status) {
        return "{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + status
                + ",\"correlationId\":\"order\"}";
    }
}
