package org.liverecordings.api.signin.basic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liverecordings.api.signin.GivenLevel;
import org.liverecordings.support.LogLines;

class UsersFileTest {

    private static final String HASH = "$2a$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW";

    @TempDir
    Path directory;

    @Test
    void aChangeIsTakenWhenTwoLooksFindTheSame() throws IOException {
        UsersFile file = file("judy:" + HASH + ":10");
        write("kim:" + HASH + ":9");
        file.refresh();
        assertEquals(Optional.empty(), file.current().level("kim"));

        file.refresh();

        assertEquals(Optional.of(new GivenLevel(9, Set.of())), file.current().level("kim"));
        assertEquals(Optional.empty(), file.current().level("judy"));
    }

    @Test
    void whatIsStillBeingWrittenIsNotTaken() throws IOException {
        UsersFile file = file("judy:" + HASH + ":10");
        write("kim:" + HASH + ":9\n");
        file.refresh();
        write("kim:" + HASH + ":9\njudy:" + HASH + ":1\n");

        file.refresh();

        assertEquals(Optional.of(new GivenLevel(10, Set.of())), file.current().level("judy"));
    }

    @Test
    void aFileThatIsReplacedIsTaken() throws IOException {
        UsersFile file = file("judy:" + HASH + ":10");
        Path other = Files.writeString(directory.resolve("other"), "judy:" + HASH + ":9");
        Files.move(other, path(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        file.refresh();

        file.refresh();

        assertEquals(Optional.of(new GivenLevel(9, Set.of())), file.current().level("judy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"judy:secret:10", "", "  \n", "# nobody\n"})
    void aBadFileChangesNothingAndIsLoggedOnce(String content) throws IOException {
        UsersFile file = file("judy:" + HASH + ":10");
        write(content);
        String fault = content.startsWith("judy") ? ", line 1: the second field is not a bcrypt hash" : " has no users";
        try (LogLines log = LogLines.listen()) {
            for (int i = 0; i < 5; i++) {
                file.refresh();
            }

            assertEquals(
                    Optional.of(new GivenLevel(10, Set.of())), file.current().level("judy"));
            assertEquals(
                    List.of("kept users=1 because of a bad file: live-recordings.basic.users-file: " + path() + fault),
                    log.with("kept users"));
        }
    }

    @Test
    void aFileThatIsGoneChangesNothingUntilItIsBack() throws IOException {
        UsersFile file = file("judy:" + HASH + ":10");
        Files.delete(path());
        file.refresh();
        file.refresh();
        assertEquals(Optional.of(new GivenLevel(10, Set.of())), file.current().level("judy"));
        write("judy:" + HASH + ":9");
        file.refresh();

        file.refresh();

        assertEquals(Optional.of(new GivenLevel(9, Set.of())), file.current().level("judy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice:" + HASH + ":10", "alice:secret:10"})
    void aLineOfUsersInPlaceOfThePathIsNotShown(String line) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new UsersFile(Path.of(line)));

        assertEquals(
                "live-recordings.basic.users-file: can't read (not shown, since a secret may be in it)",
                e.getMessage());
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path missing = directory.resolve("missing");

        Exception e = assertThrows(IllegalArgumentException.class, () -> new UsersFile(missing));

        assertEquals("live-recordings.basic.users-file: can't read " + missing, e.getMessage());
    }

    @Test
    void aFileThatIsNotTextIsNamed() throws IOException {
        Files.write(path(), new byte[] {(byte) 0xFF, (byte) 0xFE, 0});

        Exception e = assertThrows(IllegalArgumentException.class, () -> new UsersFile(path()));

        assertEquals("live-recordings.basic.users-file: can't read " + path() + " as UTF-8", e.getMessage());
    }

    @Test
    void aFileHasALargestSize() throws IOException {
        Files.write(path(), "#".repeat(4 * 1024 * 1024 + 1).getBytes(StandardCharsets.UTF_8));

        Exception e = assertThrows(IllegalArgumentException.class, () -> new UsersFile(path()));

        assertEquals("live-recordings.basic.users-file: " + path() + " is larger than 4194304 bytes", e.getMessage());
    }

    private UsersFile file(String content) throws IOException {
        write(content);
        return new UsersFile(path());
    }

    private void write(String content) throws IOException {
        Files.writeString(path(), content);
    }

    private Path path() {
        return directory.resolve("users");
    }
}
