package org.liverecordings.contract;

import static org.liverecordings.contract.Row.row;
import static org.liverecordings.contract.SisterContract.item;

import java.util.ArrayList;
import java.util.List;

/** Pauses that end, and recordings that stop by themselves. */
final class TimerContract {

    private static final String FREE = "{dev},{num},{user},true,false";
    private static final String FORKED = "{id},{dev},{num},media-forking,manual";
    private static final String STARTED = "{\"id\":\"<guid>\"}";

    private static String unusable(String parameter) {
        return "{\"type\":\"about:blank\",\"title\":\"" + parameter
                + " is not an ISO 8601 duration above zero and of PT24H at most\",\"status\":400,"
                + "\"correlationId\":\"{correlation}\"}";
    }

    private static Row recorded(String name) {
        return row(name).line(FREE).recording(FORKED);
    }

    private static String with(String field, String item) {
        return item.replaceFirst("}$", ",\"" + field + "\":\"<instant>\"}");
    }

    // @formatter:off
    private static final List<Row> ROWS = List.of(
            recorded("timer: a pause that ends by itself")
                    .when("PUT /{id}/Pause?resumeAfter=PT90S")
                    .then(204, ""),
            recorded("timer: a pause by number")
                    .when("PUT /Pause?directoryNumber={num}&resumeAfter=PT90S")
                    .then(204, ""),
            recorded("timer: in any case, and in white space")
                    .when("PUT /{id}/Pause?RESUMEAFTER=%20pt1m30s%20")
                    .then(204, ""),
            recorded("timer: of the longest duration")
                    .when("PUT /{id}/Pause?resumeAfter=P1D")
                    .then(204, ""),
            recorded("timer: a fraction of a second more than none")
                    .when("PUT /{id}/Pause?resumeAfter=PT3600.001S")
                    .then(204, ""),
            recorded("timer: of several the first counts")
                    .when("PUT /{id}/Pause?resumeAfter=PT90S&resumeAfter=x")
                    .then(204, ""),
            recorded("timer: a blank one is none")
                    .when("PUT /{id}/Pause?resumeAfter=%20")
                    .then(204, ""),
            recorded("timer: on one's own line")
                    .token("level 1 {user}")
                    .when("PUT /{id}/Pause?resumeAfter=PT90S")
                    .then(204, ""),
            recorded("timer: on another's line")
                    .token("level 9 other{user}")
                    .when("PUT /{id}/Pause?resumeAfter=PT90S")
                    .then(403, ""),
            recorded("timer: without credentials")
                    .token("none")
                    .when("PUT /{id}/Pause?resumeAfter=PT90S")
                    .then(401, ""),
            recorded("timer: without a level")
                    .token("level 0 {user}")
                    .when("PUT /{id}/Pause?resumeAfter=x")
                    .then(403, ""),
            row("timer: not a GUID comes first")
                    .when("PUT /x/Pause?resumeAfter=x")
                    .then(400, "{\"reason\":0}"),
            recorded("timer: that it is another's recording comes first")
                    .token("level 9 other{user}")
                    .when("PUT /{id}/Pause?resumeAfter=x")
                    .then(403, ""),
            recorded("timer: that it is another's number comes first")
                    .token("level 9 other{user}")
                    .when("PUT /Pause?directoryNumber={num}&resumeAfter=x")
                    .then(403, ""),
            row("timer: that it is another's number comes first, where nothing is recorded")
                    .line(FREE)
                    .token("level 9 other{user}")
                    .when("PUT /Pause?directoryNumber={num}&resumeAfter=x")
                    .then(403, ""),
            row("timer: that nothing is recorded comes first")
                    .token("level 1 {user}")
                    .when("PUT /{id}/Pause?resumeAfter=x")
                    .then(409, StopContract.NOT_LIVE),
            row("timer: no number comes first").when("PUT /Pause?resumeAfter=x").then(400, "{\"reason\":0}"),
            recorded("timer: a resume has none")
                    .before("PUT /{id}/Pause")
                    .when("PUT /{id}/Resume?resumeAfter=x")
                    .then(204, ""),
            recorded("timer: a pause that is refused")
                    .before("PUT /{id}/Pause?resumeAfter=PT90S")
                    .when("PUT /{id}/Pause?resumeAfter=PT5S")
                    .then(
                            429,
                            "{\"type\":\"about:blank\",\"title\":\"Already so: the recording is paused\",\"status\":429,"
                                    + "\"correlationId\":\"{correlation}\"}"),
            recorded("timer: when a pause ends is told")
                    .before("PUT /{id}/Pause?resumeAfter=PT90S")
                    .when("GET /{id}")
                    .then(200, with("resumesAt", item("{id}", "\"{user}\"", true))),
            recorded("timer: and in the list")
                    .before("PUT /{id}/Pause?resumeAfter=PT90S")
                    .when("GET ?directoryNumber={num}")
                    .then(200, "[" + with("resumesAt", item("{id}", "\"{user}\"", true)) + "]"),
            recorded("timer: a resume ends it")
                    .before("PUT /{id}/Pause?resumeAfter=PT90S")
                    .before("PUT /{id}/Resume")
                    .when("GET /{id}")
                    .then(200, item("{id}", "\"{user}\"", false)),
            recorded("timer: a resume by number ends it")
                    .before("PUT /{id}/Pause?resumeAfter=PT90S")
                    .before("PUT /Resume?directoryNumber={num}")
                    .when("GET /{id}")
                    .then(200, item("{id}", "\"{user}\"", false)),
            recorded("timer: the next pause has its own, or none")
                    .before("PUT /{id}/Pause?resumeAfter=PT90S")
                    .before("PUT /{id}/Resume")
                    .before("PUT /{id}/Pause")
                    .when("GET /{id}")
                    .then(200, item("{id}", "\"{user}\"", true)),
            recorded("timer: a paused one is stopped")
                    .before("PUT /{id}/Pause?resumeAfter=PT90S")
                    .when("DELETE /{id}")
                    .then(204, ""),
            row("timer: a recording that stops by itself")
                    .line(FREE)
                    .when("POST / {\"deviceName\":\"{dev}\",\"maxDuration\":\"PT8H\"}")
                    .then(201, STARTED),
            row("timer: in any case, on one's own line")
                    .line(FREE)
                    .token("level 1 {user}")
                    .when("POST / {\"MAXDURATION\":\"pt8h\"}")
                    .then(201, STARTED),
            row("timer: when a recording stops is told")
                    .line(FREE)
                    .before("POST / {\"deviceName\":\"{dev}\",\"maxDuration\":\"PT8H\"}")
                    .when("GET ?directoryNumber={num}")
                    .then(200, "[" + with("stopsAt", item("<guid>", "\"{user}\"", false)) + "]"),
            row("timer: when it resumes and when it stops")
                    .line(FREE)
                    .before("POST / {\"deviceName\":\"{dev}\",\"maxDuration\":\"PT8H\"}")
                    .before("PUT /Pause?directoryNumber={num}&resumeAfter=PT90S")
                    .when("GET ?directoryNumber={num}")
                    .then(200, "[" + with("stopsAt", with("resumesAt", item("<guid>", "\"{user}\"", true))) + "]"),
            row("timer: null is none")
                    .line(FREE)
                    .when("POST / {\"deviceName\":\"{dev}\",\"maxDuration\":null}")
                    .then(201, STARTED),
            row("timer: on another's line")
                    .line(FREE)
                    .token("level 9 other{user}")
                    .when("POST / {\"deviceName\":\"{dev}\",\"maxDuration\":\"PT8H\"}")
                    .then(403, ""),
            row("timer: without credentials")
                    .line(FREE)
                    .token("none")
                    .when("POST / {\"deviceName\":\"{dev}\",\"maxDuration\":\"PT8H\"}")
                    .then(401, ""),
            row("timer: blank names come first")
                    .when("POST / {\"deviceName\":\" \",\"maxDuration\":\"x\"}")
                    .then(400, "{\"reason\":0}"),
            row("timer: the mode comes first")
                    .line(FREE)
                    .when("POST / {\"deviceName\":\"{dev}\",\"mode\":7,\"maxDuration\":\"x\"}")
                    .then(400, "{\"reason\":2}"),
            row("timer: that there is no own line comes first")
                    .token("level 1 {user}")
                    .when("POST / {\"maxDuration\":\"x\"}")
                    .then(400, "{\"reason\":3}"),
            row("timer: that it is another's line comes first")
                    .line(FREE)
                    .token("level 9 other{user}")
                    .when("POST / {\"deviceName\":\"{dev}\",\"maxDuration\":\"x\"}")
                    .then(403, ""),
            row("timer: where nothing can be started")
                    .when("POST / {\"deviceName\":\"{dev}\",\"maxDuration\":\"PT8H\"}")
                    .then(400, "{\"reason\":1,\"deviceName\":\"{dev}\"}"));
    // @formatter:on

    /** What is no duration that can be set. */
    private static final List<String> UNUSABLE = List.of(
            "90",
            "x",
            "PT",
            "P",
            "PT0S",
            "PT0.0001S",
            "-PT90S",
            "PT-90S",
            "PT1H-30M",
            "PT24H0.001S",
            "P2D",
            "P1M",
            "P1Y",
            "P1W",
            "PT99999999999999999999S",
            "PT9S9M",
            "1:30",
            "PT90");

    static final List<Row> TABLE = table();

    private static List<Row> table() {
        List<Row> table = new ArrayList<>(ROWS);
        for (String text : UNUSABLE) {
            table.add(recorded("timer: no pause for " + text)
                    .when("PUT /{id}/Pause?resumeAfter=" + text)
                    .then(400, unusable("resumeAfter")));
            table.add(row("timer: no recording for " + text)
                    .line(FREE)
                    .when("POST / {\"deviceName\":\"{dev}\",\"maxDuration\":\"" + text + "\"}")
                    .then(400, unusable("maxDuration")));
        }
        for (String odd : List.of("90", "true", "{}", "[]", "\"\"", "\" \"")) {
            table.add(row("timer: no recording for " + odd)
                    .line(FREE)
                    .when("POST / {\"deviceName\":\"{dev}\",\"maxDuration\":" + odd + "}")
                    .then(400, unusable("maxDuration")));
        }
        table.add(row("timer: no pause by number")
                .line(FREE)
                .recording(FORKED)
                .when("PUT /Pause?directoryNumber={num}&resumeAfter=PT0S")
                .then(400, unusable("resumeAfter")));
        return List.copyOf(table);
    }

    private TimerContract() {}
}
