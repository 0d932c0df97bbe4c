package io.github.axoncl.bench.shared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of a Markdown page that a command writes: it stands between two comments. */
public record Markers(String name) {

    /** Writes the part. */
    public void write(Path file, String generated) throws IOException {
        Files.writeString(file, replaced(file, generated));
    }

    /** Fails if the part, which has this title, is another one; else the news that it is not. */
    public String check(Path file, String generated, String title) throws IOException {
        if (!replaced(file, generated).equals(Files.readString(file))) {
            throw new FailedException(title + " in " + file + " is stale; run " + name + " --write " + file);
        }
        return title + " in " + file + " is up to date";
    }

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
