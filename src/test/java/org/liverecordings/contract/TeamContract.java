package org.liverecordings.contract;

import static org.liverecordings.contract.Row.row;
import static org.liverecordings.contract.StopContract.NOT_LIVE;

import java.util.List;

/** What whoever manages a group of lines gets: there what level 10 gets, elsewhere what level 1 gets. */
final class TeamContract {

    /** Groups of people, and the group of lines that each manages. */
    static final String LEVELS = "supervisors-milan=10:milan,supervisors-rome=10:rome";

    private static final String MANAGER = "level 10:milan boss{user}";
    private static final String MANAGED = "{dev},{num},{user},true,false,,Milan";
    private static final String ROMES = "{dev},{num},{user},true,false,,rome";
    private static final String NOBODYS_GROUP = "{dev},{num},{user},true,false,,";
    private static final String OWN = "{dev},{num},boss{user},true,false,,";
    private static final String ROMES_SHARED = "{dev2},{num},other{user},true,false,,rome";
    private static final String FORKED = "{id},{dev},{num},media-forking,manual";
    private static final String FORKED_2 = "{id2},{dev2},{num},media-forking,manual";
    private static final String STARTED = "{\"id\":\"<guid>\"}";
    private static final String START = "POST / {\"deviceName\":\"{dev}\"}";

    private static Row manager(String name) {
        return row(name).token(MANAGER);
    }

    // @formatter:off
    static final List<Row> TABLE = List.of(
            // Stop by id
            manager("team: stop by id")
                    .line(MANAGED)
                    .recording(FORKED)
                    .when("DELETE /{id}")
                    .then(204, ""),
            manager("team: stop by id, of another group")
                    .line(ROMES)
                    .recording(FORKED)
                    .when("DELETE /{id}")
                    .then(403, ""),
            manager("team: stop by id, of no group")
                    .line(NOBODYS_GROUP)
                    .recording(FORKED)
                    .when("DELETE /{id}")
                    .then(403, ""),
            manager("team: stop by id, on the own line")
                    .line(OWN)
                    .recording(FORKED)
                    .when("DELETE /{id}")
                    .then(403, ""),
            manager("team: stop by id, which nothing has, tells no more than that of another group")
                    .when("DELETE /{id}")
                    .then(403, ""),
            manager("team: stop by id, not a GUID").when("DELETE /1-1-1-1-1").then(400, "{\"reason\":0}"),
            manager("team: stop by id, automatic recording")
                    .line("{dev},{num},{user},true,true,,Milan")
                    .recording(FORKED)
                    .when("DELETE /{id}")
                    .then(400, "{\"reason\":2}"),
            manager("team: stop by id, of one of two groups")
                    .token("level 10:milan|rome boss{user}")
                    .line(ROMES)
                    .recording(FORKED)
                    .when("DELETE /{id}")
                    .then(204, ""),

            // Stop by line
            manager("team: stop by device")
                    .line(MANAGED)
                    .recording(FORKED)
                    .when("DELETE ?deviceName={dev lower}")
                    .then(204, ""),
            manager("team: stop by number")
                    .line(MANAGED)
                    .recording(FORKED)
                    .when("DELETE ?directoryNumber={num}")
                    .then(204, ""),
            manager("team: stop by both")
                    .line(MANAGED)
                    .recording(FORKED)
                    .when("DELETE ?deviceName={dev}&directoryNumber={num}")
                    .then(204, ""),
            manager("team: stop by device, of another group")
                    .line(ROMES)
                    .recording(FORKED)
                    .when("DELETE ?deviceName={dev}")
                    .then(403, ""),
            manager("team: stop by number, of another group")
                    .line(ROMES)
                    .recording(FORKED)
                    .when("DELETE ?directoryNumber={num}")
                    .then(403, ""),
            manager("team: stop by device, on the own line")
                    .line(OWN)
                    .recording(FORKED)
                    .when("DELETE ?deviceName={dev}")
                    .then(403, ""),
            manager("team: stop by a device that nobody knows")
                    .when("DELETE ?deviceName={dev}")
                    .then(403, ""),
            manager("team: stop by a number that nobody knows")
                    .when("DELETE ?directoryNumber={num}")
                    .then(403, ""),
            manager("team: stop by neither").when("DELETE ").then(400, "{\"reason\":0}"),
            manager("team: stop by device, nothing is being recorded")
                    .line(MANAGED)
                    .when("DELETE ?deviceName={dev}")
                    .then(409, NOT_LIVE),
            manager("team: stop by number, only another group's device is being recorded")
                    .line(MANAGED)
                    .line(ROMES_SHARED)
                    .recording(FORKED_2)
                    .when("DELETE ?directoryNumber={num}")
                    .then(409, NOT_LIVE),
            row("team: stop by number stops one's own group's device and leaves the other")
                    .line(MANAGED)
                    .line(ROMES_SHARED)
                    .recording(FORKED)
                    .recording(FORKED_2)
                    .before("[" + MANAGER + "] DELETE ?directoryNumber={num}")
                    .when("GET ?directoryNumber={num}")
                    .then(200, "[" + SisterContract.item("{id2}", "\"other{user}\"", false) + "]"),

            // Stop own
            manager("team: mine")
                    .line(OWN)
                    .recording(FORKED)
                    .when("DELETE /Mine")
                    .then(204, ""),
            manager("team: a managed line is not one's own")
                    .line(MANAGED)
                    .recording(FORKED)
                    .line("{dev2},{num2},boss{user},true,false,,")
                    .when("DELETE /Mine")
                    .then(409, NOT_LIVE),

            // Start
            manager("team: start by device").line(MANAGED).when(START).then(201, STARTED),
            manager("team: start by number")
                    .line(MANAGED)
                    .when("POST / {\"directoryNumber\":\"{num}\"}")
                    .then(201, STARTED),
            manager("team: start on the own line").line(OWN).when("POST /").then(201, STARTED),
            manager("team: start, of another group").line(ROMES).when(START).then(403, ""),
            manager("team: start, of no group").line(NOBODYS_GROUP).when(START).then(403, ""),
            manager("team: start on a line that nobody knows").when(START).then(403, ""),
            manager("team: start without a line of one's own")
                    .line(MANAGED)
                    .when("POST /")
                    .then(400, "{\"reason\":3}"),

            // Pause and resume
            manager("team: pause by id")
                    .line(MANAGED)
                    .recording(FORKED)
                    .when("PUT /{id}/Pause")
                    .then(204, ""),
            manager("team: pause by number")
                    .line(MANAGED)
                    .recording(FORKED)
                    .when("PUT /Pause?directoryNumber={num}")
                    .then(204, ""),
            manager("team: pause, of another group")
                    .line(ROMES)
                    .recording(FORKED)
                    .when("PUT /{id}/Pause")
                    .then(403, ""),
            manager("team: pause by number, of another group")
                    .line(ROMES)
                    .recording(FORKED)
                    .when("PUT /Pause?directoryNumber={num}")
                    .then(403, ""),
            manager("team: resume by id")
                    .line(MANAGED)
                    .recording(FORKED)
                    .before("PUT /{id}/Pause")
                    .when("PUT /{id}/Resume")
                    .then(204, ""),
            manager("team: resume by number")
                    .line(MANAGED)
                    .recording(FORKED)
                    .before("PUT /{id}/Pause")
                    .when("PUT /Resume?directoryNumber={num}")
                    .then(204, ""),
            manager("team: resume, of another group")
                    .line(ROMES)
                    .recording(FORKED)
                    .before("PUT /{id}/Pause")
                    .when("PUT /{id}/Resume")
                    .then(403, ""),
            manager("team: resume by number, of another group")
                    .line(ROMES)
                    .recording(FORKED)
                    .before("PUT /{id}/Pause")
                    .when("PUT /Resume?directoryNumber={num}")
                    .then(403, ""),
            manager("team: pause, an id which nothing has")
                    .when("PUT /{id}/Pause")
                    .then(409, NOT_LIVE),
            manager("team: pause by a number that nobody knows")
                    .when("PUT /Pause?directoryNumber={num}")
                    .then(403, ""),
            manager("team: pause by number, nothing is being recorded")
                    .line(MANAGED)
                    .line(ROMES_SHARED)
                    .when("PUT /Pause?directoryNumber={num}")
                    .then(409, NOT_LIVE),
            manager("team: pause by number, only another group's device is being recorded")
                    .line(MANAGED)
                    .line(ROMES_SHARED)
                    .recording(FORKED_2)
                    .when("PUT /Pause?directoryNumber={num}")
                    .then(409, NOT_LIVE),
            manager("team: resume, an id which nothing has")
                    .when("PUT /{id}/Resume")
                    .then(409, NOT_LIVE),
            manager("team: resume by a number that nobody knows")
                    .when("PUT /Resume?directoryNumber={num}")
                    .then(403, ""),
            manager("team: resume by number, nothing is being recorded")
                    .line(MANAGED)
                    .line(ROMES_SHARED)
                    .when("PUT /Resume?directoryNumber={num}")
                    .then(409, NOT_LIVE),
            manager("team: resume by number, only another group's device is being recorded")
                    .line(MANAGED)
                    .line(ROMES_SHARED)
                    .recording(FORKED_2)
                    .when("PUT /Resume?directoryNumber={num}")
                    .then(409, NOT_LIVE),
            row("agent: pause, an id which nothing has")
                    .token("level 1 {user}")
                    .when("PUT /{id}/Pause")
                    .then(409, NOT_LIVE),
            row("agent: pause by number, only another user's device is being recorded")
                    .token("level 1 {user}")
                    .line(NOBODYS_GROUP)
                    .line(ROMES_SHARED)
                    .recording(FORKED_2)
                    .when("PUT /Pause?directoryNumber={num}")
                    .then(409, NOT_LIVE),

            // List and one
            manager("team: list")
                    .line(MANAGED)
                    .recording(FORKED)
                    .when("GET ?directoryNumber={num}")
                    .then(200, "[" + SisterContract.item("{id}", "\"{user}\"", false) + "]"),
            manager("team: list by user")
                    .line(MANAGED)
                    .recording(FORKED)
                    .when("GET ?username={user}")
                    .then(200, "[" + SisterContract.item("{id}", "\"{user}\"", false) + "]"),
            manager("team: list, of another group")
                    .line(ROMES)
                    .recording(FORKED)
                    .when("GET ?directoryNumber={num}")
                    .then(200, "[]"),
            manager("team: list, the own line")
                    .line(OWN)
                    .recording(FORKED)
                    .when("GET ?deviceName={dev}")
                    .then(200, "[" + SisterContract.item("{id}", "\"boss{user}\"", false) + "]"),
            manager("team: one")
                    .line(MANAGED)
                    .recording(FORKED)
                    .when("GET /{id}")
                    .then(200, SisterContract.item("{id}", "\"{user}\"", false)),
            manager("team: one, of another group")
                    .line(ROMES)
                    .recording(FORKED)
                    .when("GET /{id}")
                    .then(404, SisterContract.NO_SUCH_ITEM),

            // Recording type none
            row("none: start")
                    .line("{dev},{num},{user},true,false,none,")
                    .when(START)
                    .then(400, "{\"reason\":4}"),
            row("none: start as a dial-in")
                    .line("{dev},{num},{user},true,false,none,")
                    .when("POST / {\"deviceName\":\"{dev}\",\"mode\":1}")
                    .then(400, "{\"reason\":4}"),
            row("none: start on the own line")
                    .token("level 1 {user}")
                    .line("{dev},{num},{user},true,false,none,")
                    .when("POST /")
                    .then(400, "{\"reason\":4}"),
            row("none: what runs there all the same is stopped")
                    .line("{dev},{num},{user},true,false,none,")
                    .recording(FORKED)
                    .when("DELETE /{id}")
                    .then(204, ""),
            row("selective: start")
                    .line("{dev},{num},{user},true,false,selective,")
                    .when(START)
                    .then(201, STARTED),
            row("automatic: start")
                    .line("{dev},{num},{user},true,true,automatic,")
                    .when(START)
                    .then(400, "{\"reason\":4}"),
            row("automatic: stop")
                    .line("{dev},{num},{user},true,true,automatic,")
                    .recording(FORKED)
                    .when("DELETE /{id}")
                    .then(400, "{\"reason\":2}"));
    // @formatter:on

    private TeamContract() {}
}
