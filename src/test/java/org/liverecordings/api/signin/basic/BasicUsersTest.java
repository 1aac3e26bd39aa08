package org.liverecordings.api.signin.basic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.api.signin.GivenLevel;
import org.liverecordings.recording.Line;

class BasicUsersTest {

    /** Of "secret", without the prefix that names the algorithm. */
    private static final String SECRET = "04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW";

    /** Of "pass:wörd€". */
    private static final String UMLAUT = "04$abcdefghijklmnopqrstuuVZv0IHxpLlvaxgBGRwpzIliOoo8DxLG";

    /** Of 72 times "a". */
    private static final String LONGEST = "04$abcdefghijklmnopqrstuuBzzIgyKkz7xMWYSzkIjUSnxEQFQ0WNe";

    private static final Path FILE = Path.of("users");

    @ParameterizedTest
    @ValueSource(strings = {"2a", "2b", "2y"})
    void everyPrefixOfTheAlgorithmIsKnown(String prefix) {
        BasicUsers users = users("judy:$" + prefix + "$" + SECRET + ":10");

        assertTrue(users.matches("judy", "secret"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9, 10})
    void theLevelIsTheFiles(int level) {
        BasicUsers users = users("judy:$2a$" + SECRET + ":" + level);

        assertEquals(Optional.of(new GivenLevel(level, Set.of())), users.level("judy"));
    }

    @Test
    void theLevelMayBeThatOfSomeGroupsOfLines() {
        BasicUsers users = users("judy:$2a$" + SECRET + ": 10:Milan | rome: north ");

        assertEquals(
                Optional.of(new GivenLevel(1, Set.of(Line.Group.of("milan"), Line.Group.of("rome: north")))),
                users.level("judy"));
    }

    @ParameterizedTest
    @CsvSource({"judy, Secret", "judy, ''", "judy, 'secret '", "Judy, secret", "mallory, secret", "'', secret", "'', ''"
    })
    void noOtherNameOrPasswordMatches(String name, String password) {
        BasicUsers users = users("judy:$2a$" + SECRET + ":10");

        assertFalse(users.matches(name, password));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# who\n", "\n", "# who\r\n\r\n"})
    void aByteOrderMarkIsSkipped(String before) {
        BasicUsers users = users("\uFEFF" + before + "judy:$2a$" + SECRET + ":10");

        assertEquals(Optional.of(new GivenLevel(10, Set.of())), users.level("judy"));
    }

    @Test
    void whiteSpaceOfAnyKindAroundAFieldDoesNotCount() {
        BasicUsers users = users("\u00A0judy\u3000:$2a$" + SECRET + "\u200B:10\u2007");

        assertEquals(Optional.of(new GivenLevel(10, Set.of())), users.level("judy"));
    }

    @Test
    void aPasswordMayHoldColonsAndAnyLetters() {
        BasicUsers users = users("ivan:$2b$" + UMLAUT + ":10");

        assertTrue(users.matches("ivan", "pass:wörd€"));
    }

    @Test
    void aLongPasswordIsVerified() {
        BasicUsers users = users("long:$2b$" + LONGEST + ":10");

        assertTrue(users.matches("long", "a".repeat(72)));
    }

    @Test
    void commentsEmptyLinesAndWhiteSpaceDoNotCount() {
        BasicUsers users = users("# judy:x:y\n\n   \n  judy : $2a$" + SECRET + " : 10  \r\n #x");

        assertTrue(users.matches("judy", "secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "# nobody yet"})
    void aFileWithoutUsersIsRefused(String content) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> BasicUsers.parse(FILE, content));

        assertEquals("live-recordings.basic.users-file: users has no users", e.getMessage());
    }

    @Test
    void theHighestCostIsTaken() {
        BasicUsers users = users("judy:$2a$14" + SECRET.substring(2) + ":10");

        assertEquals(1, users.count());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            judy                                | not of the form user:bcrypt-hash:level
            judy:{hash}                         | not of the form user:bcrypt-hash:level
            judy:{hash}:10:                     | a group of lines must be 1 to 64 characters without =, a vertical bar or control characters, not ''
            judy:{hash}:9:milan                 | only level 10 is given on groups of lines, not 9:milan
            judy:{hash}:11:milan                | the level is not a number from 1 to 10
            :{hash}:10                          | not of the form user:bcrypt-hash:level
            judy:secret:10                      | the second field is not a bcrypt hash
            judy::10                            | the second field is not a bcrypt hash
            judy:{hash}x:10                     | the second field is not a bcrypt hash
            judy:$2x$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW:10 | the second field is not a bcrypt hash
            judy:$2a$03$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW:10 | the second field is not a bcrypt hash
            judy:$2a$32$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW:10 | the second field is not a bcrypt hash
            judy:$2a$00$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW:10 | the second field is not a bcrypt hash
            judy:$2a$15$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW:10 | the bcrypt hash has a cost of 15, so that nobody else could sign in while it is checked; at most 14
            judy:$2y$31$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW:10 | the bcrypt hash has a cost of 31, so that nobody else could sign in while it is checked; at most 14
            judy:{hash}:10:lena:{hash}:10       | the third field is not a level
            judy:{hash}:9:{hash}                | the third field is not a level
            {hash}:{hash}:9                     | not of the form user:bcrypt-hash:level
            judy:{hash}:                        | the level is not a number from 1 to 10
            judy:{hash}:0                       | the level is not a number from 1 to 10
            judy:{hash}:11                      | the level is not a number from 1 to 10
            judy:{hash}:ten                     | the level is not a number from 1 to 10
            kim:{hash}:9                        | user kim is there already
            """)
    void aBadLineIsNamedWithoutItsHash(String line, String expected) {
        String content = "kim:$2a$" + SECRET + ":9\n\n" + line.replace("{hash}", "$2a$" + SECRET);

        Exception e = assertThrows(IllegalArgumentException.class, () -> BasicUsers.parse(FILE, content));

        assertEquals("live-recordings.basic.users-file: users, line 3: " + expected, e.getMessage());
    }

    /** The checksum's last letter carries two spare bits; a decoder may or may not mind them. */
    @ParameterizedTest
    @ValueSource(strings = {".", "X", "z", "9"})
    void noHashThatIsTakenFailsTheSignIn(String lastLetter) {
        String hash = SECRET.substring(0, SECRET.length() - 1) + lastLetter;
        BasicUsers users = users("judy:$2a$" + hash + ":10");

        boolean matches = users.matches("judy", "other");

        assertFalse(matches);
    }

    private static BasicUsers users(String lines) {
        return BasicUsers.parse(FILE, lines);
    }
}
