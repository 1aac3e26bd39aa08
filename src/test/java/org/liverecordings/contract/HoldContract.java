package org.liverecordings.contract;

import static org.liverecordings.contract.Row.row;

import java.util.List;

/** Why something is stopped, and what isn't started again then. */
final class HoldContract {

    private static final String FREE = "{dev},{num},{user},true,false";
    private static final String FORKED = "{id},{dev},{num},media-forking,manual";
    private static final String START = "POST / {\"deviceName\":\"{dev}\"}";
    private static final String CONSENT = "DELETE ?deviceName={dev}&reason=consent-withdrawn";
    private static final String HELD = "{\"type\":\"about:blank\",\"title\":\"The line is on hold\",\"status\":409,"
            + "\"correlationId\":\"{correlation}\",\"why\":\"consent-withdrawn\",\"until\":\"<instant>\"}";
    private static final String UNUSABLE =
            "{\"type\":\"about:blank\",\"title\":\"The reason is not a text of up to 200 characters"
                    + " without control characters\",\"status\":400,\"correlationId\":\"{correlation}\"}";

    private static Row stopped(String name) {
        return row(name).line(FREE).recording(FORKED);
    }

    // @formatter:off
    static final List<Row> TABLE = List.of(
            stopped("reason: in the query").when("DELETE /{id}?reason=payment").then(204, ""),
            stopped("reason: free text")
                    .when("DELETE ?deviceName={dev}&Reason=Card%20number,%20%C3%A9")
                    .then(204, ""),
            stopped("reason: of 200 characters")
                    .when("DELETE /{id}?reason=" + "x".repeat(200))
                    .then(204, ""),
            stopped("reason: blank is none").when("DELETE /{id}?reason=%20").then(204, ""),
            stopped("reason: a body that isn't ours").when("DELETE /{id} hello").then(204, ""),
            stopped("reason: a body of something else").when("DELETE /{id} [1]").then(204, ""),
            stopped("reason: in the body")
                    .when("DELETE /{id} {\"Reason\":\"payment\"}")
                    .then(204, ""),
            stopped("reason: the same in both")
                    .when("DELETE ?deviceName={dev}&reason=payment {\"reason\":\" payment\"}")
                    .then(204, ""),
            stopped("reason: another one in the body")
                    .when("DELETE /{id}?reason=payment {\"reason\":\"legal\"}")
                    .then(400, UNUSABLE),
            stopped("reason: blank in the body")
                    .when("DELETE /{id}?reason=payment {\"reason\":\" \"}")
                    .then(204, ""),
            stopped("reason: none in the body")
                    .when("DELETE /{id} {\"reason\":null}")
                    .then(204, ""),
            stopped("reason: a number in the body is ignored")
                    .when("DELETE /{id}?reason=payment {\"reason\":7}")
                    .then(204, ""),
            stopped("reason: an object in the body is ignored")
                    .when("DELETE /{id} {\"reason\":{\"reason\":\"x\"}}")
                    .then(204, ""),
            stopped("reason: too long in the body")
                    .when("DELETE /{id} {\"reason\":\"" + "x".repeat(201) + "\"}")
                    .then(400, UNUSABLE),
            stopped("reason: a control character in the body")
                    .when("DELETE ?deviceName={dev} {\"reason\":\"a\\nb\"}")
                    .then(400, UNUSABLE),
            stopped("reason: too long in the body, with a low level")
                    .token("level 9 {user}")
                    .when("DELETE /{id} {\"reason\":\"" + "x".repeat(201) + "\"}")
                    .then(403, ""),
            stopped("reason: in the body, without credentials")
                    .token("none")
                    .when("DELETE /{id} {\"reason\":\"payment\"}")
                    .then(401, ""),
            stopped("hold: for the reason in the body")
                    .before("DELETE /{id} {\"reason\":\"consent-withdrawn\"}")
                    .when(START)
                    .then(409, HELD),
            stopped("hold: for the reason in the body, of one's own")
                    .before("[level 1 {user}] DELETE /Mine {\"reason\":\"consent-withdrawn\"}")
                    .when(START)
                    .then(409, HELD),
            stopped("reason: too long")
                    .when("DELETE /{id}?reason=" + "x".repeat(201))
                    .then(400, UNUSABLE),
            stopped("reason: a control character")
                    .when("DELETE /{id}?reason=a%0Ab")
                    .then(400, UNUSABLE),
            row("reason: too long, of one's own")
                    .token("level 1 {user}")
                    .line(FREE)
                    .recording(FORKED)
                    .when("DELETE /Mine?reason=" + "x".repeat(201))
                    .then(400, UNUSABLE),
            stopped("reason: too long, with a low level")
                    .token("level 9 {user}")
                    .when("DELETE /{id}?reason=" + "x".repeat(201))
                    .then(403, ""),
            stopped("hold: no start after a stop for want of consent")
                    .before(CONSENT)
                    .when(START)
                    .then(409, HELD),
            stopped("hold: in any case")
                    .before("DELETE ?deviceName={dev}&reason=Consent-Withdrawn")
                    .when(START)
                    .then(409, HELD.replace("consent-withdrawn", "Consent-Withdrawn")),
            stopped("hold: after a stop by id")
                    .before("DELETE /{id}?reason=consent-withdrawn")
                    .when(START)
                    .then(409, HELD),
            stopped("hold: after a stop by number")
                    .before("DELETE ?directoryNumber={num}&reason=consent-withdrawn")
                    .when(START)
                    .then(409, HELD),
            stopped("hold: after a stop of one's own")
                    .before("[level 1 {user}] DELETE /Mine?reason=consent-withdrawn")
                    .when(START)
                    .then(409, HELD),
            stopped("hold: for the line's user too")
                    .before(CONSENT)
                    .token("level 1 {user}")
                    .when("POST /")
                    .then(409, HELD),
            stopped("hold: by the number")
                    .before(CONSENT)
                    .when("POST / {\"directoryNumber\":\"{num}\"}")
                    .then(409, HELD),
            stopped("hold: not for others to know")
                    .before(CONSENT)
                    .token("level 9 other{user}")
                    .when(START)
                    .then(403, ""),
            stopped("hold: none after another reason")
                    .before("DELETE /{id}?reason=payment")
                    .when(START)
                    .then(201, "{\"id\":\"<guid>\"}"),
            stopped("hold: not on another line")
                    .line("{dev2},{num2},{user},true,false")
                    .before("DELETE ?deviceName={dev}&directoryNumber={num}&reason=consent-withdrawn")
                    .when("POST / {\"deviceName\":\"{dev2}\"}")
                    .then(201, "{\"id\":\"<guid>\"}"));
    // @formatter:on

    private HoldContract() {}
}
