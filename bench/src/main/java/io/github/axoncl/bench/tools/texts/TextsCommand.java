package io.github.axoncl.bench.tools.texts;

import io.github.axoncl.bench.shared.UsageException;
import io.github.axoncl.bench.tools.verify.FamilyCalls;
import io.github.axoncl.internal.opencl.KernelForm;
import io.github.axoncl.internal.opencl.RecordingBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the program texts of all families as devices get them. Needs no driver: a recording one takes the calls. */
@Command(name = "texts", mixinStandardHelpOptions = true,
        description = "Writes the OpenCL C of every program, exactly as a device gets it, with an index of kernels, build "
                + "options and work-groups. No driver is needed.",
        footer = {"", "DIR/index.tsv has a line for every kernel that is launched: its file, name, build options, function, "
            + "operation, type, tier, form, shapes, elements of the call per work-item and work-items per work-group (both of "
            + "the first shape). Texts that are equal are one file, named after the first call that needs it. The property "
            + "axoncl.opencl.tiling chooses another tiling of element-wise calls."})
public final class TextsCommand implements Callable<Integer> {
    /** Elements of a call: whole work-groups of every tiling. */
    private static final int SAMPLES = 1 << 14;
    /** Rows that fit into few work-items, registers and local memory or that are divided; powers of two or not. */
    private static final int[] LENGTHS = {1, 3, 4, 7, 16, 31, 32, 64, 100, 512, 1000, 1001, 1024, 4096, 5000, 100_000};

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The folder for the texts. Made if it does not exist; .cl files and the "
            + "index that are there are deleted.")
    private Path folder;

    @Option(names = "--form", paramLabel = "FORM", split = ",",
            description = "gpu, cpu (a CPU's driver), or both (the default).")
    private List<String> forms = new ArrayList<>(List.of("gpu", "cpu"));

    @Option(names = "--function", paramLabel = "NAME", split = ",",
            description = "Only the texts of these functions. Default: all.")
    private List<String> functions = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        TextFiles files = new TextFiles(functions);
        for (String form : forms) {
            if (!List.of("gpu", "cpu").contains(form)) {
                throw new UsageException("--form \"" + form + "\": must be gpu or cpu");
            }
            try (RecordingBackend backend = RecordingBackend.open(form.equals("gpu") ? KernelForm.GPU : KernelForm.CPU)) {
                FamilyCalls.make(backend, SAMPLES, LENGTHS);
                backend.recorded().launches().forEach(launch -> files.add(launch, form));
            }
        }
        if (files.count() == 0) {
            throw new UsageException("no text is of a function named " + String.join(" or ", functions));
        }
        files.write(folder);
        spec.commandLine().getOut().println(files.count() + " texts are in " + folder);
        return 0;
    }
}
