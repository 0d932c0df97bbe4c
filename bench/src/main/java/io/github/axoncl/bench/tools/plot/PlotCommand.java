package io.github.axoncl.bench.tools.plot;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.bench.shared.FunctionNames;
import io.github.axoncl.bench.shared.KernelFile;
import io.github.axoncl.bench.shared.Machine;
import io.github.axoncl.bench.shared.ParameterValues;
import io.github.axoncl.bench.shared.UsageException;
import io.github.axoncl.bench.shared.charts.Picture;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws functions: one picture for each, and for all of them a page that shows them. */
@Command(name = "plot", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Draws f, f' and their errors in ULP along a line: for every function DIR/NAME.png and DIR/NAME.svg. "
            + "A point of an error is the largest one among " + ErrorCurve.INPUTS_PER_PART + " inputs in 1/" + ErrorCurve.PARTS
            + " of the line. With --all, DIR/README.md shows all pictures. Needs no display."})
public final class PlotCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Choice choice;

    /** Which functions; one of them. */
    static final class Choice {
        @Option(names = "--function", paramLabel = "NAME", split = ",", description = "One or more functions of AxonCL.")
        List<String> functions;

        @Option(names = "--all", description = "Every element-wise function.")
        boolean all;

        @Option(names = "--kernel", paramLabel = "FILE.cl", description = "A function of your own; without errors, for which "
                + "there is no oracle.")
        Path kernel;
    }

    @Option(names = "--param", paramLabel = "NAME=VALUE", description = "The value of a parameter, for every function that is "
            + "drawn; may be repeated.")
    private List<String> parameters = List.of();

    @Option(names = "--range", paramLabel = "A:B", defaultValue = "-8:8", description = "The line (default: ${DEFAULT-VALUE}).")
    private String range;

    @Option(names = "--form", paramLabel = "FORM", split = ",", description = "png, svg or both (the default).")
    private List<String> forms = List.of("png", "svg");

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder to write to; it is made.")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        System.setProperty("java.awt.headless", "true");
        PrintWriter out = spec.commandLine().getOut();
        List<ActivationFunction> functions = functions();
        double[] ends = ends();
        Set<Picture.Form> wanted = forms();
        Files.createDirectories(folder);
        try (Backend cpu = Machine.cpu(true)) {
            for (ActivationFunction function : functions) {
                FunctionPicture drawn = new FunctionPicture(cpu, function, ends[0], ends[1]);
                for (Picture.Form form : wanted) {
                    drawn.picture().write(folder.resolve(file(function, form)), form);
                }
                out.println(function.describe() + ": " + drawn.summary());
                out.flush();
            }
        }
        if (choice.all) {
            Files.writeString(folder.resolve("README.md"), page(functions, wanted));
        }
        out.println(functions.size() + " functions drawn in " + folder);
        out.flush();
        return 0;
    }

    private List<ActivationFunction> functions() {
        ParameterValues values = new ParameterValues(parameters);
        if (choice.kernel != null) {
            return List.of(KernelFile.load(choice.kernel, values.all()));
        }
        List<KernelFunction> chosen = choice.all ? List.of(Activation.values())
                : choice.functions.stream().map(String::strip).map(FunctionNames::find).distinct().toList();
        List<ActivationFunction> functions = new ArrayList<>();
        for (KernelFunction function : chosen) {
            if (!(values.on(function) instanceof ActivationFunction one)) {
                throw new UsageException(function.id() + " is not element-wise and cannot be drawn along a line");
            }
            functions.add(one);
        }
        return functions;
    }

    private double[] ends() {
        String[] texts = range.split(":", -1);
        if (texts.length == 2) {
            double from = ParameterValues.number(texts[0], "--range \"" + range + "\"");
            double to = ParameterValues.number(texts[1], "--range \"" + range + "\"");
            if (from < to && Float.isFinite((float) from) && Float.isFinite((float) to) && (float) from < (float) to) {
                return new double[] {from, to};
            }
        }
        throw new UsageException("--range \"" + range + "\": must be A:B with float32 numbers A < B, for example --range=-3:3");
    }

    private Set<Picture.Form> forms() {
        Set<Picture.Form> wanted = EnumSet.noneOf(Picture.Form.class);
        for (String form : forms) {
            try {
                wanted.add(Picture.Form.valueOf(form.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new UsageException("--form \"" + form + "\": must be png or svg", e);
            }
        }
        return wanted;
    }

    private static String file(ActivationFunction function, Picture.Form form) {
        return function.id() + "." + form.name().toLowerCase(Locale.ROOT);
    }

    private String page(List<ActivationFunction> functions, Set<Picture.Form> wanted) {
        StringBuilder text = new StringBuilder("# The functions, drawn\n\nf and f' from " + range.replace(":", " to ")
                + ", and their errors against an oracle that is wider than float32, in ULP: each point is the\n"
                + "largest error among " + ErrorCurve.INPUTS_PER_PART + " inputs in 1/" + ErrorCurve.PARTS
                + " of the line. Softmax depends on a whole row and is not drawn. Made by\n\n```\n"
                + "java -jar bench/target/axoncl-bench.jar plot --all --form png --out bench/gallery\n```\n\n");
        for (ActivationFunction function : functions) {
            text.append("![").append(function.describe()).append("](").append(file(function, wanted.iterator().next()))
                    .append(")\n");
        }
        return text.toString();
    }
}
