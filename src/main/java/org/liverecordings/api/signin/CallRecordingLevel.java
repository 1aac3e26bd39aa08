package org.liverecordings.api.signin;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.security.PermissionChecker;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import org.liverecordings.recording.Caller;
import org.liverecordings.recording.Line;

/**
 * Who may do what. A caller's Call Recording level is the highest N among the groups {@code call-recording-lvN}; the contract's
 * "minimum authorization level" of each operation is a permission here. A group may have a level above 10: it is enough wherever 10 is.
 */
@ApplicationScoped
public class CallRecordingLevel {

    /** Needed for what concerns other people's lines: level 10, be it only on some groups of lines. Which ones, the use cases decide. */
    public static final String MANAGEMENT = "call-recording-management";

    /** Needed for what concerns everybody's lines: level 10 on all of them. */
    public static final String COMPLETE_MANAGEMENT = "call-recording-complete-management";

    /** Needed to see anything at all: level 1. On whose lines, the use cases decide. */
    public static final String OWN_LINES = "call-recording-own-lines";

    private static final String MANAGED_GROUPS = "call-recording-managed-groups";

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
    @PermissionChecker(MANAGEMENT)
    boolean hasManagement(SecurityIdentity signedIn) {
        return hasCompleteManagement(signedIn) || !managedGroups(current).isEmpty();
    }

    /** As {@link #hasManagement}. */
    @PermissionChecker(COMPLETE_MANAGEMENT)
    boolean hasCompleteManagement(SecurityIdentity signedIn) {
        return of(current) >= Caller.COMPLETE_MANAGEMENT;
    }

    /** As {@link #hasManagement}. */
    @PermissionChecker(OWN_LINES)
    boolean hasOwnLines(SecurityIdentity signedIn) {
        return of(current) >= Caller.OWN_LINES;
    }

    /** The group of that level. */
    public static String group(int level) {
        return GROUP_PREFIX + level;
    }

    /** Gives complete management of the lines of these groups to whom signs in. */
    public static void giveGroups(Set<Line.Group> groups, QuarkusSecurityIdentity.Builder whom) {
        whom.addAttribute(MANAGED_GROUPS, groups);
    }

    /** The groups of lines on which the caller has complete management; empty if there are none. */
    public static Set<Line.Group> managedGroups(SecurityIdentity identity) {
        Set<Line.Group> groups = identity.getAttribute(MANAGED_GROUPS);
        return groups == null ? Set.of() : groups;
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
