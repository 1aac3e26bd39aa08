package org.liverecordings.api.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditCsvTest {

    private static final String HEADER =
            "askedAt,operation,user,level,address,askedId,deviceName,directoryNumber,outcome,"
                    + "reason,confirmed,endedAt,durationMs,cause,repetition,replica,correlationId,id,why\r\n";

    @Test
    void anEntryIsALine() {
        AuditBody.Entry entry = new AuditBody.Entry(
                "e",
                "2026-01-31T12:00:00Z",
                "stop",
                "alice",
                10,
                null,
                null,
                "SEP1",
                null,
                "legal",
                "unknown",
                null,
                List.of(
                        new AuditBody.Confirmation("a", "2026-01-31T12:00:01Z", false),
                        new AuditBody.Confirmation(null, "t", true)),
                null,
                null,
                "no answer, \"late\"",
                true,
                "r",
                "c");
        assertEquals(
                HEADER
                        + "2026-01-31T12:00:00Z,stop,alice,10,,,SEP1,,unknown,,a at 2026-01-31T12:00:01Z; unnamed at t inferred,,,"
                        + "\"no answer, \"\"late\"\"\",true,r,c,e,legal\r\n",
                AuditCsv.of(new AuditBody(List.of(entry), null)));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    =1+1                       | '=1+1
                    +39101                     | '+39101
                    -1                         | '-1
                    @SUM(A1)                   | '@SUM(A1)
                    ` =cmd`                    | ' =cmd
                    `\t1`                      | '\t1
                    SEP1                       | SEP1
                    a=b                        | a=b
                    """)
    void whatMightBeAFormulaIsText(String sent, String written) {
        String csv = AuditCsv.of(new AuditBody(List.of(named(sent)), null));
        assertTrue(csv.contains("\r\n,stop," + written + ",1,"), csv);
    }

    private static AuditBody.Entry named(String user) {
        return new AuditBody.Entry(
                "e", "", "stop", user, 1, null, null, null, null, null, "done", null, List.of(), null, null, null,
                false, "r", "c");
    }
}
