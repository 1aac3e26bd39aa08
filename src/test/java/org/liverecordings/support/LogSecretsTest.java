package org.liverecordings.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogSecretsTest {

    private static final Map<String, String> SETTINGS = Map.of(
            "QUARKUS_DATASOURCE_PASSWORD", "Pa55-for-nobody",
            "LIVE_RECORDINGS_IMAGICLE_USERNAME", "service",
            "LIVE_RECORDINGS_IMAGICLE_PASSWORD", "secret");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token=eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhIn0.c2ln",
                "Authorization: Basic YWxpY2U6Y29ycmVjdCBob3JzZQ==",
                "authorization: bearer 0123456789abcdef0123456789",
                "alice:$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy:10",
                "secret whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "-----BEGIN PRIVATE KEY-----",
                "connect with Pa55-for-nobody",
                "sent c2VydmljZTpzZWNyZXQ="
            })
    void aSecretIsFound(String line) {
        assertEquals(1, LogSecrets.in("a line\n" + line + "\nanother", SETTINGS).size());
    }

    @Test
    void whatTheServiceSaysOfThemIsNone() {
        String log = "stop user=alice outcome=done correlationId=3b0f7f0e-5df6-4ee1-a9e2-2c8ee0a2f8b4\n"
                + "sign-in failed way=bearer cause=wrong-signature\nUCX Suite answered 401: no secret of ours\n"
                + "whsec_ and Base64 of 24 to 64 bytes";

        assertEquals(List.of(), LogSecrets.in(log, SETTINGS));
    }
}
