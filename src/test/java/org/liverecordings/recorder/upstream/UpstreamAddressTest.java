package org.liverecordings.recorder.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liverecordings.recorder.imagicle.ImagicleRecordingSuite;

class UpstreamAddressTest {

    private static UpstreamAddress read(String url) {
        return UpstreamAddress.of("live-recordings.imagicle", url, ImagicleRecordingSuite.API);
    }

    @ParameterizedTest
    @CsvSource({
        "http://ucx_suite, false, ucx_suite, 80, ''",
        "http://ucx_suite:8080, false, ucx_suite, 8080, ''",
        "https://ucx.example.com, true, ucx.example.com, 443, ''",
        "HTTPS://UCX.example.com:8443/, true, UCX.example.com, 8443, ''",
        "https://ucx:/, true, ucx, 443, ''",
        "http://-_-:1, false, -_-, 1, ''",
        "http://127.0.0.1:65535, false, 127.0.0.1, 65535, ''",
        "http://[::1], false, [::1], 80, ''",
        "http://[2001:db8::1]:8080/, false, [2001:db8::1], 8080, ''",
        "https://gate.example.com/behind/it%20/, true, gate.example.com, 443, /behind/it%20",
        "https://gate.example.com/behind//, true, gate.example.com, 443, /behind",
        "'  http://ucx\u00A0\uFEFF', false, ucx, 80, ''"
    })
    void anAddressIsRead(String url, boolean tls, String host, int port, String path) {
        assertEquals(new UpstreamAddress(tls, host, port, path), read(url));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ucx.example.com | not an http or https address",
                "ucx:8080 | not an http or https address",
                "//ucx | not an http or https address",
                "http:ucx | not an http or https address",
                "http:/ucx | not an http or https address",
                "ftp://ucx | not an http or https address",
                "file:///etc/passwd | not an http or https address",
                "'' | not an http or https address",
                "http:// | has no host, or one with characters that no host has",
                "http://:80 | has no host, or one with characters that no host has",
                "http:///path | has no host, or one with characters that no host has",
                "http://ucx suite | has no host, or one with characters that no host has",
                "http://ucx%20suite | has no host, or one with characters that no host has",
                "http://::1 | has no host, or one with characters that no host has",
                "http://[ucx] | has no host, or one with characters that no host has",
                "http://[::1 | has no host, or one with characters that no host has",
                "http://ucx:0 | the port must be from 1 to 65535",
                "http://ucx:65536 | the port must be from 1 to 65535",
                "http://ucx:99999999999 | the port must be from 1 to 65535",
                "http://ucx:-1 | the port must be from 1 to 65535",
                "http://ucx:8080x | the port must be from 1 to 65535",
                "http://ucx:80:80 | the port must be from 1 to 65535",
                "http://ucx?x=1 | must have neither a query nor a fragment",
                "http://ucx/? | must have neither a query nor a fragment",
                "http://ucx/path#part | must have neither a query nor a fragment",
                "http://ucx/a b | its path has a character that must be escaped",
                "http://ucx/50% | its path has a character that must be escaped",
                "http://ucx\\path | its path has a character that must be escaped",
                "http://ucx/fw/apps/Recorder/WebAPI/LiveRecordings/ "
                        + "| must be without the API's path /fw/Apps/Recorder/WebAPI/LiveRecordings"
            })
    void whatIsNoAddressIsRefusedByTheSettingsName(String url, String fault) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> read(url));
        assertEquals("live-recordings.imagicle.url: " + fault, refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"http://svc:pa55@ucx", "https://pa55@ucx:8443/x", "http://svc:pa55@ucx?x", "http://svc:pa55@"})
    void aUserInAnAddressIsRefusedWithoutThePassword(String url) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> read(url));
        assertEquals(
                "live-recordings.imagicle.url: must not have a user in it; that is live-recordings.imagicle.username and"
                        + " live-recordings.imagicle.password",
                refused.getMessage());
    }
}
