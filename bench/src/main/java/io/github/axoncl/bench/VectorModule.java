package io.github.axoncl.bench;

import io.github.axoncl.bench.shared.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Decides whether the program must start itself again with {@code --add-modules jdk.incubator.vector}, and does so. A manifest
 * cannot ask for a module, and without it AxonCL's CPU path is scalar.
 */
final class VectorModule {
    private static final String MODULE = "jdk.incubator.vector";
    private static final String CHILD = "axoncl.bench.child";

    private VectorModule() {
    }

    /** The exit code of the child JVM; empty if none is needed or none can help, and the caller runs the command itself. */
    static OptionalInt runChild(Class<?> main, String[] args) {
        if (ModuleLayer.boot().findModule(MODULE).isPresent() || System.getProperty(CHILD) != null
                || ModuleFinder.ofSystem().find(MODULE).isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            ProcessBuilder builder = new ProcessBuilder(command(main, args)).inheritIO();
            ChildJvm.surroundings(builder);
            Process child = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(child::destroy));
            return OptionalInt.of(child.waitFor());
        } catch (IOException e) {
            System.err.println("cannot start a JVM with " + MODULE + " (" + e.getMessage() + "); the CPU path will be scalar");
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.of(Workbench.FAILED);
        }
    }

    private static List<String> command(Class<?> main, String[] args) {
        List<String> command = new ArrayList<>();
        command.add(ChildJvm.java());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("--add-modules", MODULE, "-D" + CHILD + "=true"));
        String classPath = System.getProperty("java.class.path");
        if (classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)) {
            command.addAll(List.of("-jar", classPath));          // -jar, so that Enable-Native-Access of the manifest holds
        } else {
            command.addAll(List.of("-cp", classPath, main.getName()));
        }
        command.addAll(List.of(args));
        return command;
    }
}
