package org.liverecordings.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BasicUsersTest {

    /** Of "secret", without the prefix that names the algorithm. */
    private static final String SECRET = "04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW";

    /** Of "pass:wörd€". */
    private static final String UMLAUT = "04$abcdefghijklmnopqrstuuVZv0IHxpLlvaxgBGRwpzIliOoo8DxLG";

    /** Of 72 times "a". */
    private static final String LONGEST = "04$abcdefghijklmnopqrstuuBzzIgyKkz7xMWYSzkIjUSnxEQFQ0WNe";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"2a", "2b", "2y"})
    void everyPrefixOfTheAlgorithmIsKnown(String prefix) throws IOException {
        BasicUsers users = users("judy:$" + prefix + "$" + SECRET + ":10");

        assertEquals(OptionalInt.of(10), users.level("judy", "secret"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9, 10})
    void theLevelIsTheFiles(int level) throws IOException {
        BasicUsers users = users("judy:$2a$" + SECRET + ":" + level);

        assertEquals(OptionalInt.of(level), users.level("judy", "secret"));
    }

    @ParameterizedTest
    @CsvSource({"judy, Secret", "judy, ''", "judy, 'secret '", "Judy, secret", "mallory, secret", "'', secret", "'', ''"
    })
    void anyOtherNameOrPasswordHasNoLevel(String name, String password) throws IOException {
        BasicUsers users = users("judy:$2a$" + SECRET + ":10");

        assertEquals(OptionalInt.empty(), users.level(name, password));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# who\n", "\n", "# who\r\n\r\n"})
    void aByteOrderMarkIsSkipped(String before) throws IOException {
        BasicUsers users = users("\uFEFF" + before + "judy:$2a$" + SECRET + ":10");

        assertEquals(OptionalInt.of(10), users.level("judy", "secret"));
    }

    @Test
    void whiteSpaceOfAnyKindAroundAFieldDoesNotCount() throws IOException {
        BasicUsers users = users("\u00A0judy\u3000:$2a$" + SECRET + "\u200B:10\u2007");

        assertEquals(OptionalInt.of(10), users.level("judy", "secret"));
    }

    @Test
    void aPasswordMayHoldColonsAndAnyLetters() throws IOException {
        BasicUsers users = users("ivan:$2b$" + UMLAUT + ":10");

        assertEquals(OptionalInt.of(10), users.level("ivan", "pass:wörd€"));
    }

    @Test
    void aLongPasswordIsVerified() throws IOException {
        BasicUsers users = users("long:$2b$" + LONGEST + ":10");

        assertEquals(OptionalInt.of(10), users.level("long", "a".repeat(72)));
    }

    @Test
    void whatWasVerifiedOnceIsVerifiedAgain() throws IOException {
        BasicUsers users = users("judy:$2a$" + SECRET + ":10");
        users.level("judy", "secret");

        assertEquals(OptionalInt.of(10), users.level("judy", "secret"));
    }

    @Test
    void anotherPasswordIsRefusedAfterTheRightOne() throws IOException {
        BasicUsers users = users("judy:$2a$" + SECRET + ":10");
        users.level("judy", "secret");

        assertEquals(OptionalInt.empty(), users.level("judy", "secret2"));
    }

    @Test
    void commentsEmptyLinesAndWhiteSpaceDoNotCount() throws IOException {
        BasicUsers users = users("# judy:x:y\n\n   \n  judy : $2a$" + SECRET + " : 10  \r\n #x");

        assertEquals(OptionalInt.of(10), users.level("judy", "secret"));
    }

    @Test
    void aFileWithoutUsersLetsNobodyIn() throws IOException {
        BasicUsers users = users("# nobody yet");

        assertEquals(OptionalInt.empty(), users.level("judy", "secret"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            judy                                | not of the form user:bcrypt-hash:level
            judy:{hash}                         | not of the form user:bcrypt-hash:level
            judy:{hash}:10:x                    | not of the form user:bcrypt-hash:level
            :{hash}:10                          | not of the form user:bcrypt-hash:level
            judy:secret:10                      | the second field is not a bcrypt hash
            judy::10                            | the second field is not a bcrypt hash
            judy:{hash}x:10                     | the second field is not a bcrypt hash
            judy:$2x$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW:10 | the second field is not a bcrypt hash
            judy:$2a$03$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW:10 | the second field is not a bcrypt hash
            judy:$2a$32$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW:10 | the second field is not a bcrypt hash
            judy:$2a$00$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW:10 | the second field is not a bcrypt hash
            judy:{hash}:                        | the level is not a number from 1 to 10
            judy:{hash}:0                       | the level is not a number from 1 to 10
            judy:{hash}:11                      | the level is not a number from 1 to 10
            judy:{hash}:ten                     | the level is not a number from 1 to 10
            kim:{hash}:9                        | user kim is there already
            """)
    void aBadLineIsNamedWithoutItsHash(String line, String expected) throws IOException {
        Path file = file("kim:$2a$" + SECRET + ":9\n\n" + line.replace("{hash}", "$2a$" + SECRET));

        Exception e = assertThrows(IllegalArgumentException.class, () -> BasicUsers.read(file));

        assertEquals("live-recordings.basic.users-file: " + file + ", line 3: " + expected, e.getMessage());
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path file = directory.resolve("missing");

        Exception e = assertThrows(IllegalArgumentException.class, () -> BasicUsers.read(file));

        assertEquals("live-recordings.basic.users-file: can't read " + file, e.getMessage());
    }

    @Test
    void aFileThatIsNotTextIsNamed() throws IOException {
        Path file = Files.write(directory.resolve("users"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0});

        Exception e = assertThrows(IllegalArgumentException.class, () -> BasicUsers.read(file));

        assertEquals("live-recordings.basic.users-file: can't read " + file, e.getMessage());
    }

    /** The checksum's last letter carries two spare bits; a decoder may or may not mind them. */
    @ParameterizedTest
    @ValueSource(strings = {".", "X", "z", "9"})
    void noHashThatIsTakenFailsTheSignIn(String lastLetter) throws IOException {
        String hash = SECRET.substring(0, SECRET.length() - 1) + lastLetter;
        BasicUsers users = users("judy:$2a$" + hash + ":10");

        users.level("judy", "other");

        assertEquals(OptionalInt.empty(), users.level("judy", "other"));
    }

    private BasicUsers users(String lines) throws IOException {
        return BasicUsers.read(file(lines));
    }

    private Path file(String lines) throws IOException {
        return Files.writeString(directory.resolve("users"), lines);
    }
}
