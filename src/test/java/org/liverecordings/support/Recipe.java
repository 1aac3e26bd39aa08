package org.liverecordings.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files that the documentation shows, so that the tests run what an operator copies. */
public final class Recipe {

    private Recipe() {}

    /**
     * A file as a page shows it: the block whose first line is a comment that begins with the file's name.
     *
     * @param page below {@code docs}
     */
    public static String of(String page, String file) {
        Pattern block =
                Pattern.compile("(?ms)^```[a-z]*\\n(?:[#;]|--) " + Pattern.quote(file) + "\\b[^\\n]*\\n(.*?)^```$");
        try {
            Matcher found = block.matcher(Files.readString(Path.of("docs", page)));
            if (!found.find()) {
                throw new IllegalStateException("docs/" + page + " shows no " + file);
            }
            return found.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
