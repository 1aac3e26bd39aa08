package org.liverecordings.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShownTest {

    private static final String HIDDEN = "(not shown, since a secret may be in it)";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/live-recordings/users",
                "./users",
                "../keys/idp",
                "file:/etc/key.pem",
                "classpath:sample/lines.csv",
                "users.txt",
                "keys/my idp.pem",
                "src"
            })
    void aPathIsShown(String path) {
        String shown = Shown.path(path);

        assertEquals(path, shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "alice:secret:10",
                "alice:$2y$10$Rh6/abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW:10",
                "/alice:$2y$10$Rh6/abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW:10",
                "-----BEGIN PRIVATE KEY-----\nMC4=\n-----END PRIVATE KEY-----",
                "MC4CAQAwBQYDK2VwBCIEIHJhbmRvbWx5Y2hvc2VuMTIzNDU2Nzg5MGFiY2Rl",
                "{\"kty\":\"OKP\",\"d\":\"c2VjcmV0\"}",
                "/etc/users\n$2y",
                "a\0b.txt"
            })
    void whatMayBeASecretIsNot(String value) {
        String shown = Shown.path(value);

        assertEquals(HIDDEN, shown);
    }

    @Test
    void whateverItIsCalledTheNameOfAFileThatIsThereIsShown() throws IOException {
        Path file = Files.createFile(directory.resolve("$2y$10$x"));

        String shown = Shown.path(file.toString());

        assertEquals(file.toString(), shown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://idp.example.com                        | https://idp.example.com
            https://idp.example.com:8443/a/b%20c           | https://idp.example.com:8443/a/b%20c
            https://[::1]:8443/a                           | https://[::1]:8443/a
            https://idp.example.com/a?b=SECRET#SECRET      | https://idp.example.com/a
            https://u:SECRET@idp.example.com:8443/a?b=c    | https://idp.example.com:8443/a
            idp.example.com:8443/a                         | idp.example.com:8443/a
            https://u:12/SECRET@idp.example.com/a          | (not shown, since a secret may be in it)
            https://u:12?SECRET@idp.example.com/a          | (not shown, since a secret may be in it)
            https://u:1#SECRET@idp.example.com/a           | (not shown, since a secret may be in it)
            https://u:SEC^RET@idp.example.com/a            | (not shown, since a secret may be in it)
            u:SECRET@idp.example.com                       | (not shown, since a secret may be in it)
            SECRET                                         | (not shown, since a secret may be in it)
            -----BEGIN PRIVATE KEY----- MC4=               | (not shown, since a secret may be in it)
            MC4CAQAwBQYDK2VwBCIEIHJhbmRvbWx5Y2hvc2VuMTIzNA | (not shown, since a secret may be in it)
            """)
    void anAddressIsShownWithoutWhatCredentialsCanStandIn(String address, String expected) {
        String shown = Shown.address(address);

        assertEquals(expected, shown);
    }
}
