package org.liverecordings.api.signin.bearer;

import java.util.List;
import java.util.function.Function;

import org.eclipse.microprofile.config.Config;
import org.liverecordings.text.Words;

/** The settings of sign-in that are lists, beside {@link SignInConfig}: commas divide, a comma in an element has a backslash before it. */
public enum SignInList {

    /** The issuers' addresses. Each one's keys are found by {@code <issuer>/.well-known/openid-configuration}. */
    ISSUERS(20, ""),

    /** The audiences, one of which tokens must name. Without it none is asked for. */
    AUDIENCES(20, ""),

    /**
     * The signature algorithms that are accepted: {@code RS256}, {@code PS256}, {@code ES256}, each also with 384 and 512, and
     * {@code EdDSA}.
     */
    ALGORITHMS(20, "RS256,ES256"),

    /**
     * Where in a token groups are, such as {@code realm_access/roles}. All that exist count. A text is split at spaces; a name with
     * slashes is quoted.
     */
    GROUPS_CLAIMS(20, "groups"),

    /**
     * The Call Recording level of groups of people, {@code <group>=<level>}, such as {@code /Supervisors=10,Agents\, Milan=1}. It stands
     * after the last {@code =}. {@code <group>=10:milan|rome} is level 10 on the lines of some groups.
     */
    LEVELS(1000, ""),

    /** Where in a token the caller's name is. The first that exists counts. */
    NAME_CLAIMS(20, "upn,preferred_username,sub"),

    /** What is cut off the name, such as {@code @corp.example.com}. */
    NAME_SUFFIXES(20, "");

    private final int most;
    private final String usual;

    SignInList(int most, String usual) {
        this.most = most;
        this.usual = usual;
    }

    /** What the setting is called. */
    public String setting() {
        return "live-recordings.sign-in." + Words.of(this);
    }

    /** How many elements it may have. */
    public int most() {
        return most;
    }

    /** What counts if the setting isn't there; empty for no elements. */
    public String usual() {
        return usual;
    }

    /**
     * The elements, each parsed.
     *
     * @throws IllegalArgumentException if there are too many, or if one can't be parsed; the message names the setting
     */
    <T> List<T> read(Config config, Function<String, T> parser) {
        List<T> set = ListSetting.read(config, setting(), most, parser);
        return set.isEmpty() ? ListSetting.split(usual).stream().map(parser).toList() : set;
    }
}
