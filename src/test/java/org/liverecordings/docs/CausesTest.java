package org.liverecordings.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.liverecordings.api.signin.RefusalCause;
import org.liverecordings.text.Words;

/** Whoever looks up why somebody wasn't let in finds it. */
class CausesTest {

    private static final Pattern FIRST_COLUMN = Pattern.compile("(?m)^\\| ([^|]+) \\|");
    private static final Pattern WORD = Pattern.compile("`([a-z]+(-[a-z]+)*)`");

    @Test
    void thePageOfSignInHasAllCausesThatTheLogCanNameAndNoOther() {
        Set<String> causes =
                Stream.of(RefusalCause.values()).map(Words::of).collect(Collectors.toCollection(TreeSet::new));

        Set<String> documented = FIRST_COLUMN
                .matcher(table())
                .results()
                .flatMap(row -> WORD.matcher(row.group(1)).results())
                .map(word -> word.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(causes, documented);
    }

    private static String table() {
        String page = Pages.text(Path.of("docs/signing-in.md"));
        int start = page.indexOf("| cause | means |");
        return page.substring(start, page.indexOf("\n\n", start));
    }
}
