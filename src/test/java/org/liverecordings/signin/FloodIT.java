package org.liverecordings.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.quarkus.elytron.security.common.BcryptUtil;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liverecordings.support.FakeIssuer;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.ServiceProcess;
import org.liverecordings.support.TestTokens;

/** Strangers who knock in crowds don't shut out those who may come in. */
class FloodIT {

    private static final String NOT_LIVE =
            "/fw/Apps/Recorder/WebAPI/LiveRecordings/99999999-0000-4000-8000-000000000000";

    private static final int STRANGERS = 260;
    private static final int STOPS = 20;
    private static final int LET_IN = 409;
    private static final KeyPair KNOWN = TestTokens.otherKeys(0);
    private static final KeyPair UNKNOWN = TestTokens.otherKeys(1);

    @TempDir
    Path directory;

    @Test
    void tokensWithUnknownKeysWhileTheIssuerHangsShutNobodyOut() throws Exception {
        try (FakeIssuer issuer = FakeIssuer.start().publish("known", KNOWN);
                ServiceProcess service =
                        ServiceProcess.start(new HashMap<>(Map.of("LIVE_RECORDINGS_SIGN_IN_ISSUERS", issuer.name())))) {
            String valid = issuer.token("known", KNOWN);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> RawHttp.delete(service.uri(), NOT_LIVE, valid).status() == LET_IN);
            issuer.hang();

            try (Flood flood = new Flood(service.uri(), i -> "Bearer " + issuer.token("unknown-" + i, UNKNOWN))) {
                List<Integer> statuses = stops(service, i -> issuer.token("known", KNOWN));

                assertEquals(Collections.nCopies(STOPS, LET_IN), statuses);
                assertEquals(Set.of(401), flood.statuses());
            }
        }
    }

    @Test
    void wrongPasswordsInCrowdsDelayNoTokenAndAreSoonNotChecked() throws Exception {
        Map<String, String> settings = ServiceProcess.tokenSettings();
        settings.put("LIVE_RECORDINGS_BASIC_USERS_FILE", users().toString());
        try (ServiceProcess service = ServiceProcess.start(settings)) {
            try (Flood flood = new Flood(service.uri(), i -> basic("user" + i % 50, "guess" + i))) {
                List<Integer> statuses = stops(service, i -> TestTokens.complete());

                assertEquals(Collections.nCopies(STOPS, LET_IN), statuses);
                assertEquals(Set.of(401), flood.statuses());
                // So many failures hold an address back, however long a check takes here.
                Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> checked(service) >= 20);
            }
            RawHttp.Answer answer =
                    RawHttp.send(service.uri(), "DELETE", NOT_LIVE, "Authorization: " + basic("judy", "another guess"));
            assertEquals(401, answer.status(), answer::toString);
            assertEquals(1, answer.header("Retry-After").size(), answer::toString);
            long checked = checked(service);
            assertTrue(checked <= 60, checked + " passwords were checked");
        }
    }

    private static long checked(ServiceProcess service) {
        return service.log()
                .lines()
                .filter(line -> line.contains("cause=wrong-user-or-password"))
                .count();
    }

    /** Before the flood has come to nothing, all of it has begun. */
    private static List<Integer> stops(ServiceProcess service, Text token) {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < STOPS; i++) {
            statuses.add(RawHttp.delete(service.uri(), NOT_LIVE, token.of(i)).status());
        }
        return statuses;
    }

    private Path users() throws IOException {
        return Files.writeString(directory.resolve("users"), "judy:" + BcryptUtil.bcryptHash("secret", 10) + ":10\n");
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private interface Text {
        String of(int number);
    }

    /** Clients who knock again and again, each with something else, until it is closed. */
    private static final class Flood implements AutoCloseable {

        private final ExecutorService threads = Executors.newFixedThreadPool(STRANGERS);
        private final Set<Integer> statuses = ConcurrentHashMap.newKeySet();
        private final AtomicBoolean over = new AtomicBoolean();

        Flood(URI service, Text authorization) {
            for (int i = 0; i < STRANGERS; i++) {
                int number = i;
                threads.submit(() -> {
                    while (!over.get()) {
                        statuses.add(
                                RawHttp.send(service, "DELETE", NOT_LIVE, "Authorization: " + authorization.of(number))
                                        .status());
                    }
                });
            }
        }

        /** Once there is one. */
        Set<Integer> statuses() {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !statuses.isEmpty());
            return Set.copyOf(statuses);
        }

        @Override
        public void close() {
            over.set(true);
            threads.shutdown();
            try {
                assertTrue(threads.awaitTermination(60, TimeUnit.SECONDS), "a stranger has no answer");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
