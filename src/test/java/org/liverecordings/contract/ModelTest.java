package org.liverecordings.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.liverecordings.support.RawHttp;
import org.liverecordings.support.RawHttp.Answer;
import org.liverecordings.support.Seed;

/**
 * Several clients do whatever comes to their minds, one after the other, and get the answers that a model of a few lines gives.
 * Each step is random but repeatable: the seed is in every failure's message.
 */
@QuarkusTest
@QuarkusTestResource(value = ModelTest.Files.class, restrictToAnnotatedClass = true)
class ModelTest {

    private static final int STEPS = 6_000;
    private static final int LINES = 6;
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final Pattern LISTED = Pattern.compile("\"id\":\"([^\"]+)\".*?\"isPaused\":(true|false)");

    @TestHTTPResource
    URI service;

    /** Line i is number 300i on device i and belongs to user i mod 3; line 4 isn't monitorable, line 5 is automatic. */
    public static class Files extends ContractFiles {

        @Override
        protected String[] moreLines() {
            String[] lines = new String[LINES];
            for (int i = 0; i < LINES; i++) {
                lines[i] = device(i) + "," + number(i) + ",model" + i % 3 + "," + (i != 4) + "," + (i == 5);
            }
            return lines;
        }
    }

    private static String device(int line) {
        return "SEPMMMMMMMMMM0" + line;
    }

    private static String number(int line) {
        return "300" + line;
    }

    /** What is being recorded on each line: the model's whole state. */
    private static final class Model {

        record Recording(int line, boolean dialIn, boolean paused) {}

        final Map<String, Recording> live = new TreeMap<>();

        boolean recorded(int line) {
            return live.values().stream().anyMatch(recording -> recording.line == line);
        }
    }

    private record Client(String user, int level) {

        boolean owns(int line) {
            return user.equals("model" + line % 3);
        }

        boolean mayTouch(int line) {
            return level >= 10 || owns(line);
        }
    }

    @Test
    void noAnswerDiffersFromTheModels() {
        long seed = Seed.of(ModelTest.class);
        Random random = new Random(seed);
        Model model = new Model();
        List<Client> clients = List.of(
                new Client("model0", 1), new Client("model1", 9), new Client("model2", 10), new Client("stranger", 5));
        List<String> ids = new ArrayList<>(List.of("00000000-0000-4000-8000-0000000000ff"));
        List<String> history = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            Client client = clients.get(random.nextInt(clients.size()));
            int line = random.nextInt(LINES);
            String id = ids.get(Math.max(0, ids.size() - 1 - random.nextInt(8)));
            String done = step(random.nextInt(10), client, line, id, random.nextBoolean(), model, ids);
            history.add(done);
            String[] expectedAndActual = done.split(" => ")[1].split(" / ");
            assertEquals(
                    expectedAndActual[0],
                    expectedAndActual[1],
                    () -> Seed.hint(seed) + "\n"
                            + history.stream()
                                    .skip(Math.max(0, history.size() - 25))
                                    .collect(Collectors.joining("\n")));
        }
    }

    /** Returns what was asked, what the model answers and what the service does. */
    private String step(
            int operation, Client client, int line, String id, boolean dialIn, Model model, List<String> ids) {
        return switch (operation) {
            case 0, 1 -> start(client, line, dialIn, model, ids);
            case 2 -> stopById(client, id, model);
            case 3 -> stopByDevice(client, line, model);
            case 4 -> stopByNumber(client, line, model);
            case 5 -> stopMine(client, model);
            case 6, 7 -> change(client, id, operation == 7, model);
            case 8 -> pauseByNumber(client, line, model);
            default -> list(client, model);
        };
    }

    private String start(Client client, int line, boolean dialIn, Model model, List<String> ids) {
        int expected;
        if (!client.mayTouch(line)) {
            expected = 403;
        } else if (line >= 4) {
            expected = 400;
        } else {
            expected = model.recorded(line) ? 429 : 201;
        }
        Answer answer =
                ask(client, "POST", "", "{\"deviceName\":\"" + device(line) + "\",\"mode\":" + (dialIn ? 1 : 0) + "}");
        Matcher id = ID.matcher(answer.body());
        if (answer.status() == 201 && id.find()) {
            model.live.put(id.group(1), new Model.Recording(line, dialIn, false));
            ids.add(id.group(1));
        }
        return "start " + client + " line " + line + " => " + expected + " / " + answer.status();
    }

    private String stopById(Client client, String id, Model model) {
        int expected = client.level < 10 ? 403 : model.live.containsKey(id) ? 204 : 409;
        if (expected == 204) {
            model.live.remove(id);
        }
        return "stop " + id + " " + client + " => " + expected + " / "
                + ask(client, "DELETE", "/" + id, "").status();
    }

    private String stopByDevice(Client client, int line, Model model) {
        int expected = 403;
        if (client.level >= 10) {
            boolean removed = model.live.values().removeIf(recording -> recording.line == line && !recording.dialIn);
            expected = removed ? 204 : 409;
        }
        return "stop device " + line + " " + client + " => " + expected + " / "
                + ask(client, "DELETE", "?deviceName=" + device(line), "").status();
    }

    private String stopByNumber(Client client, int line, Model model) {
        int expected = 403;
        if (client.level >= 10) {
            expected = model.live.values().removeIf(recording -> recording.line == line) ? 204 : 409;
        }
        return "stop number " + line + " " + client + " => " + expected + " / "
                + ask(client, "DELETE", "?directoryNumber=" + number(line), "").status();
    }

    private String stopMine(Client client, Model model) {
        int expected = 400;
        if (!client.user.equals("stranger")) {
            expected = model.live.values().removeIf(recording -> client.owns(recording.line)) ? 204 : 409;
        }
        return "stop mine " + client + " => " + expected + " / "
                + ask(client, "DELETE", "/Mine", "").status();
    }

    private String change(Client client, String id, boolean resume, Model model) {
        Model.Recording recording = model.live.get(id);
        int expected;
        if (recording == null) {
            expected = 409;
        } else if (!client.mayTouch(recording.line)) {
            expected = 403;
        } else if (recording.paused != resume) {
            expected = 429;
        } else {
            expected = 204;
            model.live.put(id, new Model.Recording(recording.line, recording.dialIn, !resume));
        }
        String action = resume ? "/Resume" : "/Pause";
        return action + " " + id + " " + client + " => " + expected + " / "
                + ask(client, "PUT", "/" + id + action, "").status();
    }

    private String pauseByNumber(Client client, int line, Model model) {
        int expected;
        if (!client.mayTouch(line)) {
            expected = 403;
        } else if (!model.recorded(line)) {
            expected = 409;
        } else {
            boolean changed = false;
            for (Map.Entry<String, Model.Recording> entry : model.live.entrySet()) {
                Model.Recording recording = entry.getValue();
                if (recording.line == line && !recording.paused) {
                    entry.setValue(new Model.Recording(line, recording.dialIn, true));
                    changed = true;
                }
            }
            expected = changed ? 204 : 429;
        }
        return "pause number " + line + " " + client + " => " + expected + " / "
                + ask(client, "PUT", "/Pause?directoryNumber=" + number(line), "")
                        .status();
    }

    private String list(Client client, Model model) {
        String expected = model.live.entrySet().stream()
                .filter(entry -> client.mayTouch(entry.getValue().line))
                .map(entry -> entry.getKey() + ":" + entry.getValue().paused)
                .collect(Collectors.joining(","));
        List<String> listed = new ArrayList<>();
        Matcher item = LISTED.matcher(ask(client, "GET", "", "").body());
        while (item.find()) {
            listed.add(item.group(1) + ":" + item.group(2));
        }
        // What the contract's rows are about is there as well, on lines that are none of the model's.
        String actual = listed.stream()
                .filter(id -> model.live.containsKey(id.split(":")[0]) || client.level < 10)
                .sorted()
                .collect(Collectors.joining(","));
        return "list " + client + " => [" + expected + "] / [" + actual + "]";
    }

    private Answer ask(Client client, String method, String target, String body) {
        return RawHttp.sendBody(
                service,
                method,
                Row.API + target,
                body,
                "Authorization: " + Row.Credentials.BEARER.of(client.user, client.level));
    }
}
