package org.liverecordings.contract;

import static org.liverecordings.contract.Row.row;
import static org.liverecordings.contract.StopContract.NOT_LIVE;

import java.util.List;

/** The sister operations: what {@code live-recordings.md} gathered of them, and what this project decided where it is silent. */
final class SisterContract {

    private static final String NO_CALL =
            "{\"type\":\"about:blank\",\"title\":\"No connected call on the line\",\"status\":409,\"correlationId\":\"{correlation}\"}";
    private static final String RECORDED = already("the line is being recorded");
    private static final String PAUSED = already("the recording is paused");
    private static final String NOT_PAUSED = already("the recording isn't paused");

    /** A line that the embedded recorder is told has no call. */
    static final String IDLE_NUMBER = "1000";

    static final String NO_SUCH_ITEM =
            "{\"type\":\"about:blank\",\"title\":\"No such live recording\",\"status\":404,\"correlationId\":\"{correlation}\"}";

    private static final String FREE = "{dev},{num},{user},true,false";
    private static final String FORKED = "{id},{dev},{num},media-forking,manual";
    private static final String STARTED = "{\"id\":\"<guid>\"}";

    private static String already(String what) {
        return "{\"type\":\"about:blank\",\"title\":\"Already so: " + what
                + "\",\"status\":429,\"correlationId\":\"{correlation}\"}";
    }

    static String item(String id, String user, boolean paused) {
        return "{\"id\":\"" + id
                + "\",\"duration\":\"<duration>\",\"startedAt\":\"<instant>\",\"localParty\":{\"username\":"
                + user + "},\"remoteParty\":{\"firstName\":null,\"lastName\":null,\"phoneNumber\":null},\"isPaused\":"
                + paused + "}";
    }

    // @formatter:off
    static final List<Row> TABLE = List.of(
            // Start
            row("start: by device")
                    .line(FREE)
                    .when("POST / {\"deviceName\":\"{dev}\"}")
                    .then(201, STARTED),
            row("start: by number")
                    .line(FREE)
                    .when("POST / {\"directoryNumber\":\"{num}\"}")
                    .then(201, STARTED),
            row("start: by both, as a dial-in")
                    .line(FREE)
                    .when("POST / {\"deviceName\":\"{dev}\",\"directoryNumber\":\"{num}\",\"mode\":1}")
                    .then(201, STARTED),
            row("start: property names and device in any case")
                    .line(FREE)
                    .when("POST / {\"DEVICENAME\":\"{dev lower}\",\"Mode\":0}")
                    .then(201, STARTED),
            row("start: the caller's own line")
                    .token("level 1 {user}")
                    .line(FREE)
                    .when("POST /")
                    .then(201, STARTED),
            row("start: the caller's own line, by an empty object")
                    .token("level 10 {user}")
                    .line(FREE)
                    .when("POST / {}")
                    .then(201, STARTED),
            row("start: the caller's own line, named")
                    .token("level 1 {user}")
                    .line(FREE)
                    .when("POST / {\"deviceName\":\"{dev}\"}")
                    .then(201, STARTED),
            row("start: the one of the device's lines that is free")
                    .line(FREE)
                    .line("{dev},{num2},{user},true,false")
                    .recording(FORKED)
                    .when("POST / {\"deviceName\":\"{dev}\"}")
                    .then(201, STARTED),
            row("start: the device of a shared line that is free")
                    .line(FREE)
                    .line("{dev2},{num},{user},true,false")
                    .recording(FORKED)
                    .when("POST / {\"directoryNumber\":\"{num}\"}")
                    .then(201, STARTED),
            row("start: names that are blank")
                    .when("POST / {\"deviceName\":\" \",\"directoryNumber\":\"\"}")
                    .then(400, "{\"reason\":0}"),
            row("start: not JSON").when("POST / {\"deviceName\":").then(400, "{\"reason\":0}"),
            row("start: not an object").when("POST / [1]").then(400, "{\"reason\":0}"),
            row("start: a name that is an object")
                    .when("POST / {\"deviceName\":{}}")
                    .then(400, "{\"reason\":0}"),
            row("start: no such device")
                    .when("POST / {\"deviceName\":\"{dev}\"}")
                    .then(400, "{\"reason\":1,\"deviceName\":\"{dev}\"}"),
            row("start: no such number")
                    .when("POST / {\"directoryNumber\":\"{num}\"}")
                    .then(400, "{\"reason\":1}"),
            row("start: the line isn't monitorable")
                    .line("{dev},{num},,false,false")
                    .when("POST / {\"directoryNumber\":\"{num}\"}")
                    .then(400, "{\"reason\":1,\"deviceName\":\"{dev}\"}"),
            row("start: a mode that there isn't")
                    .line(FREE)
                    .when("POST / {\"deviceName\":\"{dev}\",\"mode\":2}")
                    .then(400, "{\"reason\":2}"),
            row("start: a mode that is a word")
                    .line(FREE)
                    .when("POST / {\"deviceName\":\"{dev}\",\"mode\":\"fork\"}")
                    .then(400, "{\"reason\":2}"),
            row("start: the caller has no line")
                    .token("level 1 {user}")
                    .when("POST /")
                    .then(400, "{\"reason\":3}"),
            row("start: automatic recording")
                    .line("{dev},{num},,true,true")
                    .when("POST / {\"deviceName\":\"{dev}\"}")
                    .then(400, "{\"reason\":4}"),
            row("start: no credentials")
                    .token("none")
                    .line(FREE)
                    .when("POST / {\"deviceName\":\"{dev}\"}")
                    .then(401, ""),
            row("start: no level")
                    .token("level 0 {user}")
                    .line(FREE)
                    .when("POST /")
                    .then(403, ""),
            row("start: another user's line")
                    .token("level 9 {user}")
                    .line("{dev},{num},somebody,true,false")
                    .when("POST / {\"deviceName\":\"{dev}\"}")
                    .then(403, ""),
            row("start: a line that nobody knows, with a low level")
                    .token("level 9 {user}")
                    .when("POST / {\"deviceName\":\"{dev}\"}")
                    .then(403, ""),
            row("start: no connected call")
                    .line("{dev}," + IDLE_NUMBER + ",,true,false")
                    .when("POST / {\"deviceName\":\"{dev}\"}")
                    .then(409, NO_CALL),
            row("start: being recorded already")
                    .line(FREE)
                    .recording(FORKED)
                    .when("POST / {\"deviceName\":\"{dev}\"}")
                    .then(429, RECORDED),
            row("start: a duplicate")
                    .line(FREE)
                    .before("POST / {\"deviceName\":\"{dev}\"}")
                    .when("POST / {\"deviceName\":\"{dev}\"}")
                    .then(429, RECORDED),
            row("start: again after a stop")
                    .line(FREE)
                    .recording(FORKED)
                    .before("DELETE /{id}")
                    .when("POST / {\"deviceName\":\"{dev}\"}")
                    .then(201, STARTED),
            row("start: a manual dial-in that was started can't be stopped by its device")
                    .line(FREE)
                    .before("POST / {\"deviceName\":\"{dev}\",\"mode\":1}")
                    .when("DELETE ?deviceName={dev}")
                    .then(409, NOT_LIVE),

            // Stop own
            row("mine: stopped")
                    .token("level 1 {user}")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE /Mine")
                    .then(204, ""),
            row("mine: path in lower case, with a slash")
                    .token("level 1 {user}")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE /mine/")
                    .then(204, ""),
            row("mine: a dial-in without a device")
                    .token("level 1 {user}")
                    .line(FREE)
                    .recording("{id},,{num},dial-in,manual")
                    .when("DELETE /Mine")
                    .then(204, ""),
            row("mine: a paused one")
                    .token("level 1 {user}")
                    .line(FREE)
                    .recording(FORKED)
                    .before("PUT /{id}/Pause")
                    .when("DELETE /Mine")
                    .then(204, ""),
            row("mine: not what is on another device of a shared line")
                    .token("level 1 {user}")
                    .line(FREE)
                    .line("{dev2},{num},somebody,true,false")
                    .recording("{id},{dev2},{num},media-forking,manual")
                    .when("DELETE /Mine")
                    .then(409, NOT_LIVE),
            row("mine: the line isn't monitorable")
                    .token("level 1 {user}")
                    .line("{dev},{num},{user},false,false")
                    .recording(FORKED)
                    .when("DELETE /Mine")
                    .then(400, "{\"reason\":1,\"deviceName\":\"{dev}\"}"),
            row("mine: automatic recording")
                    .token("level 1 {user}")
                    .line("{dev},{num},{user},true,true")
                    .recording(FORKED)
                    .when("DELETE /Mine")
                    .then(400, "{\"reason\":2}"),
            row("mine: no credentials").token("none").when("DELETE /Mine").then(401, ""),
            row("mine: no level")
                    .token("level 0 {user}")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE /Mine")
                    .then(403, ""),
            row("mine: nothing is being recorded")
                    .token("level 1 {user}")
                    .line(FREE)
                    .when("DELETE /Mine")
                    .then(409, NOT_LIVE),

            // Pause
            row("pause: by id")
                    .line(FREE)
                    .recording(FORKED)
                    .when("PUT /{id}/Pause")
                    .then(204, ""),
            row("pause: by number")
                    .line(FREE)
                    .recording(FORKED)
                    .when("PUT /Pause?directoryNumber={num}")
                    .then(204, ""),
            row("pause: one's own, by id")
                    .token("level 1 {user}")
                    .line(FREE)
                    .recording(FORKED)
                    .when("PUT /{id}/Pause")
                    .then(204, ""),
            row("pause: one's own, by number")
                    .token("level 1 {user}")
                    .line(FREE)
                    .recording(FORKED)
                    .when("PUT /Pause?directoryNumber={num}")
                    .then(204, ""),
            row("pause: any case and a slash")
                    .line(FREE)
                    .recording(FORKED)
                    .when("PUT /%7B{ID}%7D/pAUSE/")
                    .then(204, ""),
            row("pause: every recording of the number")
                    .line(FREE)
                    .line("{dev2},{num},,true,false")
                    .recording(FORKED)
                    .recording("{id2},{dev2},{num},media-forking,manual")
                    .before("PUT /Pause?directoryNumber={num}")
                    .when("PUT /{id2}/Pause")
                    .then(429, PAUSED),
            row("pause: those of the number that aren't paused")
                    .line(FREE)
                    .line("{dev2},{num},,true,false")
                    .recording(FORKED)
                    .recording("{id2},{dev2},{num},media-forking,manual")
                    .before("PUT /{id}/Pause")
                    .when("PUT /Pause?directoryNumber={num}")
                    .then(204, ""),
            row("pause: not a GUID").when("PUT /1-1-1-1-1/Pause").then(400, "{\"reason\":0}"),
            row("pause: no number").when("PUT /Pause").then(400, "{\"reason\":0}"),
            row("pause: a blank number").when("PUT /Pause?directoryNumber=%20").then(400, "{\"reason\":0}"),
            row("pause: no credentials").token("none").when("PUT /{id}/Pause").then(401, ""),
            row("pause: no credentials, by number")
                    .token("none")
                    .when("PUT /Pause?directoryNumber={num}")
                    .then(401, ""),
            row("pause: no level")
                    .token("level 0 {user}")
                    .line(FREE)
                    .recording(FORKED)
                    .when("PUT /{id}/Pause")
                    .then(403, ""),
            row("pause: another user's, by id")
                    .token("level 9 {user}")
                    .line("{dev},{num},somebody,true,false")
                    .recording(FORKED)
                    .when("PUT /{id}/Pause")
                    .then(403, ""),
            row("pause: another user's, by number")
                    .token("level 9 {user}")
                    .line("{dev},{num},somebody,true,false")
                    .recording(FORKED)
                    .when("PUT /Pause?directoryNumber={num}")
                    .then(403, ""),
            row("pause: another user's line that isn't being recorded")
                    .token("level 9 {user}")
                    .line("{dev},{num},somebody,true,false")
                    .when("PUT /Pause?directoryNumber={num}")
                    .then(403, ""),
            row("pause: not live, by id").when("PUT /{id}/Pause").then(409, NOT_LIVE),
            row("pause: not live, by number")
                    .line(FREE)
                    .when("PUT /Pause?directoryNumber={num}")
                    .then(409, NOT_LIVE),
            row("pause: stopped before")
                    .line(FREE)
                    .recording(FORKED)
                    .before("DELETE /{id}")
                    .when("PUT /{id}/Pause")
                    .then(409, NOT_LIVE),
            row("pause: paused already")
                    .line(FREE)
                    .recording(FORKED)
                    .before("PUT /{id}/Pause")
                    .when("PUT /{id}/Pause")
                    .then(429, PAUSED),
            row("pause: paused already, by number")
                    .line(FREE)
                    .recording(FORKED)
                    .before("PUT /{id}/Pause")
                    .when("PUT /Pause?directoryNumber={num}")
                    .then(429, PAUSED),
            row("stop: a paused recording")
                    .line(FREE)
                    .recording(FORKED)
                    .before("PUT /{id}/Pause")
                    .when("DELETE /{id}")
                    .then(204, ""),

            // Resume
            row("resume: by id")
                    .line(FREE)
                    .recording(FORKED)
                    .before("PUT /{id}/Pause")
                    .when("PUT /{id}/Resume")
                    .then(204, ""),
            row("resume: by number")
                    .line(FREE)
                    .recording(FORKED)
                    .before("PUT /{id}/Pause")
                    .when("PUT /RESUME?DIRECTORYNUMBER={num}")
                    .then(204, ""),
            row("resume: one's own")
                    .token("level 1 {user}")
                    .line(FREE)
                    .recording(FORKED)
                    .before("PUT /{id}/Pause")
                    .when("PUT /{id}/Resume")
                    .then(204, ""),
            row("resume: not a GUID").when("PUT /x/Resume").then(400, "{\"reason\":0}"),
            row("resume: no credentials, by number")
                    .token("none")
                    .when("PUT /Resume?directoryNumber={num}")
                    .then(401, ""),
            row("resume: another user's, by number")
                    .token("level 9 {user}")
                    .line("{dev},{num},somebody,true,false")
                    .recording(FORKED)
                    .when("PUT /Resume?directoryNumber={num}")
                    .then(403, ""),
            row("resume: not live, by number")
                    .line(FREE)
                    .when("PUT /Resume?directoryNumber={num}")
                    .then(409, NOT_LIVE),
            row("resume: no number").when("PUT /Resume?deviceName={dev}").then(400, "{\"reason\":0}"),
            row("resume: no credentials").token("none").when("PUT /{id}/Resume").then(401, ""),
            row("resume: another user's")
                    .token("level 9 {user}")
                    .line("{dev},{num},somebody,true,false")
                    .recording(FORKED)
                    .before("PUT /{id}/Pause")
                    .when("PUT /{id}/Resume")
                    .then(403, ""),
            row("resume: not live").when("PUT /{id}/Resume").then(409, NOT_LIVE),
            row("resume: not paused")
                    .line(FREE)
                    .recording(FORKED)
                    .when("PUT /{id}/Resume")
                    .then(429, NOT_PAUSED),
            row("resume: not paused, by number")
                    .line(FREE)
                    .recording(FORKED)
                    .when("PUT /Resume?directoryNumber={num}")
                    .then(429, NOT_PAUSED),

            // List
            row("list: by device")
                    .line(FREE)
                    .recording(FORKED)
                    .when("GET ?deviceName={dev lower}")
                    .then(200, "[" + item("{id}", "\"{user}\"", false) + "]"),
            row("list: by number")
                    .line(FREE)
                    .recording(FORKED)
                    .when("GET ?DirectoryNumber={num}")
                    .then(200, "[" + item("{id}", "\"{user}\"", false) + "]"),
            row("list: by user, without regard to case")
                    .line("{dev},{num},Q{user},true,false")
                    .recording(FORKED)
                    .when("GET ?username=q{user}")
                    .then(200, "[" + item("{id}", "\"Q{user}\"", false) + "]"),
            row("list: all criteria must be met")
                    .line(FREE)
                    .recording(FORKED)
                    .when("GET ?deviceName={dev}&username=somebody")
                    .then(200, "[]"),
            row("list: a paused one")
                    .line(FREE)
                    .recording(FORKED)
                    .before("PUT /{id}/Pause")
                    .when("GET /?directoryNumber={num}")
                    .then(200, "[" + item("{id}", "\"{user}\"", true) + "]"),
            row("list: a resumed one")
                    .line(FREE)
                    .recording(FORKED)
                    .before("PUT /{id}/Pause")
                    .before("PUT /{id}/Resume")
                    .when("GET ?directoryNumber={num}")
                    .then(200, "[" + item("{id}", "\"{user}\"", false) + "]"),
            row("list: a started one")
                    .line(FREE)
                    .before("POST / {\"deviceName\":\"{dev}\"}")
                    .when("GET ?directoryNumber={num}")
                    .then(200, "[" + item("<guid>", "\"{user}\"", false) + "]"),
            row("list: not a stopped one")
                    .line(FREE)
                    .recording(FORKED)
                    .before("DELETE /{id}")
                    .when("GET ?directoryNumber={num}")
                    .then(200, "[]"),
            row("list: of a line without a user")
                    .line("{dev},{num},,true,false")
                    .recording(FORKED)
                    .when("GET ?directoryNumber={num}")
                    .then(200, "[" + item("{id}", "null", false) + "]"),
            row("list: a dial-in without a device")
                    .line(FREE)
                    .recording("{id},,{num},dial-in,manual")
                    .when("GET ?directoryNumber={num}")
                    .then(200, "[" + item("{id}", "\"{user}\"", false) + "]"),
            row("list: nobody has a numeric id")
                    .line(FREE)
                    .recording(FORKED)
                    .when("GET ?directoryNumber={num}&numericUserId=7")
                    .then(200, "[]"),
            row("list: blank criteria don't matter")
                    .line(FREE)
                    .recording(FORKED)
                    .when("GET ?directoryNumber={num}&username=&numericUserId=+")
                    .then(200, "[" + item("{id}", "\"{user}\"", false) + "]"),
            row("list: one's own")
                    .token("level 1 {user}")
                    .line(FREE)
                    .line("{dev2},{num2},somebody,true,false")
                    .recording(FORKED)
                    .recording("{id2},{dev2},{num2},media-forking,manual")
                    .when("GET ")
                    .then(200, "[" + item("{id}", "\"{user}\"", false) + "]"),
            row("list: a filter never shows another user's")
                    .token("level 9 {user}")
                    .line("{dev},{num},somebody,true,false")
                    .recording(FORKED)
                    .when("GET ?directoryNumber={num}&username=somebody")
                    .then(200, "[]"),
            row("list: no credentials").token("none").when("GET ").then(401, ""),
            row("list: no level")
                    .token("level 0 {user}")
                    .line(FREE)
                    .recording(FORKED)
                    .when("GET ")
                    .then(403, ""),

            // One
            row("one: it is live")
                    .line(FREE)
                    .recording(FORKED)
                    .when("GET /{id}")
                    .then(200, item("{id}", "\"{user}\"", false)),
            row("one: in any form of a GUID, paused")
                    .line(FREE)
                    .recording(FORKED)
                    .before("PUT /{id}/Pause")
                    .when("GET /{id digits}/")
                    .then(200, item("{id}", "\"{user}\"", true)),
            row("one: stopped")
                    .line(FREE)
                    .recording(FORKED)
                    .before("DELETE /{id}")
                    .when("GET /{id}")
                    .then(404, NO_SUCH_ITEM),
            row("one: not a GUID").when("GET /1-1-1-1-1").then(400, "{\"reason\":0}"),
            row("one: one's own")
                    .token("level 1 {user}")
                    .line(FREE)
                    .recording(FORKED)
                    .when("GET /{id}")
                    .then(200, item("{id}", "\"{user}\"", false)),
            row("one: another user's is none")
                    .token("level 9 {user}")
                    .line("{dev},{num},somebody,true,false")
                    .recording(FORKED)
                    .when("GET /{id}")
                    .then(404, NO_SUCH_ITEM),
            row("one: no credentials").token("none").when("GET /{id}").then(401, ""),
            row("one: no level")
                    .token("level 0 {user}")
                    .line(FREE)
                    .recording(FORKED)
                    .when("GET /{id}")
                    .then(403, ""));
    // @formatter:on

    private SisterContract() {}
}
