package io.github.axoncl.bench.tools.verify;

import io.github.axoncl.oracle.ProgramText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * The finished blocks of one walk, in a file to which each block adds a line, so that an interrupted walk goes on where it was.
 * The file's name contains a hash of everything the results depend on.
 */
final class WalkState {
    private static final String END = " end";

    private final Path file;
    private final Map<Integer, WalkTally> finished = new HashMap<>();

    /** Reads what an earlier run has left.
     *
     * @param folder where such files lie; made if it does not exist
     * @param title  the beginning of the file's name
     * @param key    everything the results depend on */
    WalkState(Path folder, String title, String key) throws IOException {
        Files.createDirectories(folder);
        file = folder.resolve(title + "-" + ProgramText.sha256(key.getBytes(StandardCharsets.UTF_8)).substring(0, 24)
                + ".walk");
        if (Files.exists(file)) {
            Files.readAllLines(file).forEach(this::read);
        }
    }

    /** A line that was cut off when the process ended is no finished block. */
    private void read(String line) {
        int colon = line.indexOf(": ");
        if (colon > 0 && line.endsWith(END)) {
            finished.put(Integer.valueOf(line.substring(0, colon)),
                    WalkTally.ofLine(line.substring(colon + 2, line.length() - END.length())));
        }
    }

    synchronized Map<Integer, WalkTally> finished() {
        return Map.copyOf(finished);
    }

    synchronized void add(int block, WalkTally tally) throws IOException {
        finished.put(block, tally);
        Files.writeString(file, "\n" + block + ": " + tally.toLine() + END, StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
