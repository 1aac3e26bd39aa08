package org.liverecordings.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.inject.Inject;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liverecordings.api.GuardedApiProfile;
import org.liverecordings.recorder.embedded.EmbeddedCallRecorder;
import org.liverecordings.recording.RecordingId;
import org.liverecordings.recording.RecordingTarget;
import org.liverecordings.recording.store.StopLeases;
import org.liverecordings.recording.store.StoreUnavailableException;
import org.liverecordings.recording.store.Timers;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.TestTokens;
import org.liverecordings.wiring.stores.Stores;

/** What keeps a request from being carried out is no recorder and no database, and isn't taken for one. */
@QuarkusTest
@TestProfile(GuardedApiProfile.class)
class OurOwnTroubleTest {

    private static final String ID = "0de40000-0000-4000-8000-000000000001";
    private static final String PATH = "/fw/Apps/Recorder/WebAPI/LiveRecordings/" + ID;

    @TestHTTPResource("/")
    URI service;

    @Inject
    Stores stores;

    @BeforeEach
    void everythingIsBeingRecorded() {
        stores.registry().addAll(EmbeddedCallRecorder.readRecordings(GuardedApiProfile.RECORDINGS, Instant.now()));
    }

    @Test
    void whatAnotherRequestStopsIsUnderWay() {
        // Given
        UUID another = UUID.randomUUID();
        Set<RecordingTarget> target =
                Set.of(new RecordingTarget.ById(RecordingId.parse(ID).orElseThrow()));
        StopLeases leases = stores.leases();
        leases.take(another, target, null, Duration.ofMinutes(1));

        // When
        RawHttp.Answer answer = RawHttp.delete(service, PATH, TestTokens.complete());

        // Then
        leases.giveBack(StopLeases.Unsettled.nothingOf(another, target));
        assertProblem("Another request for the same is under way", answer);
        assertEquals(List.of(), answer.header("retry-after"));
    }

    @Test
    void whereNoTimerFitsInARequestThatSetsOneIsToldSo() {
        // Given
        Timers.Setter setter = new Timers.Setter(UUID.randomUUID(), "alice", "c", Duration.ZERO);
        List<RecordingId> recording = List.of(RecordingId.parse(ID).orElseThrow());
        assertThrows(StoreUnavailableException.class, () -> {
            while (true) {
                stores.timers().set(recording, Timers.Action.STOP, Duration.ofHours(1), setter);
            }
        });

        // When
        RawHttp.Answer answer = RawHttp.send(
                service, "PUT", PATH + "/Pause?resumeAfter=PT90S", "Authorization: Bearer " + TestTokens.complete());

        // Then
        stores.timers().settle(setter.id(), List.of(), recording);
        assertProblem("The service has no room for another timer", answer);
        assertEquals(List.of("5"), answer.header("retry-after"));
    }

    private static void assertProblem(String title, RawHttp.Answer answer) {
        assertEquals(504, answer.status(), answer.toString());
        assertEquals(
                "{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":504,\"correlationId\":\""
                        + answer.header("x-request-id").get(0) + "\"}",
                answer.body());
    }
}
