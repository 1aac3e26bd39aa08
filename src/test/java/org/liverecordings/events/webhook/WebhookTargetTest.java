package org.liverecordings.events.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTargetTest {

    @ParameterizedTest
    @CsvSource({
        "https://example.com, example.com, 443, /",
        "https://example.com:8443/a/b?c=d%20e, example.com, 8443, /a/b?c=d%20e",
        "HTTPS://example.com?x, example.com, 443, /?x",
        "'  https://[2001:4860::1]/ ', [2001:4860::1], 443, /"
    })
    void anAddressIsTakenApart(String url, String host, int port, String path) {
        WebhookTarget target = WebhookTarget.of("url", url, false, false);
        assertEquals(host, target.host());
        assertEquals(port, target.port());
        assertEquals(path, target.path());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "ftp://example.com",
                "https:///x",
                "https://user:password@example.com",
                "https://example.com/#x",
                "https://example.com:0",
                "https://example.com:65536",
                "https://exa mple.com",
                "http://example.com",
                "file:///etc/passwd"
            })
    void whatIsNoAddressToSendToStopsTheStart(String url) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> WebhookTarget.of("the.setting", url, false, false))
                .getMessage();
        assertTrue(message.startsWith("the.setting: "), message);
        assertFalse(message.contains("password"), message);
    }

    @Test
    void httpIsTakenIfItIsAllowed() {
        assertEquals(
                80, WebhookTarget.of("url", "http://example.com", true, false).port());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1.2.3",
                "0.0.0.0",
                "10.0.0.1",
                "10.255.255.255",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.127.255.255",
                "192.0.0.8",
                "198.18.0.1",
                "198.19.255.255",
                "203.0.113.9",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "64:ff9b::a00:1",
                "64:ff9b:1::1",
                "2002:a00:1::1",
                "2001::1",
                "2001:db8::1",
                "100::1",
                "::10.0.0.1",
                "3fff::1"
            })
    void anAddressOfOurOwnIsNotSpokenTo(String address) throws IOException {
        assertFalse(PublicAddresses.isPublic(InetAddress.getByName(address)));
        String host = address.contains(":") ? "[" + address + "]" : address;
        assertThrows(
                IOException.class,
                () -> WebhookTarget.of("url", "https://" + host, false, false).resolve());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.255.255",
                "172.32.0.1",
                "192.167.255.255",
                "198.17.255.255",
                "198.20.0.1",
                "223.255.255.255",
                "2606:4700::1111",
                "2001:4860:4860::8888",
                "2003::1"
            })
    void anAddressOfTheWorldIs(String address) throws IOException {
        assertTrue(PublicAddresses.isPublic(InetAddress.getByName(address)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.com/", "ftp://x", "//user@example.com/", ":", "https://a b/"})
    void aRedirectIsUnderTheSameRules(String location) {
        WebhookTarget target = WebhookTarget.of("url", "https://example.com/a", false, false);
        assertThrows(IOException.class, () -> target.redirected(location));
    }

    @Test
    void aRedirectMayBeRelative() throws IOException {
        WebhookTarget target = WebhookTarget.of("url", "https://example.com/a/b", false, false);
        assertEquals("/a/c", target.redirected("c").path());
    }
}
