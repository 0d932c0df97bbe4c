package io.github.axoncl.bench.measure.compare;

import static j2html.TagCreator.body;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.style;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;

import io.github.axoncl.bench.shared.Table;
import j2html.tags.DomContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One page with everything, that needs no other file. */
final class Page {
    private static final String TITLE = "AxonCL compared";
    private static final String STYLE = "body{font:14px sans-serif;margin:2em;max-width:1100px}"
            + "table{border-collapse:collapse;margin:0 0 2em}td,th{border:1px solid #ddd;padding:3px 8px;text-align:left}"
            + "th{background:#f4f4f4}svg{max-width:100%;height:auto}";

    private Page() {
    }

    static String of(Report report, Path folder, List<String> charts) throws IOException {
        Tables tables = new Tables(report);
        List<DomContent> parts = new ArrayList<>();
        parts.add(h1(TITLE));
        parts.add(p("Each library computed the same normally distributed inputs (sigma 2) in a JVM of its own, the libraries "
                + "taking turns; times are medians of these JVMs. A copy is one of as many floats by all threads in the same "
                + "JVM. Errors are the largest over finite inputs of all magnitudes, in units of the last place of the exact "
                + "value."));
        parts.add(shown(tables.facts()));
        parts.add(shown(tables.participants()));
        if (!report.failures().isEmpty()) {
            parts.add(shown(tables.failures()));
        }
        for (String chart : charts) {
            parts.add(rawHtml(svg(folder.resolve(chart + ".svg"))));
        }
        parts.add(shown(tables.fronts()));
        parts.add(shown(tables.misses(report.lengths())));
        for (int length : report.lengths()) {
            for (String operation : List.of("forward", "backward")) {
                parts.add(shown(tables.all(operation, length)));
            }
        }
        return document(html(head(meta().withCharset("utf-8"), title(TITLE), style(STYLE)),
                body(each(parts, part -> part))).attr("lang", "en"));
    }

    private static DomContent shown(Table table) {
        return each(h2(table.title()), table(thead(tr(each(table.head(), cell -> th(cell)))),
                tbody(each(table.rows(), row -> tr(each(row, cell -> td(cell)))))));
    }

    /** The picture without the lines that only a file of its own has. */
    private static String svg(Path file) throws IOException {
        String text = Files.readString(file);
        return text.substring(text.indexOf("<svg"));
    }
}
