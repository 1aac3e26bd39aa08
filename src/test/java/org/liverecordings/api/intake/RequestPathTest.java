package org.liverecordings.api.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /fw/Apps/Recorder/WebAPI/LiveRecordings         | /fw/Apps/Recorder/WebAPI/LiveRecordings
            /fw/Apps/Recorder/WebAPI/LiveRecordings/        | /fw/Apps/Recorder/WebAPI/LiveRecordings
            /fw/apps/recorder/webapi/liverecordings         | /fw/Apps/Recorder/WebAPI/LiveRecordings
            /FW/APPS/RECORDER/WEBAPI/LIVERECORDINGS/AbC     | /fw/Apps/Recorder/WebAPI/LiveRecordings/AbC
            /fw/apps/recorder/webapi/liverecordings/AbC/    | /fw/Apps/Recorder/WebAPI/LiveRecordings/AbC
            /fw/apps/recorder/webapi/liverecordings///      | /fw/Apps/Recorder/WebAPI/LiveRecordings
            /fw/apps/recorder/webapi/liverecordings/AbC//   | /fw/Apps/Recorder/WebAPI/LiveRecordings/AbC
            /%66W/Apps/Recorder/WebAPI/%4civeRecordings/x   | /fw/Apps/Recorder/WebAPI/LiveRecordings/x
            /fw/apps/recorder/webapi/liverecordings/%6dine  | /fw/Apps/Recorder/WebAPI/LiveRecordings/Mine
            /fw/apps/recorder/webapi/liverecordings/mINE    | /fw/Apps/Recorder/WebAPI/LiveRecordings/Mine
            /fw/apps/recorder/webapi/liverecordings/a/PAUSE | /fw/Apps/Recorder/WebAPI/LiveRecordings/a/Pause
            /fw/Apps/Recorder/WebAPI/LiveRecordings/0aF-    | /fw/Apps/Recorder/WebAPI/LiveRecordings/0aF-
            /fw/Apps/Recorder/WebAPI/LiveRecordings/0aF-/   | /fw/Apps/Recorder/WebAPI/LiveRecordings/0aF-
            /fw/Apps/Recorder/WebAPI/LiveRecordings/0a%46   | /fw/Apps/Recorder/WebAPI/LiveRecordings/0aF
            """)
    void theVendorsPathGetsOneSpelling(String path, String expected) {
        assertEquals(expected, RequestPath.canonical(path));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {AbC}                   | %7BAbC%7D
            a;b=c                   | a%3Bb=c
            a%2fb                   | a%2fb
            a%5Cb\\c              | a%5Cb%5Cc
            ..%2f..%2faudit         | ..%2f..%2faudit
            ..;/..;/audit           | ..%3B/..%3B/audit
            ..\\..\\audit         | ..%5C..%5Caudit
            %252e%252e/audit        | %252e%252e/audit
            %c0%ae%c0%ae/audit      | %c0%ae%c0%ae/audit
            a%00                    | a%00
            %41%7a%30%2d%5F%7e%5b%20| Az0-_~%5b%20
            %%34%31                 | %2541
            a#b%23c%3fd             | a%23b%23c%3fd
            .../..a/.               | null
            a/../b                  | null
            a/./b                   | null
            ..                      | null
            %2e%2E/b                | null
            a/.%2e                  | null
            a/%2e//                 | null
            """, nullValues = "null")
    void whatStandsBelowTheApisPathIsAValueUnlessItLeadsOut(String below, String expected) {
        String canonical = RequestPath.canonical("/fw/apps/recorder/webapi/liverecordings/" + below);

        assertEquals(expected == null ? null : "/fw/Apps/Recorder/WebAPI/LiveRecordings/" + expected, canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/audit",
                "/audit/",
                "/q/HEALTH/",
                "/q/health/group/..a",
                "/q/swagger-ui/index.html",
                "/q/dev-ui/a.b:c@1,2+(3)~!$&'*=_-",
                "/fw/apps/recorder/webapi/liverecordingsX",
                "/fw/apps/recorder/webapi/liverecording"
            })
    void whatCanBeReadInOneWayOnlyStaysAsItIs(String path) {
        assertEquals(path, RequestPath.canonical(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "audit",
                "//",
                "//audit",
                "/q//metrics",
                "/audit//",
                "/q/./metrics",
                "/q/../audit",
                "/audit/..",
                "/..",
                "/%61udit",
                "/q%2fmetrics",
                "/q/metrics/..%2f..%2ffw/Apps/Recorder/WebAPI/LiveRecordings",
                "/q/metrics/%2E%2e/%2e%2e/fw/Apps/Recorder/WebAPI/LiveRecordings",
                "/q/openapi;a%2f..%2f..%2ffw%2fApps%2fRecorder%2fWebAPI%2fLiveRecordings",
                "/audit;a=b",
                "/audit\\..\\fw",
                "/audit%5c",
                "/audit%00",
                "/audit%3f",
                "/audit#",
                "/audit%23",
                "/audit%",
                "/audit ",
                "/audit\u0001",
                "/audit\u0085",
                "/audit\u00c0\u00ae",
                "//fw/Apps/Recorder/WebAPI/LiveRecordings",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings;a=b",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings%2fMine",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings%0a",
                "/fw/Apps/Recorder/WebAPI/LiveRecordings#/Mine",
                "/fw/Apps/Recorder/./WebAPI/LiveRecordings",
                "/x/../fw/Apps/Recorder/WebAPI/LiveRecordings"
            })
    void whatMayBeReadInTwoWaysLeadsNowhere(String path) {
        assertNull(RequestPath.canonical(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/fw/apps/recorder/webapi/liverecordings/////",
                "/fw/apps/recorder/webapi/liverecordings/%/ {};\\x/mine",
                "/"
            })
    void theOneSpellingStaysAsItIs(String path) {
        String canonical = RequestPath.canonical(path);

        assertEquals(canonical, RequestPath.canonical(canonical));
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
        assertEquals(expected, RequestPath.legal(raw));
    }
}
