package org.liverecordings.csv;

/** A CSV file that can't be used; the message names the file, the line where there is one, and the reason. */
public class BadCsvException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message never null
     * @param cause null if the content alone is bad
     */
    public BadCsvException(String message, Throwable cause) {
        super(message, cause);
    }
}
