package org.liverecordings.api.signin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.security.PermissionChecker;
import io.quarkus.security.identity.SecurityIdentity;
import org.liverecordings.recording.Caller;

/**
 * Who may do what. A caller's Call Recording level is the highest N among the groups {@code call-recording-lvN}; the contract's
 * "minimum authorization level" of each operation is a permission here.
 */
@ApplicationScoped
public class CallRecordingLevel {

    /** Needed for everything on anybody's line: level 10. */
    public static final String COMPLETE_MANAGEMENT = "call-recording-complete-management";

    /** Needed to see anything at all: level 1. On whose lines, the use cases decide. */
    public static final String OWN_LINES = "call-recording-own-lines";

    private static final String GROUP_PREFIX = "call-recording-lv";
    private static final Pattern GROUP = Pattern.compile(GROUP_PREFIX + "(\\d{1,4})");

    private final SecurityIdentity current;

    CallRecordingLevel(SecurityIdentity current) {
        this.current = current;
    }

    /**
     * @param signedIn who signed in, without the groups that {@code quarkus.http.auth.roles-mapping} adds later: the current
     *     identity has them
     */
    @PermissionChecker(COMPLETE_MANAGEMENT)
    boolean hasCompleteManagement(SecurityIdentity signedIn) {
        return of(current) >= Caller.COMPLETE_MANAGEMENT;
    }

    /** As {@link #hasCompleteManagement}. */
    @PermissionChecker(OWN_LINES)
    boolean hasOwnLines(SecurityIdentity signedIn) {
        return of(current) >= 1;
    }

    /** The group of that level. */
    public static String group(int level) {
        return GROUP_PREFIX + level;
    }

    /** 0 if the caller has none. */
    public static int of(SecurityIdentity identity) {
        int highest = 0;
        for (String role : identity.getRoles()) {
            Matcher level = GROUP.matcher(role);
            if (level.matches()) {
                highest = Math.max(highest, Integer.parseInt(level.group(1)));
            }
        }
        return highest;
    }
}
