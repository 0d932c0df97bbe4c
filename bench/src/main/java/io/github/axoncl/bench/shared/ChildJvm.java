package io.github.axoncl.bench.shared;

import java.nio.file.Files;
import java.nio.file.Path;

/** What child JVMs that may use OpenCL have in common. */
public final class ChildJvm {
    private ChildJvm() {
    }

    /** The command that starts a JVM like this one. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Sets what PoCL needs, unless it is set: see {@code ci/common.sh}. */
    public static void surroundings(ProcessBuilder builder) {
        builder.environment().putIfAbsent("POCL_SIGFPE_HANDLER", "0");         // the old PoCL is usable only with it
        Path signalChaining = Path.of(System.getProperty("java.home"), "lib", "libjsig.so");
        if (Files.exists(signalChaining)) {
            // PoCL's compiler takes signals over
            builder.environment().putIfAbsent("LD_PRELOAD", signalChaining.toString());
        }
    }
}
