package org.liverecordings.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {

    private static final List<String> COLUMNS = List.of("name", "loud", "colour");

    @TempDir
    Path directory;

    private enum Colour {
        RED,
        DARK_BLUE
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name,loud,colour\nann,true,red\nbob,FALSE,dark-blue\n",
                "NAME, Loud ,colour\nann,true,red\nbob,false,dark-blue",
                "ann,true,red\nbob,false,Dark-Blue\n",
                "\uFEFFname,loud,colour\nann,true,red\nbob,false,dark-blue\n",
                "\uFEFFann,true,red\nbob,false,dark-blue\n",
                "name,loud,colour\r\nann,true,red\r\nbob,false,dark-blue\r\n",
                "\n\nname,loud,colour\n\nann,true,red\n\n\nbob,false,dark-blue\n\n",
                "\"name\",\"loud\",\"colour\"\n\"ann\",\"true\",\"red\"\n\"bob\",\"false\",\"dark-blue\"\n",
                " ann\t, true ,red \n bob,false, dark-blue\n",
                "\u00A0ann\u2007,true\u202F,\u3000red\n\u200Bbob,\u00A0false,dark-blue\uFEFF\n",
                ",,\nname,loud,colour\n,,,,\nann,true,red\n \u00A0 ,\t,\"\"\nbob,false,dark-blue\n,,\n"
            })
    void rowsAreReadHoweverTheyAreWritten(String text) throws IOException {
        assertEquals(List.of("ann true RED", "bob false DARK_BLUE"), rows(file(text)));
    }

    @Test
    void quotesKeepCommasAndQuotes() throws IOException {
        assertEquals(List.of("o'\"ann\", jr true RED"), rows(file("\"o'\"\"ann\"\", jr\",true,red\n")));
    }

    @Test
    void otherScriptsAreRead() throws IOException {
        assertEquals(List.of("Ζωή 🎧 true RED"), rows(file("Ζωή 🎧,true,red\n")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF", "\n", "\r\n\r\n", "name,loud,colour", "name,loud,colour\n"})
    void aFileMayHaveNoRows(String text) throws IOException {
        assertEquals(List.of(), rows(file(text)));
    }

    @Test
    void aHeaderIsOneInTheFirstRowOnly() throws IOException {
        String file = file("ann,true,red\nname,loud,colour\n");
        assertEquals(file + ", line 2: loud must be true or false, not 'loud'", refusal(file));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ann,true | has 2 fields instead of 3 (name,loud,colour)",
                "ann,true,red, | has 4 fields instead of 3 (name,loud,colour)",
                "ann;true;red | has 1 fields instead of 3 (name,loud,colour); they must be separated by commas, not by semicolons",
                "'ann\ttrue\tred' | has 1 fields instead of 3 (name,loud,colour); they must be separated by commas, not by tabs",
                "1,5;true;red | has 2 fields instead of 3 (name,loud,colour); they must be separated by commas, not by semicolons",
                "ann,true,red,,,, | has 7 fields instead of 3 (name,loud,colour)",
                ",true,red | name is empty",
                "'  ,true,red' | name is empty",
                "ann,yes,red | loud must be true or false, not 'yes'",
                "ann,,red | loud must be true or false, not ''",
                "ann,1,red | loud must be true or false, not '1'",
                "ann,true,blue | colour must be red or dark-blue, not 'blue'",
                "ann,true,DARK_BLUE | colour must be red or dark-blue, not 'DARK_BLUE'",
                "ann,true, | colour must be red or dark-blue, not ''"
            })
    void aBadRowIsRefusedWithItsLine(String row, String reason) throws IOException {
        String file = file("name,loud,colour\nann,true,red\n" + row + "\n");
        assertEquals(file + ", line 3: " + reason, refusal(file));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3.90585E+11 | a rounded number",
                "'\"3,90585E+11\"' | a rounded number",
                "3E+11 | a rounded number",
                "1.2E-05 | a rounded number",
                "'=\"+39101\"' | a formula or a quoted text",
                "=A1 | a formula or a quoted text",
                "#N/A | an error",
                "#NV | an error",
                "#REF! | an error",
                "#BEZUG! | an error",
                "#NAME? | an error",
                "#DIV/0! | an error",
                "##### | an error",
                "Err:502 | an error",
                "TRUE | a truth value",
                "WAHR | a truth value",
                "Jan-01 | a date",
                "01-Jan | a date",
                "1. Dez | a date",
                "2026-01-31 | a date",
                "31.01.2026 | a date",
                "1/31/26 | a date"
            })
    void whatASpreadsheetMadeOfANameIsRefused(String field, String what) throws IOException {
        String file = file("name,loud,colour\nann,true,red\n" + field + ",true,red\n");
        String text = field.startsWith("\"") ? field.replace("\"", "") : field;
        assertEquals(
                file + ", line 3: name is what a spreadsheet writes for " + what + ": '" + text + "'", refusal(file));
    }

    @Test
    void anApostropheThatMakesATextOfANumberIsRefused() throws IOException {
        String file = file("'+39101,true,red\n");
        assertEquals(
                file + ", line 1: name is what a spreadsheet writes for a formula or a quoted text: ''+39101'",
                refusal(file));
    }

    @ParameterizedTest
    @CsvSource({"a\u00A0b, 00A0", "a\u200Bb, 200B", "a\tb, 0009", "a\u202Eb, 202E", "a\u2028b, 2028", "a\uFFFDb, FFFD"})
    void aCharacterThatCantBeSeenInsideANameIsRefused(String name, String code) throws IOException {
        String file = file(name + ",true,red\n");
        assertEquals(file + ", line 1: name has a character in it that can't be seen, U+" + code, refusal(file));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sep",
                "MARY",
                "June",
                "Jan",
                "SEP-0001",
                "E12",
                "12E34",
                "#1",
                "o'neil",
                "true.love",
                "x=1",
                "a b"
            })
    void aNameThatOnlyLooksLikeDamageIsRead(String name) throws IOException {
        assertEquals(List.of(name + " true RED"), rows(file(name + ",true,red\n")));
    }

    @Test
    void emptyLinesCountAsLines() throws IOException {
        String file = file("name,loud,colour\r\n\r\n\r\nann,true,red\r\n\r\nann,maybe,red\r\n");
        assertEquals(file + ", line 6: loud must be true or false, not 'maybe'", refusal(file));
    }

    @Test
    void aFieldOverSeveralLinesIsRefusedWithTheLineItBeginsIn() throws IOException {
        String file = file("ann,true,red\n\"bob\nby\",true,red\nann,true,red\n");
        assertEquals(file + ", line 2: a field goes over several lines; is a closing quote missing?", refusal(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"bob,true,red", "bob,\"true,red", "bob,true,\"red"})
    void aQuoteThatIsNeverClosedIsRefusedWithTheLineItBeginsIn(String row) throws IOException {
        String file = file("name,loud,colour\nann,true,red\n" + row + "\n" + "ann,true,red\n".repeat(1000));
        assertEquals(file + ", line 3: a field goes over several lines; is a closing quote missing?", refusal(file));
    }

    @Test
    void aQuoteThatIsNeverClosedInTheLastRowIsRefused() throws IOException {
        String file = file("ann,true,\"red\n");
        assertEquals(file + ", line 1: a field goes over several lines; is a closing quote missing?", refusal(file));
    }

    @Test
    void whatFollowsAClosingQuoteIsRefused() throws IOException {
        String file = file("name,loud,colour\n\"ann\"x,true,red\n");
        assertEquals(
                file + ": Exception when reading record that started in line 2: "
                        + "Unexpected character after closing quote: 'x' (0x78)",
                refusal(file));
    }

    @Test
    void rowsBeforeABadOneWereHandedOver() throws IOException {
        String file = file("ann,true,red\nbob,maybe,red\n");
        List<String> read = new ArrayList<>();
        assertThrows(BadCsvException.class, () -> read(file, read));
        assertEquals(List.of("ann true RED"), read);
    }

    @Test
    void whatIsNotUtf8IsRefused() throws IOException {
        Path file =
                Files.write(directory.resolve("latin1.csv"), "zoë,true,red\n".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(file + ": not UTF-8", refusal(file.toString()));
    }

    @Test
    void whatIsNotUtf8FarIntoALongFileIsRefused() throws IOException {
        String rows = "ann,true,red\n".repeat(10_000) + "zoë,true,red\n";
        Path file = Files.write(directory.resolve("latin1.csv"), rows.getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(file + ": not UTF-8", refusal(file.toString()));
    }

    @Test
    void aMissingFileIsRefused() {
        String file = directory.resolve("missing.csv").toString();
        assertEquals(file + ": no such file", refusal(file));
    }

    @Test
    void aDirectoryIsRefused() {
        String file = directory.toString();
        assertEquals(file + ": can't be read: Is a directory", refusal(file));
    }

    @Test
    void aResourceOfTheProgramIsRead() {
        List<String> devices = new ArrayList<>();
        new CsvTable(
                        "classpath:sample/lines.csv",
                        List.of("deviceName", "directoryNumber", "username", "tapiMonitorable", "automaticRecording"))
                .forEach(row -> devices.add(row.text("deviceName")));
        assertEquals("SEP123456789ABC", devices.get(0));
        assertEquals(9, devices.size());
    }

    @Test
    void aMissingResourceIsRefused() {
        assertEquals("classpath:sample/missing.csv: no such file", refusal("classpath:sample/missing.csv"));
    }

    private static String refusal(String location) {
        return assertThrows(BadCsvException.class, () -> rows(location)).getMessage();
    }

    private static List<String> rows(String location) {
        List<String> read = new ArrayList<>();
        read(location, read);
        return read;
    }

    private static void read(String location, List<String> into) {
        new CsvTable(location, COLUMNS)
                .forEach(row -> into.add(
                        row.required("name") + " " + row.flag("loud") + " " + row.constant("colour", Colour.class)));
    }

    private String file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "table", ".csv"), text)
                .toString();
    }
}
