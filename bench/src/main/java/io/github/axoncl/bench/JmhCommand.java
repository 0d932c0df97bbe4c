package io.github.axoncl.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs the JMH benchmarks of this jar with JMH's own options. */
@Command(name = "jmh", mixinStandardHelpOptions = true,
        description = "Runs the JMH benchmarks, for example: jmh -p function=gelu -p backend=cpu Elementwise.*forward")
final class JmhCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "JMH's options and patterns.")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        Main.main(arguments.toArray(String[]::new));          // exits by itself where JMH finds an error
        return 0;
    }
}
