package io.github.axoncl.bench.measure.gpu;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.Explanation.Residence;
import io.github.axoncl.Operand;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import io.github.axoncl.bench.measure.OperandMemory;
import io.github.axoncl.bench.measure.gpu.BenchmarkCase.Call;
import io.github.axoncl.bench.shared.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The same calls on host memory on the CPU and on the device: from which length on the device is faster. */
final class CrossoverCases {
    static final String SECTION = "crossover";
    private static final String CPU = " on the CPU";
    private static final String DEVICE = " on the device";
    private static final int MOST = 1 << 24;
    private static final int WARM_UP_LENGTH = 1 << 16;
    private static final int COLUMNS = 1024;

    private CrossoverCases() {
    }

    /** A function of host memory. */
    private enum Work {
        RELU,
        GELU,
        SOFTMAX,
        SIGMOID,
        GELU_BACKWARD;

        void run(Backend backend, Operand x, Operand y) {
            switch (this) {
                case RELU -> backend.forward(Activation.RELU, x, y);
                case SIGMOID -> backend.forward(Activation.SIGMOID, x, y);
                case GELU -> backend.forward(Activation.GELU, x, y);
                case GELU_BACKWARD -> backend.backward(Activation.GELU, x, x, y);
                case SOFTMAX -> backend.forward(RowActivation.SOFTMAX, Rows.of(x.length() / COLUMNS, COLUMNS), x, y);
            }
        }
    }

    /** Every function on arrays and direct buffers of every length. */
    static List<BenchmarkCase> all(long longest) {
        List<BenchmarkCase> cases = new ArrayList<>();
        for (Residence residence : List.of(Residence.HEAP, Residence.DIRECT)) {
            for (Work work : Work.values()) {
                for (long each : ElementwiseCases.lengths(Math.min(longest, MOST))) {
                    cases.add(onDevice(work, OperandMemory.of(residence), (int) each));
                    cases.add(onCpu(work, OperandMemory.of(residence), (int) each));
                }
            }
        }
        return cases;
    }

    private static String title(Work work, OperandMemory memory) {
        return work.name().toLowerCase(Locale.ROOT) + " on " + memory.title();
    }

    private static BenchmarkCase onDevice(Work work, OperandMemory memory, int length) {
        return BenchmarkCase.host(SECTION, title(work, memory) + DEVICE, length, 8.0 * length, session -> {
            Operand x = memory.filled(session.backend(), DeviceSession.values(length));
            Operand y = memory.output(session.backend(), length);
            return new Call(() -> work.run(session.backend(), x, y), null);
        });
    }

    private static BenchmarkCase onCpu(Work work, OperandMemory memory, int length) {
        return BenchmarkCase.host(SECTION, title(work, memory) + CPU, length, 8.0 * length, session -> {
            Backend cpu = session.cpu(title(work, memory), backend -> work.run(backend,
                    memory.filled(backend, DeviceSession.values(WARM_UP_LENGTH)), memory.output(backend, WARM_UP_LENGTH)));
            Operand x = memory.filled(cpu, DeviceSession.values(length));
            Operand y = memory.output(cpu, length);
            return new Call(() -> work.run(cpu, x, y), null);
        });
    }

    /** For each function the shortest measured length from which on the device is never slower. */
    static Table table(List<Result> results) {
        Map<String, Map<Long, Double>> gains = new TreeMap<>();
        for (Result device : results) {
            if (device.name().endsWith(DEVICE)) {
                String title = device.name().substring(0, device.name().length() - DEVICE.length());
                results.stream().filter(cpu -> cpu.name().equals(title + CPU) && cpu.elements() == device.elements())
                        .forEach(cpu -> gains.computeIfAbsent(title, key -> new TreeMap<>(Comparator.reverseOrder()))
                                .put(cpu.elements(), cpu.usMedian() / device.usMedian()));
            }
        }
        List<List<String>> rows = new ArrayList<>();
        gains.forEach((title, byLength) -> {
            long from = byLength.keySet().iterator().next();
            String faster = "never";
            for (Map.Entry<Long, Double> gain : byLength.entrySet()) {
                if (gain.getValue() < 1) {
                    break;
                }
                faster = Long.toString(gain.getKey());
            }
            rows.add(List.of(title, faster, Table.number(byLength.get(from)), Long.toString(from)));
        });
        return new Table("Where the device is faster than the CPU", List.of("call", "from elements", "times as fast",
                "at elements"), rows);
    }
}
