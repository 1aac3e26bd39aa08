package org.liverecordings.csv;

import java.util.regex.Pattern;

/**
 * What a spreadsheet makes of names and numbers that it takes for something else. A file that was opened and saved in one looks
 * right at a glance, and would replace every number of an inventory by none that anybody calls.
 */
final class SpreadsheetDamage {

    private static final Pattern ERROR = Pattern.compile(
            "#(N/A|NV|REF!|BEZUG!|NAME\\?|VALUE!|WERT!|DIV/0!|NULL!|NUM!|ZAHL!|SPILL!|CALC!)|#{2,}|(Err|Fehler):\\d+");

    private static final Pattern ROUNDED = Pattern.compile("[+-]?\\d+([.,]\\d+E[+-]?|E[+-])\\d+");

    private static final Pattern TRUTH = Pattern.compile("TRUE|FALSE|WAHR|FALSCH");

    private static final String MONTH = "(Jan|Feb|Mar|Mär|Mrz|Apr|May|Mai|Jun|Jul|Aug|Sep|Oct|Okt|Nov|Dec|Dez)";

    private static final Pattern DATE = Pattern.compile("(19|20)\\d\\d-\\d\\d-\\d\\d.*|\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}"
            + "|(\\d{1,2}[-. ]+)?" + MONTH + "[-. ]+\\d{2,4}|\\d{1,2}[-. ]+" + MONTH);

    private SpreadsheetDamage() {}

    /**
     * Checks the text of a field that holds a name or a number.
     *
     * @throws IllegalArgumentException if it shows such damage
     */
    static void check(String column, String text) {
        if (text.startsWith("=") || text.startsWith("'")) {
            throw damage(column, text, "a formula or a quoted text");
        }
        if (ERROR.matcher(text).matches()) {
            throw damage(column, text, "an error");
        }
        if (ROUNDED.matcher(text).matches()) {
            throw damage(column, text, "a rounded number");
        }
        if (TRUTH.matcher(text).matches()) {
            throw damage(column, text, "a truth value");
        }
        if (DATE.matcher(text).matches()) {
            throw damage(column, text, "a date");
        }
        text.codePoints().filter(SpreadsheetDamage::isUnseen).findFirst().ifPresent(unseen -> {
            throw new IllegalArgumentException(
                    String.format("%s has a character in it that can't be seen, U+%04X", column, unseen));
        });
    }

    private static IllegalArgumentException damage(String column, String text, String what) {
        return new IllegalArgumentException(column + " is what a spreadsheet writes for " + what + ": '" + text + "'");
    }

    private static boolean isUnseen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> c != ' ';
            default -> c == '\uFFFD';
        };
    }
}
