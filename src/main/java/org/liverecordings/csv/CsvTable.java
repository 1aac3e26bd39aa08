package org.liverecordings.csv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import org.liverecordings.text.Texts;

/** Reads a CSV file of known columns, in UTF-8, and says of a bad row where it is and what is wrong. */
public final class CsvTable {

    private static final String CLASSPATH = "classpath:";
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String location;
    private final List<String> columns;
    private final List<String> more;

    /** A table that has these columns and no other ones. */
    public CsvTable(String location, List<String> columns) {
        this(location, columns, List.of());
    }

    /**
     * @param location a file's path, or {@code classpath:} and a resource of this program
     * @param columns the names in the header line; a file that has them in this order may leave the header line out
     * @param more names that may stand in the header line besides, or instead of some of the others: which of them a row needs,
     *     its consumer knows
     */
    public CsvTable(String location, List<String> columns, List<String> more) {
        this.location = location;
        this.columns = List.copyOf(columns);
        this.more = List.copyOf(more);
    }

    /**
     * Hands each row to the consumer, which throws {@link IllegalArgumentException} for a bad one.
     *
     * @throws BadCsvException if the file can't be read, or a row is bad; rows before it were handed over
     */
    public void forEach(Consumer<CsvRow> consumer) {
        try (BufferedReader reader = open();
                CsvReader<CsvRecord> csv = CsvReader.builder()
                        .skipEmptyLines(true)
                        .allowMissingFields(true)
                        .allowExtraFields(true)
                        .ofCsvRecord(reader)) {
            List<String> present = null;
            skipByteOrderMark(reader);
            for (CsvRecord csvRecord : csv) {
                if (isBlank(csvRecord)) {
                    continue;
                }
                if (present == null && isHeader(csvRecord)) {
                    present = header(csvRecord);
                } else {
                    present = present == null ? columns : present;
                    hand(csvRecord, present, consumer);
                }
            }
        } catch (NoSuchFileException e) {
            throw new BadCsvException(location + ": no such file", e);
        } catch (CharacterCodingException e) {
            throw new BadCsvException(location + ": not UTF-8", e);
        } catch (CsvParseException e) {
            throw new BadCsvException(location + ": " + withCause(e), e);
        } catch (UncheckedIOException e) {
            throw new BadCsvException(
                    location + ": "
                            + (e.getCause() instanceof CharacterCodingException
                                    ? "not UTF-8"
                                    : "can't be read: " + withCause(e)),
                    e);
        } catch (IOException e) {
            throw new BadCsvException(location + ": can't be read: " + e.getMessage(), e);
        }
    }

    private static String withCause(RuntimeException e) {
        return e.getMessage() + (e.getCause() == null ? "" : ": " + e.getCause().getMessage());
    }

    private void hand(CsvRecord csvRecord, List<String> present, Consumer<CsvRow> consumer) {
        try {
            if (csvRecord.getFields().stream().anyMatch(CsvTable::hasLineBreak)) {
                throw new IllegalArgumentException("a field goes over several lines; is a closing quote missing?");
            }
            if (csvRecord.getFieldCount() != present.size()) {
                throw new IllegalArgumentException("has " + csvRecord.getFieldCount() + " fields instead of "
                        + present.size() + " (" + String.join(",", present) + ")"
                        + otherSeparator(csvRecord, present.size()));
            }
            consumer.accept(new CsvRow(present, csvRecord.getFields()));
        } catch (IllegalArgumentException e) {
            throw bad(csvRecord, e);
        }
    }

    private BadCsvException bad(CsvRecord csvRecord, IllegalArgumentException cause) {
        return new BadCsvException(
                location + ", line " + csvRecord.getStartingLineNumber() + ": " + cause.getMessage(), cause);
    }

    private static String otherSeparator(CsvRecord csvRecord, int fields) {
        String row = String.join(",", csvRecord.getFields());
        boolean semicolons = row.chars().filter(c -> c == ';').count() >= fields - 1;
        boolean tabs = row.chars().filter(c -> c == '\t').count() >= fields - 1;
        return semicolons || tabs
                ? "; they must be separated by commas, not by " + (semicolons ? "semicolons" : "tabs")
                : "";
    }

    private static boolean isBlank(CsvRecord csvRecord) {
        return csvRecord.getFields().stream().allMatch(Texts::isBlank);
    }

    private static boolean hasLineBreak(String field) {
        return field.indexOf('\n') >= 0 || field.indexOf('\r') >= 0;
    }

    /** No row of values has so many fields that are called like columns. */
    private boolean isHeader(CsvRecord csvRecord) {
        return csvRecord.getFields().stream()
                        .filter(field -> known(field).isPresent())
                        .count()
                >= Math.min(3, columns.size());
    }

    private Optional<String> known(String field) {
        String name = Texts.strip(field);
        return Stream.of(columns, more)
                .flatMap(List::stream)
                .filter(column -> column.equalsIgnoreCase(name))
                .findFirst();
    }

    /** The columns that are there, in their order. */
    private List<String> header(CsvRecord csvRecord) {
        List<String> present = new ArrayList<>();
        try {
            for (String field : csvRecord.getFields()) {
                String column =
                        known(field).orElseThrow(() -> new IllegalArgumentException("unknown column '" + field + "'"));
                if (present.contains(column)) {
                    throw new IllegalArgumentException("column " + column + " is there twice");
                }
                present.add(column);
            }
        } catch (IllegalArgumentException e) {
            throw bad(csvRecord, e);
        }
        return present;
    }

    private BufferedReader open() throws IOException {
        InputStream bytes;
        if (location.startsWith(CLASSPATH)) {
            String resource = location.substring(CLASSPATH.length());
            bytes = Thread.currentThread().getContextClassLoader().getResourceAsStream(resource);
            if (bytes == null) {
                throw new NoSuchFileException(location);
            }
        } else {
            bytes = Files.newInputStream(Path.of(location));
        }
        // A decoder of its own, since the default one replaces malformed bytes without a word.
        return new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()));
    }

    private static void skipByteOrderMark(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
    }
}
