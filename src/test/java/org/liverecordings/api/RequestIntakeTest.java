package org.liverecordings.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIntakeTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /fw/Apps/Recorder/WebAPI/LiveRecordings         | /fw/Apps/Recorder/WebAPI/LiveRecordings
            /fw/Apps/Recorder/WebAPI/LiveRecordings/        | /fw/Apps/Recorder/WebAPI/LiveRecordings
            /fw/apps/recorder/webapi/liverecordings         | /fw/Apps/Recorder/WebAPI/LiveRecordings
            /FW/APPS/RECORDER/WEBAPI/LIVERECORDINGS/AbC     | /fw/Apps/Recorder/WebAPI/LiveRecordings/AbC
            /fw/apps/recorder/webapi/liverecordings/AbC/    | /fw/Apps/Recorder/WebAPI/LiveRecordings/AbC
            /fw/apps/recorder/webapi/liverecordings///      | /fw/Apps/Recorder/WebAPI/LiveRecordings
            /fw/apps/recorder/webapi/liverecordings/AbC//   | /fw/Apps/Recorder/WebAPI/LiveRecordings/AbC
            /fw/apps/recorder/webapi/liverecordings/{AbC}   | /fw/Apps/Recorder/WebAPI/LiveRecordings/%7BAbC%7D
            /fw/apps/recorder/webapi/liverecordingsX        | /fw/apps/recorder/webapi/liverecordingsX
            /fw/apps/recorder/webapi/liverecording          | /fw/apps/recorder/webapi/liverecording
            /fw/apps/recorder/webapi/liverecordings;a=b     | /fw/apps/recorder/webapi/liverecordings;a=b
            /q/HEALTH/                                      | /q/HEALTH/
            /                                               | /
            ''                                              | /
            """)
    void theVendorsPathGetsOneSpelling(String path, String expected) {
        assertEquals(expected, RequestIntake.canonical(path));
    }

    @Test
    void noPathIsTheRoot() {
        assertEquals("/", RequestIntake.canonical(null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/fw/apps/recorder/webapi/liverecordings/////",
                "/fw/apps/recorder/webapi/liverecordings/%/ {}/",
                "//"
            })
    void theOneSpellingStaysAsItIs(String path) {
        String canonical = RequestIntake.canonical(path);

        assertEquals(canonical, RequestIntake.canonical(canonical));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                      | ''
            deviceName=SEP1&x=y     | deviceName=SEP1&x=y
            {a}                     | %7Ba%7D
            \\+39                   | %5C+39
            100%                    | 100%25
            %4                      | %254
            %zz                     | %25zz
            %4z                     | %254z
            %41%                    | %41%25
            %41                     | %41
            %c3%A4                  | %c3%A4
            x"<>^`#[]               | x%22%3C%3E%5E%60%23%5B%5D
            'a b'                   | a%20b
            ä                       | %E4
            Ã¤                      | %C3%A4
            a?b=c;d,e:@!$'()*~      | a?b=c;d,e:@!$'()*~
            """)
    void whatIsNotLegalInAUriIsEncoded(String raw, String expected) {
        assertEquals(expected, RequestIntake.legal(raw));
    }
}
