package io.github.axoncl.bench.measure.gpu;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Lines of a CSV file, each of which is in the file when {@link #add} returns: a run that is killed keeps what it has.
 *
 * @param <R> a line */
final class Results<R> implements AutoCloseable {
    private final SequenceWriter writer;
    private final List<R> lines = new ArrayList<>();

    Results(Path file, Class<R> type) throws IOException {
        CsvMapper csv = new CsvMapper();
        writer = csv.writerFor(type).with(csv.schemaFor(type).withHeader()).writeValues(Files.newBufferedWriter(file));
    }

    void add(R line) {
        try {
            writer.write(line);                             // and flushes it, which is this writer's default
            lines.add(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<R> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
