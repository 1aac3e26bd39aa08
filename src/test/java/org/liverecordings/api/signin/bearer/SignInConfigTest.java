package org.liverecordings.api.signin.bearer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.api.signin.keys.Algorithms;
import org.liverecordings.support.Settings;

class SignInConfigTest {

    private static final String PREFIX = "live-recordings.sign-in.";

    @Test
    void everyKeyHasADefault() {
        SignInConfig config = Settings.of(SignInConfig.class, Map.of());

        assertEquals(false, config.allowHttp());
        assertEquals(Optional.empty(), config.tlsConfigurationName());
        assertEquals(Duration.ofMinutes(1), config.keysRefresh());
        assertEquals(Duration.ofHours(1), config.keysKeep());
        assertEquals(Duration.ofSeconds(30), config.keysPause());
        assertEquals(10_000, config.tokenCache());
    }

    @Test
    void everyKeyIsRead() {
        SignInConfig config = Settings.of(
                SignInConfig.class,
                Map.of(
                        PREFIX + "allow-http", "true",
                        PREFIX + "tls-configuration-name", "idp",
                        PREFIX + "keys-refresh", "2m",
                        PREFIX + "keys-keep", "2h",
                        PREFIX + "keys-pause", "10s",
                        PREFIX + "token-cache", "0"));

        assertEquals(true, config.allowHttp());
        assertEquals(Optional.of("idp"), config.tlsConfigurationName());
        assertEquals(Duration.ofMinutes(2), config.keysRefresh());
        assertEquals(Duration.ofHours(2), config.keysKeep());
        assertEquals(Duration.ofSeconds(10), config.keysPause());
        assertEquals(0, config.tokenCache());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            keys-keep  | 59s | PT59S is shorter than live-recordings.sign-in.keys-refresh: PT1M
            keys-pause | 61s | PT1M1S is longer than live-recordings.sign-in.keys-refresh: PT1M
            """)
    void whatDoesNotFitTheOtherSettingIsRefusedByItsName(String key, String value, String expected) {
        SignInConfig config = Settings.of(SignInConfig.class, Map.of(PREFIX + key, value));

        Exception e = assertThrows(IllegalArgumentException.class, () -> Issuers.checkKeyTimes(config));

        assertEquals(PREFIX + key + ": " + expected, e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"RS256, RS256", "es384, ES384", "EDDSA, EDDSA", "EdDSA, EDDSA", "ps512, PS512"})
    void algorithmsAreReadWithoutRegardToCase(String name, SignatureAlgorithm expected) {
        SignatureAlgorithm algorithm = Algorithms.parse(name);

        assertEquals(expected, algorithm);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "HS384", "hs512", "RS1", ""})
    void anAlgorithmThatIsNoneOrNeedsASecretIsRefused(String name) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Algorithms.parse(name));

        assertEquals(
                "there is no '" + name
                        + "', only: RS256, RS384, RS512, ES256, ES384, ES512, EdDSA, PS256, PS384, PS512",
                e.getMessage());
    }
}
