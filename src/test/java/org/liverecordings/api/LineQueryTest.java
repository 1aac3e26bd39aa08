package org.liverecordings.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineQueryTest {

    @Test
    void withoutAQueryAParameterIsAbsent() {
        assertNull(LineQuery.first(null, "deviceName"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "absent", textBlock = """
            ''                                  | absent
            &                                   | absent
            &&deviceName=a&&                    | a
            x=y                                 | absent
            deviceName=a                        | a
            x=y&deviceName=a                    | a
            deviceName                          | ''
            deviceName=                         | ''
            deviceName=&deviceName=a            | ''
            deviceName=a&deviceName=b           | a
            DEVICENAME=a&deviceName=b           | a
            devicename=a                        | a
            device%4eame=a                      | a
            deviceNames=a                       | absent
            deviceName%20=a                     | absent
            xdeviceName=a                       | absent
            =a                                  | absent
            deviceName=a=b                      | a=b
            deviceName=a;b                      | a;b
            deviceName=a%26deviceName=b         | a&deviceName=b
            deviceName=a+b                      | 'a b'
            deviceName=%20a%20                  | ' a '
            deviceName=%C3%A4                   | ä
            deviceName=%                        | %
            deviceName=%zz                      | %zz
            deviceName=%4                       | %4
            deviceName=50%&x=y                  | 50%
            %zz=x&deviceName=a                  | a
            """)
    void theFirstParameterOfThatNameCounts(String query, String expected) {
        assertEquals(expected, LineQuery.first(query, "deviceName"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "absent", textBlock = """
            101          | 101
            %2B39        | +39
            %2b39        | +39
            +39          | +39
            %2039        | +39
            \\%2B39      | \\+39
            %5C%2B39     | \\+39
            \\+39        | +39
            %5C+39       | +39
            ++39         | '  39'
            +            | ' '
            39+40        | '39 40'
            +X39         | ' X39'
            %2B%2B39     | ++39
            ''           | ''
            """)
    void aSpaceBeforeTheFirstDigitWasAPlusSign(String encoded, String expected) {
        assertEquals(expected, LineQuery.firstNumber("directoryNumber=" + encoded, "directoryNumber"));
    }

    @Test
    void anAbsentNumberIsAbsent() {
        assertNull(LineQuery.firstNumber("deviceName=a", "directoryNumber"));
    }
}
