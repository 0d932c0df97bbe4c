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
}
