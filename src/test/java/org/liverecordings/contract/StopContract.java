package org.liverecordings.contract;

import static org.liverecordings.contract.Row.row;

import java.util.List;

/** The stop operation's contract, {@code stop-recording.txt} of the vendor, and what existing clients rely on, as one table. */
final class StopContract {

    static final String NOT_LIVE =
            "{\"type\":\"about:blank\",\"title\":\"No such live recording\",\"status\":409,\"correlationId\":\"{correlation}\"}";
    private static final String FAILED =
            "{\"type\":\"about:blank\",\"title\":\"The call recording service failed\",\"status\":500,\"correlationId\":\"{correlation}\"}";
    private static final String UNAVAILABLE =
            "{\"type\":\"about:blank\",\"title\":\"The call recording service is unavailable\",\"status\":504,\"correlationId\":\"{correlation}\"}";

    /** Rows whose recordings the embedded recorder has simulated trouble with. */
    static final String FAILING_ID = "00000000-0500-4000-8000-000000000000";

    static final String UNREACHABLE_ID = "00000000-0504-4000-8000-000000000000";

    private static final String FREE = "{dev},{num},,true,false";
    private static final String FORKED = "{id},{dev},{num},media-forking,manual";

    // @formatter:off
    static final List<Row> TABLE = List.of(
            // By recording id
            row("id: stopped").line(FREE).recording(FORKED).when("DELETE /{id}").then(204, ""),
            row("id: stopped, repeated")
                    .line(FREE)
                    .recording(FORKED)
                    .before("DELETE /{id}")
                    .when("DELETE /{id}")
                    .then(409, NOT_LIVE),
            row("id: the contract's example")
                    .line(FREE)
                    .recording("75A90276-E47E-4e9e-B463-E3C743D5FF3A,{dev},{num},media-forking,manual")
                    .when("DELETE /75A90276-E47E-4e9e-B463-E3C743D5FF3A")
                    .then(204, ""),
            row("id: started automatically, on a line that isn't automatic any more")
                    .line(FREE)
                    .recording("{id},{dev},{num},media-forking,automatic")
                    .when("DELETE /{id}")
                    .then(204, ""),
            row("id: a manual dial-in")
                    .line(FREE)
                    .recording("{id},{dev},{num},dial-in,manual")
                    .when("DELETE /{id}")
                    .then(204, ""),
            row("id: a dial-in without a device")
                    .line(FREE)
                    .recording("{id},,{num},dial-in,manual")
                    .when("DELETE /{id}")
                    .then(204, ""),
            row("id: not a GUID").when("DELETE /101").then(400, "{\"reason\":0}"),
            row("id: short groups are not a GUID").when("DELETE /1-1-1-1-1").then(400, "{\"reason\":0}"),
            row("id: braces around digits alone are not a GUID")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE /%7B{id digits}%7D")
                    .then(400, "{\"reason\":0}"),
            row("id: white space").when("DELETE /%20").then(400, "{\"reason\":0}"),
            row("id: the line isn't monitorable")
                    .line("{dev},{num},,false,false")
                    .recording(FORKED)
                    .when("DELETE /{id}")
                    .then(400, "{\"reason\":1,\"deviceName\":\"{dev}\"}"),
            row("id: the line is in no inventory")
                    .recording(FORKED)
                    .when("DELETE /{id}")
                    .then(400, "{\"reason\":1,\"deviceName\":\"{dev}\"}"),
            row("id: the device's other line is in the inventory")
                    .line("{dev},{num2},,true,false")
                    .recording(FORKED)
                    .when("DELETE /{id}")
                    .then(400, "{\"reason\":1,\"deviceName\":\"{dev}\"}"),
            row("id: a dial-in whose number is in no inventory")
                    .recording("{id},,{num},dial-in,manual")
                    .when("DELETE /{id}")
                    .then(400, "{\"reason\":1}"),
            row("id: a dial-in whose number is nowhere monitorable")
                    .line("{dev},{num},,false,false")
                    .recording("{id},,{num},dial-in,manual")
                    .when("DELETE /{id}")
                    .then(400, "{\"reason\":1,\"deviceName\":\"{dev}\"}"),
            row("id: automatic recording")
                    .line("{dev},{num},,true,true")
                    .recording("{id},{dev},{num},media-forking,automatic")
                    .when("DELETE /{id}")
                    .then(400, "{\"reason\":2}"),
            row("id: no credentials")
                    .token("none")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE /{id}")
                    .then(401, ""),
            row("id: level 9")
                    .token("level 9")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE /{id}")
                    .then(403, ""),
            row("id: not a live recording").when("DELETE /{id}").then(409, NOT_LIVE),
            row("id: the recorder fails")
                    .line(FREE)
                    .recording(FAILING_ID + ",{dev},{num},media-forking,manual")
                    .when("DELETE /" + FAILING_ID)
                    .then(500, FAILED),
            row("id: the recorder is out of reach")
                    .line(FREE)
                    .recording(UNREACHABLE_ID + ",{dev},{num},media-forking,manual")
                    .when("DELETE /" + UNREACHABLE_ID)
                    .then(504, UNAVAILABLE),

            // By device name and directory number
            row("device: stopped")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE ?deviceName={dev}")
                    .then(204, ""),
            row("device: stopped, repeated")
                    .line(FREE)
                    .recording(FORKED)
                    .before("DELETE ?deviceName={dev}")
                    .when("DELETE ?deviceName={dev}")
                    .then(409, NOT_LIVE),
            row("number: stopped")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE ?directoryNumber={num}")
                    .then(204, ""),
            row("both: stopped")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE ?deviceName={dev}&directoryNumber={num}")
                    .then(204, ""),
            row("both: the device's recording is on another line")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE ?deviceName={dev}&directoryNumber={num2}")
                    .then(409, NOT_LIVE),
            row("both: the line's recording is on another device")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE ?deviceName={dev2}&directoryNumber={num}")
                    .then(409, NOT_LIVE),
            row("device: another one is being recorded")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE ?deviceName={dev2}")
                    .then(409, NOT_LIVE),
            row("number: a part of it is not it")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE ?directoryNumber=1")
                    .then(409, NOT_LIVE),
            row("number: every recording on a shared line")
                    .line(FREE)
                    .line("{dev2},{num},,true,false")
                    .recording(FORKED)
                    .recording("{id2},{dev2},{num},media-forking,manual")
                    .when("DELETE ?directoryNumber={num}")
                    .then(204, ""),
            row("number: nothing is left on a shared line")
                    .line(FREE)
                    .line("{dev2},{num},,true,false")
                    .recording(FORKED)
                    .recording("{id2},{dev2},{num},media-forking,manual")
                    .before("DELETE ?directoryNumber={num}")
                    .when("DELETE /{id2}")
                    .then(409, NOT_LIVE),
            row("both: the other device of a shared line goes on")
                    .line(FREE)
                    .line("{dev2},{num},,true,false")
                    .recording(FORKED)
                    .recording("{id2},{dev2},{num},media-forking,manual")
                    .before("DELETE ?deviceName={dev}&directoryNumber={num}")
                    .when("DELETE /{id2}")
                    .then(204, ""),
            row("device: every recording on its lines")
                    .line(FREE)
                    .line("{dev},{num2},,true,false")
                    .recording(FORKED)
                    .recording("{id2},{dev},{num2},media-forking,manual")
                    .before("DELETE ?deviceName={dev}")
                    .when("DELETE ?directoryNumber={num2}")
                    .then(409, NOT_LIVE),
            row("number: one unmonitorable device of a shared line forbids all")
                    .line(FREE)
                    .line("{dev2},{num},,false,false")
                    .recording(FORKED)
                    .recording("{id2},{dev2},{num},media-forking,manual")
                    .when("DELETE ?directoryNumber={num}")
                    .then(400, "{\"reason\":1,\"deviceName\":\"{dev2}\"}"),
            row("neither").when("DELETE ").then(400, "{\"reason\":0}"),
            row("neither: empty").when("DELETE ?deviceName=&directoryNumber=").then(400, "{\"reason\":0}"),
            row("neither: blank")
                    .when("DELETE ?deviceName=%20&directoryNumber=+")
                    .then(400, "{\"reason\":0}"),
            row("neither: another name").when("DELETE ?device={dev}").then(400, "{\"reason\":0}"),
            row("device: the line isn't monitorable")
                    .line("{dev},{num},,false,false")
                    .recording(FORKED)
                    .when("DELETE ?deviceName={dev}")
                    .then(400, "{\"reason\":1,\"deviceName\":\"{dev}\"}"),
            row("number: the line isn't monitorable")
                    .line("{dev},{num},,false,false")
                    .recording(FORKED)
                    .when("DELETE ?directoryNumber={num}")
                    .then(400, "{\"reason\":1,\"deviceName\":\"{dev}\"}"),
            row("device: not monitorable, but not being recorded either")
                    .line("{dev},{num},,false,false")
                    .when("DELETE ?deviceName={dev}")
                    .then(409, NOT_LIVE),
            row("device: automatic recording")
                    .line("{dev},{num},,true,true")
                    .recording(FORKED)
                    .when("DELETE ?deviceName={dev}")
                    .then(400, "{\"reason\":2}"),
            row("device: automatic recording of another line")
                    .line(FREE)
                    .line("{dev},{num2},,true,true")
                    .recording(FORKED)
                    .when("DELETE ?deviceName={dev}")
                    .then(204, ""),
            row("line: no credentials")
                    .token("none")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE ?deviceName={dev}")
                    .then(401, ""),
            row("line: level 9")
                    .token("level 9")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE ?deviceName={dev}")
                    .then(403, ""),
            row("device: a manual dial-in doesn't count")
                    .line(FREE)
                    .recording("{id},{dev},{num},dial-in,manual")
                    .when("DELETE ?deviceName={dev}")
                    .then(409, NOT_LIVE),
            row("both: a manual dial-in doesn't count")
                    .line(FREE)
                    .recording("{id},{dev},{num},dial-in,manual")
                    .when("DELETE ?deviceName={dev}&directoryNumber={num}")
                    .then(409, NOT_LIVE),
            row("number: a manual dial-in")
                    .line(FREE)
                    .recording("{id},{dev},{num},dial-in,manual")
                    .when("DELETE ?directoryNumber={num}")
                    .then(204, ""),
            row("number: a manual dial-in without a device")
                    .line(FREE)
                    .recording("{id},,{num},dial-in,manual")
                    .when("DELETE ?directoryNumber={num}")
                    .then(204, ""),
            row("device: a dial-in that started automatically counts")
                    .line(FREE)
                    .recording("{id},{dev},{num},dial-in,automatic")
                    .when("DELETE ?deviceName={dev}")
                    .then(204, ""),
            row("device: a manual dial-in beside another recording goes on")
                    .line(FREE)
                    .line("{dev},{num2},,true,false")
                    .recording(FORKED)
                    .recording("{id2},{dev},{num2},dial-in,manual")
                    .before("DELETE ?deviceName={dev}")
                    .when("DELETE ?directoryNumber={num2}")
                    .then(204, ""),

            // What existing clients rely on
            row("id in upper case")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE /{ID}")
                    .then(204, ""),
            row("id without hyphens")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE /{id digits}")
                    .then(204, ""),
            row("id in braces")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE /%7B{id}%7D")
                    .then(204, ""),
            row("id in bare braces")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE /{{id}}")
                    .then(204, ""),
            row("id in parentheses")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE /({id})")
                    .then(204, ""),
            row("id in white space")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE /%20{id}%09")
                    .then(204, ""),
            row("id with a trailing slash")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE /{id}/")
                    .then(204, ""),
            row("path in lower case")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE //fw/apps/recorder/webapi/liverecordings/{id}")
                    .then(204, ""),
            row("path in upper case, by line")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE //FW/APPS/RECORDER/WEBAPI/LIVERECORDINGS?deviceName={dev}")
                    .then(204, ""),
            row("a trailing slash before the query")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE /?deviceName={dev}")
                    .then(204, ""),
            row("query names in any case")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE ?DEVICENAME={dev}&directorynumber={num}")
                    .then(204, ""),
            row("device name in lower case")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE ?deviceName={dev lower}")
                    .then(204, ""),
            row("the first of a repeated parameter")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE ?deviceName={dev}&deviceName={dev2}")
                    .then(204, ""),
            row("the first of a repeated parameter, in another case")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE ?devicename={dev2}&deviceName={dev}")
                    .then(409, NOT_LIVE),
            row("the first of a repeated parameter is blank")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE ?deviceName=&deviceName={dev}")
                    .then(400, "{\"reason\":0}"),
            row("a blank device name counts as absent")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE ?deviceName=&directoryNumber={num}")
                    .then(204, ""),
            row("E.164, encoded")
                    .line("{dev},+39{num},,true,false")
                    .recording("{id},{dev},+39{num},media-forking,manual")
                    .when("DELETE ?directoryNumber=%2B39{num}")
                    .then(204, ""),
            row("E.164, its plus sign unescaped")
                    .line("{dev},+39{num},,true,false")
                    .recording("{id},{dev},+39{num},media-forking,manual")
                    .when("DELETE ?directoryNumber=+39{num}")
                    .then(204, ""),
            row("E.164, as CUCM writes it")
                    .line("{dev},+39{num},,true,false")
                    .recording("{id},{dev},+39{num},media-forking,manual")
                    .when("DELETE ?directoryNumber=%5C%2B39{num}")
                    .then(204, ""),
            row("E.164, as CUCM writes it, unescaped")
                    .line("{dev},+39{num},,true,false")
                    .recording("{id},{dev},+39{num},media-forking,manual")
                    .when("DELETE ?directoryNumber=\\+39{num}")
                    .then(204, ""),
            row("E.164, as CUCM writes it in the inventory")
                    .line("{dev},\\+39{num},,true,false")
                    .recording("{id},{dev},\\+39{num},media-forking,manual")
                    .when("DELETE ?directoryNumber=%2B39{num}")
                    .then(204, ""),
            row("E.164 is another number than the same without its plus sign")
                    .line("{dev},+39{num},,true,false")
                    .recording("{id},{dev},+39{num},media-forking,manual")
                    .when("DELETE ?directoryNumber=39{num}")
                    .then(409, NOT_LIVE));
    // @formatter:on

    private StopContract() {}
}
