package io.github.axoncl.bench.shared;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Rows of text under headings, for whatever shows them.
 *
 * @param title what stands above
 * @param head  the headings
 * @param rows  the cells
 */
public record Table(String title, List<String> head, List<List<String>> rows) {

    /** As Markdown, without the title. */
    public String markdown() {
        StringBuilder text = new StringBuilder(line(head)).append("|---".repeat(head.size())).append("|\n");
        rows.forEach(row -> text.append(line(row)));
        return text.toString();
    }

    private static String line(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** As plain text, the title above. */
    public String plain() {
        List<List<String>> all = new ArrayList<>(List.of(head));
        all.addAll(rows);
        StringBuilder text = new StringBuilder(title).append('\n');
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                int column = i;
                int width = all.stream().mapToInt(other -> other.get(column).length()).max().orElse(0);
                line.append(String.format("%-" + (width + 2) + "s", row.get(i)));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
