package io.github.axoncl.bench.measure.model;

import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Operation;
import io.github.axoncl.bench.shared.ChildJvm;
import io.github.axoncl.bench.shared.FailedException;
import io.github.axoncl.bench.shared.Machine;
import io.github.axoncl.bench.shared.NotAvailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts instructions with Oclgrind, in a JVM of its own, because the simulator prints them when its process ends. */
final class Counting {
    /** One launch computes so many elements. */
    private static final int ELEMENTS = 256;
    /** Where Debian puts it. */
    private static final String DRIVER = "/usr/lib/oclgrind/liboclgrind-rt-icd.so";

    private Counting() {
    }

    /** Where Oclgrind's driver lies: what OCLGRIND_ICD names, or where Debian puts it.
     *
     * @throws NotAvailableException if it is not there */
    static Path driver() {
        Path place = Path.of(System.getenv().getOrDefault("OCLGRIND_ICD", DRIVER));
        if (!Files.exists(place)) {
            throw new NotAvailableException("Oclgrind's driver is not at " + place
                    + "; set OCLGRIND_ICD to the path of liboclgrind-rt-icd.so", null);
        }
        return place;
    }

    /** What every element-wise kernel does. Takes a minute. */
    static Map<Counted, Counts> count() throws IOException {
        return count(Counted.all(), "256,1,1");
    }

    /** What some kernels do.
     *
     * @param tiling work-items of a work-group, elements of a work-item, elements that it moves at once; a work-group must have
     *               no more than {@link #ELEMENTS} elements */
    static Map<Counted, Counts> count(List<Counted> kernels, String tiling) throws IOException {
        Path driver = driver();
        Path output = Files.createTempFile("axoncl-counts", ".txt");
        try {
            List<String> command = new ArrayList<>(List.of(ChildJvm.java(), "-cp", System.getProperty("java.class.path"),
                    "-Daxoncl.opencl.tiling=" + tiling, Counting.class.getName()));
            kernels.forEach(counted -> command.add(counted.title()));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(output.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("OCL_ICD_VENDORS", driver.toString());
            builder.environment().put("OCLGRIND_INST_COUNTS", "1");
            int exit = builder.start().waitFor();
            if (exit != 0) {
                throw new FailedException("counting with Oclgrind ended with exit code " + exit);
            }
            return assign(kernels, CountReport.read(Files.readAllLines(output), ELEMENTS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("interrupted while counting with Oclgrind");
        } finally {
            Files.delete(output);
        }
    }

    /** The last launches are those of {@link #main}; before them the device was tried out. */
    private static Map<Counted, Counts> assign(List<Counted> all, List<Counts> launches) {
        if (launches.size() < all.size()) {
            throw new FailedException("Oclgrind reported " + launches.size() + " launches, not at least " + all.size());
        }
        Map<Counted, Counts> assigned = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            Counts counts = launches.get(launches.size() - all.size() + i);
            if (!counts.kernel().equals("run_" + all.get(i).operation().id())) {
                throw new FailedException("launch of " + all.get(i).title() + " was one of " + counts.kernel());
            }
            assigned.put(all.get(i), counts);
        }
        return assigned;
    }

    /** Launches kernels once each.
     *
     * @param args their titles */
    public static void main(String[] args) {
        Set<String> titles = Set.of(args);
        try (Backend device = Machine.named("opencl:oclgrind");
             DeviceBuffer x = device.allocate(DType.FLOAT32, ELEMENTS);
             DeviceBuffer dy = device.allocate(DType.FLOAT32, ELEMENTS);
             DeviceBuffer out = device.allocate(DType.FLOAT32, ELEMENTS)) {
            float[] values = new float[ELEMENTS];
            for (int i = 0; i < ELEMENTS; i++) {
                values[i] = (i - ELEMENTS / 2) / 16f;
            }
            x.write(values);
            dy.write(values);
            for (Counted counted : Counted.all().stream().filter(one -> titles.contains(one.title())).toList()) {
                if (counted.operation() == Operation.FORWARD) {
                    device.forward(counted.function(), x, out);
                } else {
                    device.backward(counted.function(), x, dy, out);
                }
                out.read(values);
            }
        }
    }
}
