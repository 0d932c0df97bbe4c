package io.github.axoncl.bench.measure.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import io.github.axoncl.bench.shared.UsageException;
import io.github.axoncl.bench.shared.charts.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Writes a report: results.json and results.csv, charts, and a page with all of it. */
final class ReportFiles {
    static final String JSON = "results.json";
    static final String CSV = "results.csv";
    static final String PAGE = "index.html";
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ReportFiles() {
    }

    /** The report in a results.json. */
    static Report read(Path json) throws IOException {
        if (!Files.isRegularFile(json)) {
            throw new UsageException(json + ": there is no such file");
        }
        try {
            return MAPPER.readValue(json.toFile(), Report.class);
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            throw new UsageException(json + ": " + e.getOriginalMessage(), e);
        }
    }

    /** Writes everything to another folder first: what does not come to its end leaves nothing half-written behind. */
    static void write(Report report, Path work, Path folder) throws IOException {
        Path made = Files.createDirectory(work.resolve("report"));
        MAPPER.writeValue(made.resolve(JSON).toFile(), report);
        CsvMapper csv = new CsvMapper();
        csv.writerFor(csv.getTypeFactory().constructCollectionType(List.class, Line.class))
                .with(csv.schemaFor(Line.class).withHeader()).writeValue(made.resolve(CSV).toFile(), report.lines());
        Map<String, Picture> pictures = new CompareCharts(report).all();
        for (Map.Entry<String, Picture> picture : pictures.entrySet()) {
            for (Picture.Form form : Picture.Form.values()) {
                picture.getValue().write(made.resolve(picture.getKey() + "." + form.name().toLowerCase(Locale.ROOT)), form);
            }
        }
        Files.writeString(made.resolve(PAGE), Page.of(report, made, List.copyOf(pictures.keySet())));
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(made)) {
            for (Path file : files.toList()) {
                Files.move(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Copies the charts, as PNG, which is the smaller form of theirs, to where a README shows them. */
    static void copyCharts(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".png")).toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
