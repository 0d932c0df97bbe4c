package io.github.axoncl.bench.shared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of a Markdown page that a command writes: it stands between two comments. */
public record Markers(String name) {

    /** The text of a file with another generated part. */
    public String replaced(Path file, String generated) throws IOException {
        String text = Files.readString(file);
        String begin = "<!-- " + name + ":begin -->\n";
        String last = "<!-- " + name + ":end -->";
        int from = text.indexOf(begin);
        int to = text.indexOf(last);
        if (from < 0 || to < from) {
            throw new FailedException(file + " has no lines " + begin.strip() + " and " + last);
        }
        return text.substring(0, from + begin.length()) + generated + text.substring(to);
    }
}
