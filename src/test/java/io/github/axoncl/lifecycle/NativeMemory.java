package io.github.axoncl.lifecycle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/** How much memory this process holds besides the Java heap, whose size follows the collector's mood. */
final class NativeMemory {
    private static final Path MAPS = Path.of("/proc/self/smaps");
    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-[0-9a-f]+ .*");
    private static final Pattern RESIDENT = Pattern.compile("Rss:\\s+(\\d+) kB");
    private static final Pattern ADDRESS = Pattern.compile("0x([0-9a-f]{16})");

    private NativeMemory() {
    }

    /** The resident bytes outside the heap; 0 where the system does not tell. */
    static long resident() {
        if (!Files.isReadable(MAPS)) {
            System.out.println("NOT MEASURED: native memory, because there is no " + MAPS);
            return 0;
        }
        try {
            long first = Long.MAX_VALUE;
            long last = 0;
            for (Matcher address = ADDRESS.matcher(heapInfo()); address.find();) {
                first = Math.min(first, Long.parseLong(address.group(1), 16));
                last = Math.max(last, Long.parseLong(address.group(1), 16));
            }
            long bytes = 0;
            boolean heap = false;
            for (String line : Files.readAllLines(MAPS)) {
                Matcher mapping = MAPPING.matcher(line);
                Matcher resident = RESIDENT.matcher(line);
                if (mapping.matches()) {
                    long start = Long.parseUnsignedLong(mapping.group(1), 16);
                    heap = first <= start && start < last;
                } else if (resident.matches() && !heap) {
                    bytes += Long.parseLong(resident.group(1)) << 10;
                }
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The collector's report, in which the only addresses are the heap's ends. */
    private static String heapInfo() {
        try {
            return (String) ManagementFactory.getPlatformMBeanServer().invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcHeapInfo", new Object[0], new String[0]);
        } catch (JMException e) {
            throw new AssertionError("this JVM does not report on its heap", e);
        }
    }
}
