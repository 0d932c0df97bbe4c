package io.github.axoncl.internal.kernel;

import io.github.axoncl.KernelBuildException;

/** A kernel text with the name it is reported under; makes the errors that point into it. */
record SourceText(String name, String text) {
    /** More than a hundred times the longest kernel file; text beyond is hostile or a mistake. */
    static final int MAX_LENGTH = 1 << 20;

    SourceText {
        if (text.length() > MAX_LENGTH) {
            throw new KernelBuildException(name + ": the text has " + text.length() + " characters; at most " + MAX_LENGTH
                    + " are allowed", "");
        }
    }

    /** The number of the line that an offset is in, from 1. */
    int line(int offset) {
        return 1 + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    /** An error at a place: file, line and column, the message, and the line with a mark under the place. */
    KernelBuildException error(int offset, String message) {
        int at = Math.min(offset, text.length());
        int lineStart = text.lastIndexOf('\n', at - 1) + 1;
        int lineEnd = text.indexOf('\n', at);
        String line = text.substring(lineStart, lineEnd < 0 ? text.length() : lineEnd).stripTrailing();
        int lineNumber = line(lineStart);
        int column = at - lineStart + 1;
        String shown = line.length() > 200 ? line.substring(0, 200) + "..." : line;
        String mark = column <= 200 ? "\n    " + " ".repeat(column - 1) + "^" : "";
        String full = name + ":" + lineNumber + ":" + column + ": " + message + "\n    " + shown.replace('\t', ' ') + mark;
        return new KernelBuildException(full, full);
    }
}
