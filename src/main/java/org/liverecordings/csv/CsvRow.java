package org.liverecordings.csv;

import java.util.List;

import org.liverecordings.text.Texts;
import org.liverecordings.text.Words;

/** A row's fields, by the names of their columns. */
public final class CsvRow {

    private final List<String> columns;
    private final List<String> fields;

    CsvRow(List<String> columns, List<String> fields) {
        this.columns = columns;
        this.fields = fields;
    }

    private String field(String column) {
        int index = columns.indexOf(column);
        if (index < 0) {
            throw new IllegalArgumentException("there is no column " + column);
        }
        return Texts.strip(fields.get(index));
    }

    /** Whether the file has this column. */
    public boolean has(String column) {
        return columns.contains(column);
    }

    /**
     * The field without outer white space; never null.
     *
     * @throws IllegalArgumentException if it holds what a spreadsheet made of it, or the file has no such column
     */
    public String text(String column) {
        String text = field(column);
        SpreadsheetDamage.check(column, text);
        return text;
    }

    /**
     * The field as {@link #text} has it.
     *
     * @throws IllegalArgumentException as {@link #text}, or if the field is blank
     */
    public String required(String column) {
        String text = text(column);
        if (text.isEmpty()) {
            throw new IllegalArgumentException(column + " is empty");
        }
        return text;
    }

    /**
     * @throws IllegalArgumentException if the field is neither {@code true} nor {@code false}, in any case
     */
    public boolean flag(String column) {
        String text = field(column);
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equalsIgnoreCase("false")) {
            return false;
        }
        throw new IllegalArgumentException(column + " must be true or false, not '" + text + "'");
    }

    /**
     * The constant whose name, in lower case and with hyphens, is the field's text.
     *
     * @throws IllegalArgumentException if there is none
     */
    public <E extends Enum<E>> E constant(String column, Class<E> type) {
        String text = field(column);
        StringBuilder known = new StringBuilder();
        for (E constant : type.getEnumConstants()) {
            String name = Words.of(constant);
            if (name.equalsIgnoreCase(text)) {
                return constant;
            }
            known.append(known.isEmpty() ? "" : " or ").append(name);
        }
        throw new IllegalArgumentException(column + " must be " + known + ", not '" + text + "'");
    }
}
