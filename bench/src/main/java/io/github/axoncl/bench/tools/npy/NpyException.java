package io.github.axoncl.bench.tools.npy;

import java.nio.file.Path;

/** A file that is not a {@code .npy} file of the supported kind; the message names the file and what was found in it. */
public final class NpyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NpyException(String message) {
        super(message);
    }

    NpyException(Path file, String message) {
        super(file + ": " + message);
    }

    /** What a foreign file says, for a message: strings in quotes, without control characters, not endless. */
    static String show(Object value) {
        String shown = String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
        shown = shown.length() <= 80 ? shown : shown.substring(0, 77) + "...";
        return value instanceof String ? "'" + shown + "'" : shown;
    }
}
