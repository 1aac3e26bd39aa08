package org.liverecordings.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.RawHttp.Answer;
import org.liverecordings.support.TestTokens;

/** What crosses on one recording or line ends as if it had come one after the other. */
@QuarkusTest
@QuarkusTestResource(value = CrossingTest.Files.class, restrictToAnnotatedClass = true)
class CrossingTest {

    private static final int ROUNDS = 20;
    private static final String START = "POST  {\"deviceName\":\"SEPCCCCCCCCCC00\"}";
    private static final ExecutorService CLIENTS = Executors.newCachedThreadPool();

    @TestHTTPResource
    URI service;

    public static class Files extends ContractFiles {

        @Override
        protected String[] moreLines() {
            return new String[] {"SEPCCCCCCCCCC00,4000,crossing,true,false"};
        }
    }

    @AfterAll
    static void end() {
        CLIENTS.shutdownNow();
    }

    @Test
    void of64StopsOfOneRecordingExactlyOneIsConfirmed() throws Exception {
        String stop = "DELETE /" + started();

        List<Integer> answers = atOnce(Collections.nCopies(64, stop));

        assertEquals(1, Collections.frequency(answers, 204));
        assertEquals(63, Collections.frequency(answers, 409));
    }

    @RepeatedTest(ROUNDS)
    void ofTwoStartsOnOneLineExactlyOneIsConfirmed() throws Exception {
        List<Integer> answers = atOnce(List.of(START, START, START));
        assertEquals(1, Collections.frequency(answers, 201));
        assertEquals(2, Collections.frequency(answers, 429));
        assertEquals(204, ask("DELETE ?directoryNumber=4000").status());
    }

    @RepeatedTest(ROUNDS)
    void aPauseThatCrossesAStopComesBeforeItOrAfterIt() throws Exception {
        String id = started();

        List<Integer> answers = atOnce(List.of("PUT /" + id + "/Pause", "DELETE /" + id));

        assertTrue(Set.of(List.of(204, 204), List.of(409, 204)).contains(answers), answers::toString);
        assertEquals("[]", ask("GET ?directoryNumber=4000").body());
    }

    @RepeatedTest(ROUNDS)
    void aPauseThatCrossesAResumeComesBeforeItOrAfterIt() throws Exception {
        String id = started();

        List<Integer> answers = atOnce(List.of("PUT /" + id + "/Pause", "PUT /" + id + "/Resume"));

        boolean paused = ask("GET ?directoryNumber=4000").body().contains("\"isPaused\":true");
        assertEquals(
                answers.equals(List.of(204, 204)) ? "not paused" : "204 429, paused",
                paused ? answers.get(0) + " " + answers.get(1) + ", paused" : "not paused");
        assertEquals(204, ask("DELETE /" + id).status());
    }

    @RepeatedTest(ROUNDS)
    void aStartThatCrossesAStopComesBeforeItOrAfterIt() throws Exception {
        started();

        List<Integer> answers = atOnce(List.of(START, "DELETE ?directoryNumber=4000"));

        boolean live = !ask("GET ?directoryNumber=4000").body().equals("[]");
        assertEquals(answers.get(0) == 201 ? List.of(201, 204) : List.of(429, 204), answers);
        assertEquals(answers.get(0) == 201, live);
        assertEquals(live ? 204 : 409, ask("DELETE ?directoryNumber=4000").status());
    }

    private String started() {
        Answer answer = ask(START);
        assertEquals(201, answer.status(), answer::toString);
        return answer.body().replaceFirst(".*\"id\":\"([^\"]+)\".*", "$1");
    }

    private List<Integer> atOnce(List<String> requests) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Integer>> answers = new ArrayList<>();
        for (String request : requests) {
            answers.add(CLIENTS.submit(() -> {
                go.await();
                return ask(request).status();
            }));
        }
        go.countDown();
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> answer : answers) {
            statuses.add(answer.get());
        }
        return statuses;
    }

    private Answer ask(String request) {
        String[] parts = request.split(" ", 3);
        return RawHttp.sendBody(
                service,
                parts[0],
                Row.API + parts[1],
                parts.length > 2 ? parts[2] : "",
                "Authorization: Bearer " + TestTokens.complete());
    }
}
