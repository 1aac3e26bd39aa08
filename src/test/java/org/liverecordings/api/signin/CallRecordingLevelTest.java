package org.liverecordings.api.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;

import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.recording.Line;

class CallRecordingLevelTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                         | 0
            admin                                      | 0
            call-recording-lv                          | 0
            call-recording-lv10x                       | 0
            call-recording-lv-1                        | 0
            CALL-RECORDING-LV10                        | 0
            call-recording-lv99999                     | 0
            call-recording-lv0                         | 0
            call-recording-lv1                         | 1
            call-recording-lv9                         | 9
            call-recording-lv10                        | 10
            call-recording-lv9;call-recording-lv10     | 10
            call-recording-lv12;call-recording-lv2     | 12
            call-recording-lv9999                      | 9999
            """)
    void theHighestOfTheGroupsIsTheLevel(String groups, int expected) {
        QuarkusSecurityIdentity identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal("alice"))
                .addRoles(Set.of(groups.split(";")))
                .build();

        int level = CallRecordingLevel.of(identity);

        assertEquals(expected, level);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "9, false", "10, true", "11, true"})
    void managementTakesLevelTen(int level, boolean expected) {
        QuarkusSecurityIdentity identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal("alice"))
                .addRole(CallRecordingLevel.group(level))
                .build();

        boolean allowed = new CallRecordingLevel(identity).hasManagement(identity);

        assertEquals(expected, allowed);
    }

    @Test
    void managementOfSomeGroupsOfLinesWillDo() {
        QuarkusSecurityIdentity.Builder builder =
                QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal("alice"));
        CallRecordingLevel.giveGroups(Set.of(Line.Group.of("milan")), builder);
        QuarkusSecurityIdentity identity = builder.build();

        boolean allowed = new CallRecordingLevel(identity).hasManagement(identity);

        assertTrue(allowed);
        assertEquals(Set.of(Line.Group.of("milan")), CallRecordingLevel.managedGroups(identity));
    }
}
