package org.liverecordings.api.audit;

import java.io.IOException;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.stream.Collectors;

import de.siegmar.fastcsv.writer.CsvWriter;

/** Writes a page of the audit trail as CSV. */
final class AuditCsv {

    static final String MEDIA_TYPE = "text/csv";

    private static final String[] COLUMNS = {
        "askedAt",
        "operation",
        "user",
        "level",
        "address",
        "askedId",
        "deviceName",
        "directoryNumber",
        "outcome",
        "reason",
        "confirmed",
        "endedAt",
        "durationMs",
        "cause",
        "repetition",
        "replica",
        "correlationId",
        "id",
        "why"
    };

    /** What a spreadsheet may take for a formula, or for the beginning of one once it has dropped what is before it. */
    private static final String DANGEROUS = "=+-@\t\r\n";

    private AuditCsv() {}

    static String of(AuditBody page) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            csv.writeRecord(COLUMNS);
            for (AuditBody.Entry entry : page.entries()) {
                csv.writeRecord(
                        Arrays.stream(fields(entry)).map(AuditCsv::harmless).toArray(String[]::new));
            }
        } catch (IOException e) {
            throw new IllegalStateException("a string takes everything", e);
        }
        return text.toString();
    }

    private static Object[] fields(AuditBody.Entry entry) {
        return new Object[] {
            entry.askedAt(),
            entry.operation(),
            entry.user(),
            entry.level(),
            entry.address(),
            entry.askedId(),
            entry.deviceName(),
            entry.directoryNumber(),
            entry.outcome(),
            entry.reason(),
            entry.confirmations().stream()
                    .map(confirmation -> (confirmation.recordingId() == null ? "unnamed" : confirmation.recordingId())
                            + " at " + confirmation.at() + (confirmation.inferred() ? " inferred" : ""))
                    .collect(Collectors.joining("; ")),
            entry.endedAt(),
            entry.durationMs(),
            entry.cause(),
            entry.repetition(),
            entry.replica(),
            entry.correlationId(),
            entry.id(),
            entry.why()
        };
    }

    /** An apostrophe tells a spreadsheet that what follows is text. */
    private static String harmless(Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        String begin = text.stripLeading();
        boolean dangerous = !begin.isEmpty() && DANGEROUS.indexOf(begin.charAt(0)) >= 0
                || !text.isEmpty() && DANGEROUS.indexOf(text.charAt(0)) >= 0;
        return dangerous ? "'" + text : text;
    }
}
