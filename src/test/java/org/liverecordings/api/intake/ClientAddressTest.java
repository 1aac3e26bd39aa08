package org.liverecordings.api.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;

import io.netty.util.NetUtil;
import io.quarkus.runtime.configuration.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10.9.8.7                                | 10.9.8.7
            10.9.8.7:443                            | 10.9.8.7
            10.9.8.7:                               | 10.9.8.7
            2001:db8::1                             | 2001:db8::1
            2001:DB8:0:0:0:0:0:1                    | 2001:db8::1
            [2001:db8::1]                           | 2001:db8::1
            [2001:db8::1]:51234                     | 2001:db8::1
            [2001:db8::1]:                          | 2001:db8::1
            fe80::1%eth0                            | fe80::1
            [fe80::1%25eth0]:80                     | fe80::1
            ::ffff:10.9.8.7                         | 10.9.8.7
            ::1                                     | ::1
            ' 10.9.8.7 , 10.0.0.1'                  | 10.9.8.7
            'unknown, 10.9.8.7'                     | 10.9.8.7
            ',, 10.9.8.7'                           | 10.9.8.7
            for=10.9.8.7                            | 10.9.8.7
            For="[2001:db8::1]:4711"                | 2001:db8::1
            'for=10.9.8.7;proto=http;by=10.0.0.1'   | 10.9.8.7
            'by=10.0.0.1;for=10.9.8.7'              | 10.9.8.7
            '"10.9.8.7"'                            | 10.9.8.7
            """)
    void theFirstAddressIsRead(String header, String expected) {
        assertEquals(expected, read(header));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                ":443",
                ":",
                "::::",
                "[]",
                "[]:80",
                "[2001:db8::1",
                "2001:db8::1]",
                "10.9.8",
                "10.9.8.7.6",
                "10.9.8.777",
                "10.9.8.7:x",
                "unknown",
                "_hidden",
                "for=_hidden",
                "for=",
                "for=\"\"",
                "localhost",
                "1",
                "\u0000",
                "é"
            })
    void whatIsNoneIsNotTakenForOne(String header) {
        assertNull(read(header));
    }

    @Test
    void severalHeadersAreOneList() {
        assertEquals("10.9.8.7", read("", "unknown", "10.9.8.7", "10.0.0.1"));
    }

    private static String read(String... values) {
        return ClientAddress.forwarded(List.of(values))
                .map(NetUtil::toAddressString)
                .orElse(null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.com", "127.0.0.1:80", "10.0.0.0/33", "10.0.0"})
    void whatIsNoNetworkStopsTheStart(String proxies) {
        ConfigurationException refused = assertThrows(
                ConfigurationException.class, () -> new ClientAddress(true, Optional.of(List.of("10.0.0.1", proxies))));

        assertEquals(
                "quarkus.http.proxy.trusted-proxies: '" + proxies
                        + "' is neither an address nor a network such as 10.0.0.0/8",
                refused.getMessage());
    }
}
