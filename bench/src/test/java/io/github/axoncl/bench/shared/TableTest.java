package io.github.axoncl.bench.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final Table TABLE = new Table("title", List.of("name", "ns"),
            List.of(List.of("a|b", "1.25"), List.of("longer", "-"), List.of("", "1,024")));

    @Test
    void markdownEscapesWhatSeparatesCells() {
        assertEquals("| name | ns |\n|---|---|\n| a\\|b | 1.25 |\n| longer | - |\n|  | 1,024 |\n", TABLE.markdown());
    }

    @Test
    void numbersAreAlignedAtTheRight() {
        assertEquals("title\nname       ns\na|b      1.25\nlonger      -\n        1,024\n", TABLE.plain());
    }

    @Test
    void linesHaveTheWidthsOfTheirFormats() {
        StringWriter text = new StringWriter();
        Table.Lines lines = new Table.Lines(new PrintWriter(text)).column("name", "%-5s|").column("n", "%,7d")
                .column("ratio", "%6.2f").column("", " %s").head();
        lines.row("relu", 1234567, 0.5, "");
        lines.row("a long one", 1, "-", "why");
        assertEquals(List.of("name |       n  ratio", "relu | 1,234,567   0.50", "a long one|       1      -  why"),
                text.toString().lines().toList());
    }
}
