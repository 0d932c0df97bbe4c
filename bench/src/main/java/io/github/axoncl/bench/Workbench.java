package io.github.axoncl.bench;

import io.github.axoncl.DeviceException;
import io.github.axoncl.KernelBuildException;
import io.github.axoncl.bench.measure.compare.CompareCommand;
import io.github.axoncl.bench.measure.gpu.GpuCommand;
import io.github.axoncl.bench.measure.jmh.JmhCommand;
import io.github.axoncl.bench.measure.model.ModelCommand;
import io.github.axoncl.bench.measure.regret.RegretCommand;
import io.github.axoncl.bench.measure.staging.StagingCommand;
import io.github.axoncl.bench.measure.study.StudyCommand;
import io.github.axoncl.bench.shared.FailedException;
import io.github.axoncl.bench.shared.NotAvailableException;
import io.github.axoncl.bench.shared.UsageException;
import io.github.axoncl.bench.tools.DevicesCommand;
import io.github.axoncl.bench.tools.HugeCommand;
import io.github.axoncl.bench.tools.apply.ApplyCommand;
import io.github.axoncl.bench.tools.demo.DemoCommand;
import io.github.axoncl.bench.tools.functions.FunctionsCommand;
import io.github.axoncl.bench.tools.plot.PlotCommand;
import io.github.axoncl.bench.tools.texts.TextsCommand;
import io.github.axoncl.bench.tools.verify.VerifyCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: its commands, and what an exit code means. */
@Command(name = "axoncl-bench", mixinStandardHelpOptions = true, version = "AxonCL workbench 0.1.0-SNAPSHOT",
        description = "Shows, checks and measures AxonCL on this machine.",
        subcommands = {DevicesCommand.class, FunctionsCommand.class, DemoCommand.class, VerifyCommand.class,
            ApplyCommand.class, PlotCommand.class, StudyCommand.class, CompareCommand.class, RegretCommand.class,
            JmhCommand.class, ModelCommand.class, TextsCommand.class, GpuCommand.class, StagingCommand.class, HugeCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:a computation or a check failed", "2:wrong usage", "3:a backend that was asked for is not "
            + "available"})
public final class Workbench implements Runnable {
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;
    static final int NOT_AVAILABLE = 3;

    /** The commands that compute, and so want the JVM with its vector module. */
    private static final List<String> COMPUTING = List.of("devices", "demo", "verify", "jmh", "apply", "study", "compare",
            "regret", "gpu", "huge", "staging");

    @Spec
    private CommandSpec spec;

    /** Runs one command and exits with its code.
     *
     * @param args the command line */
    public static void main(String[] args) {
        boolean computes = args.length > 0 && COMPUTING.contains(args[0])
                && !List.of(args).contains("--help") && !List.of(args).contains("-h");
        OptionalInt child = computes ? VectorModule.runChild(Workbench.class, args) : OptionalInt.empty();
        System.exit(child.isPresent() ? child.getAsInt() : execute(args));
    }

    /** Runs one command; its exit code. */
    public static int execute(String... args) {
        return commandLine().execute(args);
    }

    /** All commands. */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Workbench());
        commandLine.getSubcommands().get("regret").setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.getSubcommands().get("jmh").setUnmatchedOptionsArePositionalParams(true);
        return handled(commandLine);
    }

    /** The same command line, with the meaning of exceptions. */
    public static CommandLine handled(CommandLine commandLine) {
        commandLine.setUsageHelpWidth(120);
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof NotAvailableException) {
                command.getErr().println(failure.getMessage());
                return NOT_AVAILABLE;
            }
            if (failure instanceof UsageException) {
                command.getErr().println(failure.getMessage());
                return WRONG_USAGE;
            }
            if (failure instanceof FailedException) {
                command.getErr().println("FAILED: " + failure.getMessage());
                return FAILED;
            }
            if (failure instanceof IOException || failure instanceof UncheckedIOException || failure instanceof DeviceException
                    || failure instanceof KernelBuildException) {
                command.getErr().println("FAILED: " + failure.getMessage());
                return FAILED;
            }
            failure.printStackTrace(command.getErr());
            return FAILED;
        });
        return commandLine;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
