package org.liverecordings.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilePathsTest {

    private static final String PEM = "-----BEGIN PRIVATE KEY-----\nMC4=\n-----END PRIVATE KEY-----";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "live-recordings.basic.users-file",
                "live-recordings.lines.file",
                "live-recordings.embedded.recordings-file",
                "smallrye.jwt.client.tls.certificate.path",
                "quarkus.http.ssl.certificate.files",
                "quarkus.http.ssl.certificate.key-files",
                "quarkus.http.ssl.certificate.key-store-file",
                "quarkus.tls.idp.key-store.pem.0.key",
                "quarkus.tls.idp.key-store.pem.0.cert",
                "quarkus.tls.trust-store.pem.certs",
                "quarkus.tls.trust-store.pem.certs[0]",
                "quarkus.tls.trust-store.p12.path"
            })
    void whatBelongsIntoAFileIsRefusedWhereItsPathDoes(String name) {
        SmallRyeConfig config = config(name, PEM);

        Exception e = assertThrows(IllegalArgumentException.class, () -> config.getOptionalValue(name, String.class));

        assertEquals(name + ": takes the path of a file, and holds what belongs into the file", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice:$2y$10$Rh6/abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW:10",
                "alice:x:10\nbob:y:10",
                "{\"kty\":\"OKP\",\"d\":\"c2VjcmV0\"}",
                "MC4CAQAwBQYDK2VwBCIEIHJhbmRvbWx5Y2hvc2VuMTIzNDU2Nzg5MGFiY2Rl",
                "-----BEGIN PUBLIC KEY----- MC4= -----END PUBLIC KEY-----"
            })
    void linesOfSuchAFileAreKnown(String value) {
        SmallRyeConfig config = config("live-recordings.basic.users-file", value);

        assertThrows(
                IllegalArgumentException.class,
                () -> config.getOptionalValue("live-recordings.basic.users-file", String.class));
    }

    @ParameterizedTest
    @CsvSource({
        "live-recordings.basic.users-file, /etc/users",
        "live-recordings.lines.file, classpath:sample/lines.csv",
        "live-recordings.lines.file, /etc/a$2b",
        "live-recordings.lines.file, MILAN_AND_ROME_AND_ALL_THE_OTHER_LINES_OF_THE_WHOLE_COUNTRY.csv",
        "mp.jwt.verify.publickey, -----BEGIN PUBLIC KEY-----",
        "live-recordings.imagicle.password, $2y$10$x"
    })
    void everythingElseIsHandedOn(String name, String value) {
        SmallRyeConfig config = config(name, value);

        String read = config.getValue(name, String.class);

        assertEquals(value, read);
    }

    @Test
    void anEnvironmentsVariableIsKnownByTheNameThatIsAskedFor() {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new EnvConfigSource(Map.of("QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES", PEM), 300));
        new SettingsCustomizer().configBuilder(builder);
        SmallRyeConfig config = builder.build();

        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> config.getOptionalValue("quarkus.http.ssl.certificate.key-files", String.class));

        assertEquals(
                "quarkus.http.ssl.certificate.key-files: takes the path of a file, and holds what belongs into the file",
                e.getMessage());
    }

    private static SmallRyeConfig config(String name, String value) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(Map.of(name, value), "test", 100));
        new SettingsCustomizer().configBuilder(builder);
        return builder.build();
    }
}
