package org.liverecordings.audit;

/** What the trail says of failures, wherever it is written to. */
final class AuditWords {

    private AuditWords() {}

    static String cause(Throwable cause) {
        return cause.getMessage() != null
                ? cause.getMessage()
                : cause.getClass().getName();
    }
}
