package io.github.axoncl.bench.measure.jmh;

import io.github.axoncl.bench.shared.FailedException;
import io.github.axoncl.bench.shared.Machine;
import io.github.axoncl.bench.shared.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the JMH benchmarks of this jar with JMH's own options, and compares with the copy of the same size. */
@Command(name = "jmh", mixinStandardHelpOptions = true,
        description = {"Runs the JMH benchmarks with JMH's own options, and shows each time as a multiple of a copy of the "
            + "same size in the same memory, where CopyBenchmark is among those that are run. Without any option, all of them: "
            + "that takes hours.", "",
            "Parameters: function (names of Activation: RELU, GELU, ...), backend (cpu, opencl, opencl:TEXT), memory (ARRAY, "
            + "DIRECT, DEVICE), length.",
            "For example: jmh -p function=GELU -p backend=cpu -p length=65536 -rf json -rff gelu.json 'forward|copy'"})
public final class JmhCommand implements Callable<Integer> {
    /** These print something and run nothing. */
    private static final Set<String> LISTING = Set.of("-l", "-lp", "-lprof", "-lrf");

    @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "JMH's options and patterns.")
    private List<String> arguments = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (arguments.stream().anyMatch(LISTING::contains)) {
            Main.main(arguments.toArray(String[]::new));
            return 0;
        }
        if (arguments.stream().noneMatch(argument -> argument.startsWith("backend=")) && Machine.accepted().isEmpty()) {
            spec.commandLine().getOut().println("There is no OpenCL device: the CPU alone is measured.");
            arguments.addAll(List.of("-p", "backend=cpu"));
        }
        try {
            CommandLineOptions options = new CommandLineOptions(arguments.toArray(String[]::new));
            BenchmarkTable.print(new Runner(options).run(), spec.commandLine().getOut());
            return 0;
        } catch (CommandLineOptionException e) {
            throw new UsageException(e.getMessage(), e);
        } catch (RunnerException e) {
            throw new FailedException(e.getMessage());
        }
    }
}
