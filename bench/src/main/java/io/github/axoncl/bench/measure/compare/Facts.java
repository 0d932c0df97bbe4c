package io.github.axoncl.bench.measure.compare;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * On what was measured.
 *
 * @param date      when
 * @param command   the command line
 * @param processor the processor
 * @param threads   the number of threads that everybody had
 * @param memory    the machine's memory
 * @param system    the operating system
 * @param jvm       the Java virtual machine
 * @param load      the mean number of running processes in the minute before and the one at the end: with other work on the
 *                  machine it is higher
 * @param busy      whether there was other work when it began
 */
record Facts(String date, String command, String processor, int threads, String memory, String system, String jvm,
             String load, boolean busy) {
    /** The load for each thread above which the machine has other work. */
    private static final double BUSY = 0.5;

    static Facts now(String command, int threads, double loadBefore) {
        return new Facts(OffsetDateTime.now().truncatedTo(ChronoUnit.MINUTES).toString(), command, machineProcessor(), threads,
                machineMemory(), property("os.name") + " " + property("os.version") + " " + property("os.arch"),
                property("java.vm.name") + " " + property("java.runtime.version") + ", " + property("java.vendor"),
                String.format(Locale.ROOT, "%.1f before, %.1f at the end", loadBefore, currentLoad()),
                isBusy(loadBefore, threads));
    }

    static boolean isBusy(double load, int threads) {
        return load > threads * BUSY;
    }

    static double currentLoad() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String property(String name) {
        return System.getProperty(name);
    }

    private static String machineProcessor() {
        return Runtime.getRuntime().availableProcessors() + " x " + value(Path.of("/proc/cpuinfo"), "model name");
    }

    private static String machineMemory() {
        String total = value(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", "");
        return total.isEmpty() ? "unknown" : Math.round(Long.parseLong(total) / 1048576.0) + " GiB";
    }

    private static String value(Path file, String key) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key)).map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst().orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
