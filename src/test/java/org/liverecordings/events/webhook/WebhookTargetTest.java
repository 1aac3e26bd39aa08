package org.liverecordings.events.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;

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
        "https://xn--bcher-kva.example/, xn--bcher-kva.example, 443, /",
        "https://example.com/\u00e4%2F?\u00f6=\uD83D\uDE00, example.com, 443, /%C3%A4%2F?%C3%B6=%F0%9F%98%80",
        "http://my_service/\u00e4?\u00f6, my_service, 80, /%C3%A4?%C3%B6",
        "'  https://[2001:4860::1]/ ', [2001:4860::1], 443, /"
    })
    void anAddressIsTakenApart(String url, String host, int port, String path) {
        WebhookTarget target = WebhookTarget.of("url", url, url.startsWith("http:"), false);
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://my_service/ | no certificate is good for a host with an underscore in its name; use another name",
                "https://user:password@my_service/ | must have neither a user nor a fragment",
                "http://my_service:0/ | the port must be from 1 to 65535",
                "http://my_service:65536/ | the port must be from 1 to 65535",
                "http://exa*mple/ | has no host, or one with characters that no host has",
                "https://b\u00fccher.example/ | has no host, or one with characters that no host has",
                "https://b%C3%BCcher.example/ | has no host, or one with characters that no host has",
                "http://example.com:port/ | has no host, or one with characters that no host has",
                "http:/example.com | not an http or https address",
                "https:example.com | not an http or https address",
                "ftp://my_service/ | not an http or https address"
            })
    void theMessageTellsTheCause(String url, String cause) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> WebhookTarget.of("the.setting", url, true, false))
                .getMessage();
        assertEquals("the.setting: " + cause, message);
    }

    @ParameterizedTest
    @CsvSource({
        "http://my_service, my_service, 80, /",
        "http://my_service:8080/a?b, my_service, 8080, /a?b",
        "http://my_service.example.com/, my_service.example.com, 80, /"
    })
    void aHostOfPlainHttpMayHaveAnUnderscore(String url, String host, int port, String path) {
        WebhookTarget target = WebhookTarget.of("url", url, true, false);
        assertEquals(host, target.host());
        assertEquals(port, target.port());
        assertEquals(path, target.path());
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
                () -> WebhookTarget.of("url", "https://" + host, false, false)
                        .resolve(new HostAddresses(InetAddress::getAllByName), Duration.ofSeconds(30)));
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

    @ParameterizedTest
    @ValueSource(
            strings = {"https://h.example/x?token=s3cret y", "/x?token=s3cret|", "?token=s3cret%", "://s3cret", ":"})
    void ofARedirectToNoAddressNothingIsTold(String location) {
        WebhookTarget target = WebhookTarget.of("url", "https://example.com/a?token=s3cret", false, false);
        IOException failure = assertThrows(IOException.class, () -> target.redirected(location));
        assertEquals("redirect: not an address", failure.getMessage());
        assertNull(failure.getCause());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://h.example/?token=s3cret",
                "ftp://h.example/?token=s3cret",
                "mailto:s3cret",
                "//s3cret@h.example/",
                "/#s3cret",
                "https://h.example:99999/?token=s3cret",
                "https://s3*cret/?token=s3cret"
            })
    void aRedirectThatTheRulesForbidIsToldWithoutItsAddress(String location) {
        WebhookTarget target = WebhookTarget.of("url", "https://example.com/a", false, false);
        IOException failure = assertThrows(IOException.class, () -> target.redirected(location));
        assertTrue(failure.getMessage().startsWith("redirect: "), failure.getMessage());
        assertFalse(failure.getMessage().contains("s3"), failure.getMessage());
    }

    @Test
    void aRedirectMayBeRelative() throws IOException {
        WebhookTarget target = WebhookTarget.of("url", "https://example.com/a/b", false, false);
        assertEquals("/a/c", target.redirected("c").path());
    }
}
