package io.github.axoncl.bench.tools.functions;

import io.github.axoncl.bench.shared.Markers;
import io.github.axoncl.bench.shared.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the table of functions and keeps the copy in the README true. */
@Command(name = "functions", mixinStandardHelpOptions = true,
        description = "Prints the table of functions: formula, parameters, operations.")
public final class FunctionsCommand implements Callable<Integer> {
    private static final Markers MARKERS = new Markers("functions");

    @Spec
    private CommandSpec spec;

    @ArgGroup
    private Form form = new Form();

    /** What to do with the table; one of them. */
    static final class Form {
        @Option(names = "--markdown", description = "Print it as a Markdown table.")
        boolean markdown;

        @Option(names = "--check", paramLabel = "FILE",
                description = "Fail (exit code 1) if the table between the markers in FILE is another one.")
        Path check;

        @Option(names = "--write", paramLabel = "FILE", description = "Put the Markdown table between the markers in FILE.")
        Path write;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Table table = FunctionTable.table();
        if (form.check != null) {
            out.println(MARKERS.check(form.check, table.markdown(), "the table of functions"));
        } else if (form.write != null) {
            MARKERS.write(form.write, table.markdown());
        } else {
            out.print(form.markdown ? table.markdown() : table.plain());
        }
        out.flush();
        return 0;
    }
}
