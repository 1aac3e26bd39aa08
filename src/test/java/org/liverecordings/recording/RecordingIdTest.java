package org.liverecordings.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingIdTest {

    private static final RecordingId EXAMPLE = new RecordingId(UUID.fromString("75a90276-e47e-4e9e-b463-e3c743d5ff3a"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "75A90276-E47E-4e9e-B463-E3C743D5FF3A",
                "75a90276-e47e-4e9e-b463-e3c743d5ff3a",
                "75A90276-E47E-4E9E-B463-E3C743D5FF3A",
                "75A90276E47E4e9eB463E3C743D5FF3A",
                "{75A90276-E47E-4e9e-B463-E3C743D5FF3A}",
                "(75A90276-E47E-4e9e-B463-E3C743D5FF3A)",
                "  75A90276-E47E-4e9e-B463-E3C743D5FF3A\t\r\n",
                " {75A90276-E47E-4e9e-B463-E3C743D5FF3A} ",
                "\u200375A90276E47E4e9eB463E3C743D5FF3A\u2003"
            })
    void everyFormOfTheVendorsParserNamesTheSameRecording(String text) {
        assertEquals(Optional.of(EXAMPLE), RecordingId.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000-0000-0000-0000-000000000000",
                "ffffffff-ffff-ffff-ffff-ffffffffffff",
                "80000000-0000-0000-8000-000000000000"
            })
    void theLimitsOfItsHalvesAreKept(String text) {
        assertEquals(
                text, RecordingId.parse(text.replace("-", "")).orElseThrow().toString());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "{}",
                "()",
                "{",
                "101",
                "1-1-1-1-1",
                "75A90276-E47E-4e9e-B463-E3C743D5FF3",
                "75A90276-E47E-4e9e-B463-E3C743D5FF3A0",
                "75A90276E47E-4e9e-B463-E3C743D5FF3A",
                "75A9-0276E47E-4e9e-B463-E3C743D5FF3A",
                "75A90276-E47E-4e9eB463-E3C743D5-FF3A",
                "75A90276E47E4e9eB463E3C743D5FF3",
                "75A90276E47E4e9eB463E3C743D5FF3A0",
                "{75A90276E47E4e9eB463E3C743D5FF3A}",
                "(75A90276E47E4e9eB463E3C743D5FF3A)",
                "{75A90276-E47E-4e9e-B463-E3C743D5FF3A",
                "75A90276-E47E-4e9e-B463-E3C743D5FF3A}",
                "{75A90276-E47E-4e9e-B463-E3C743D5FF3A)",
                "(75A90276-E47E-4e9e-B463-E3C743D5FF3A}",
                "[75A90276-E47E-4e9e-B463-E3C743D5FF3A]",
                "{{75A90276-E47E-4e9e-B463-E3C743D5FF3A}}",
                "{ 75A90276-E47E-4e9e-B463-E3C743D5FF3A }",
                "75A90276 -E47E-4e9e-B463-E3C743D5FF3A",
                "75A90276 E47E 4e9e B463 E3C743D5FF3A",
                "75A90276\n-E47E-4e9e-B463-E3C743D5FF3A",
                "75A90276-E47E-4e9e-B463-E3C743D5FF3G",
                "\u0667\u0665A90276-E47E-4e9e-B463-E3C743D5FF3A",
                "\uff17\uff15A90276-E47E-4e9e-B463-E3C743D5FF3A",
                "\uff17\uff15A90276E47E4e9eB463E3C743D5FF3A",
                "0x75A902-E47E-4e9e-B463-E3C743D5FF3A",
                "0x75A90276E47E4e9eB463E3C743D5FF",
                "{0x75a90276,0xe47e,0x4e9e,{0xb4,0x63,0xe3,0xc7,0x43,0xd5,0xff,0x3a}}",
                "+5A90276-E47E-4e9e-B463-E3C743D5FF3A",
                "-5A90276-E47E-4e9e-B463-E3C743D5FF3A",
                "+5A90276E47E4e9eB463E3C743D5FF3A",
                "75A90276E47E4e9e+463E3C743D5FF3A",
                "75A90276-+47E-4e9e-B463-E3C743D5FF3A",
                "75A90276-E47E-4e9e-B463-E3C743D5FF3A;",
                "urn:uuid:75A90276-E47E-4e9e-B463-E3C743D5FF3A"
            })
    void nothingLaxerIsAGuid(String text) {
        assertEquals(Optional.empty(), RecordingId.parse(text));
    }

    @Test
    void idsAreInTheOrderInWhichTheyAreWritten() {
        List<String> written = List.of(
                "00000000-0000-0000-0000-000000000001",
                "00000000-0000-0000-8000-000000000000",
                "7fffffff-0000-0000-0000-000000000000",
                "80000000-0000-0000-0000-000000000000",
                "ffffffff-0000-0000-0000-000000000000");
        List<String> sorted = written.stream()
                .map(text -> RecordingId.parse(text).orElseThrow())
                .sorted(Comparator.reverseOrder())
                .sorted()
                .map(RecordingId::toString)
                .toList();
        assertEquals(written, sorted);
    }

    @Test
    void itIsWrittenHyphenatedInLowerCase() {
        assertEquals("75a90276-e47e-4e9e-b463-e3c743d5ff3a", EXAMPLE.toString());
    }
}
