package io.github.axoncl.bench.measure.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.axoncl.bench.Workbench;
import io.github.axoncl.bench.shared.charts.PictureFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command study writes pictures that can be read and have something in them, and numbers that are finite. */
class StudyTest {
    @Test
    void measuresFiniteFiguresAndTheSameAgain(@TempDir Path folder) throws Exception {
        Path page = Files.writeString(folder.resolve("PAGE.md"), "a\n<!-- study:begin -->\nold\n<!-- study:end -->\nb\n");
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        assertEquals(0, Workbench.execute("study", "--quick", "--out", first.toString(), "--page", page.toString()));
        assertEquals(0, Workbench.execute("study", "--quick", "--out", second.toString()));
        List<String> lines = Files.readAllLines(first.resolve("study.csv"));
        assertEquals(lines, Files.readAllLines(second.resolve("study.csv")));
        assertEquals(String.join("\n", lines) + "\n", StudyResults.parse(lines).csv());
        assertTrue(lines.size() > 50);
        for (String line : lines.subList(1, lines.size())) {
            double value = Double.parseDouble(line.substring(line.lastIndexOf(',') + 1));
            assertTrue(Double.isFinite(value) && value >= 0, line);
        }
        for (String name : List.of("gradient-start", "gradient-end", "accuracy", "dead", "rate")) {
            PictureFiles.assertPicture(first.resolve(name + ".png"));
            PictureFiles.assertSvg(first.resolve(name + ".svg"));
        }
        String text = Files.readString(page);
        assertTrue(text.contains("| sigmoid |") && !text.contains("old") && text.endsWith("b\n"), text);
    }
}
