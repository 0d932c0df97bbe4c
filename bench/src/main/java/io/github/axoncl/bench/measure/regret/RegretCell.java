package io.github.axoncl.bench.measure.regret;

import io.github.axoncl.Backend;
import io.github.axoncl.Explanation;
import io.github.axoncl.Explanation.Residence;
import io.github.axoncl.Operand;
import io.github.axoncl.bench.measure.OperandMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.commons.statistics.descriptive.Median;

/**
 * One function, one length, one kind of memory: what the CPU, the device and the chooser take.
 *
 * @param work        the function
 * @param residence   where the operands lie
 * @param n           the number of elements
 * @param cpuNanos    the median time of a call on the CPU
 * @param deviceNanos on the device
 * @param autoNanos   where the chooser sends it
 * @param explanation what the chooser says
 * @param chosen      where it sent them
 * @param regret      the time of the chosen backend over that of the faster one; 1 if that is the same
 * @param overhead    the chooser's time over that of the backend it chose: what choosing itself costs, and how far two
 *                    backends of one kind differ
 */
record RegretCell(RegretWork work, Residence residence, int n, double cpuNanos, double deviceNanos, double autoNanos,
                  Explanation explanation, String chosen, RatioInterval regret, RatioInterval overhead) {
    /** What the chosen backend may take more than the other. */
    static final double LIMIT = 1.10;
    static final String HEAD = "function,operands,n,cpu_ns,device_ns,auto_ns,chosen,better,ratio,low,high,miss,overhead,overhead_low,"
            + "overhead_high,predicted_cpu_ns,predicted_device_ns,numbers";
    /** A measurement is at least so long, so that the clock and the wait at its end do not matter. */
    private static final double BATCH_NANOS = 300_000;
    private static final int MOST_CALLS = 200;
    private static final int WARM_UP_CALLS = 50;
    private static final int SHORT_LENGTH = 1024;

    String better() {
        return cpuNanos <= deviceNanos ? "cpu" : "opencl";
    }

    boolean isMiss() {
        return regret.exceeds(LIMIT);
    }

    String csv() {
        return String.format(Locale.ROOT, "%s,%s,%d,%.0f,%.0f,%.0f,%s,%s,%.4f,%.4f,%.4f,%b,%.4f,%.4f,%.4f,%.0f,%.0f,%s",
                work.name().toLowerCase(Locale.ROOT), residence.name().toLowerCase(Locale.ROOT), n, cpuNanos, deviceNanos,
                autoNanos, chosen, better(), regret.ratio(), regret.low(), regret.high(), isMiss(), overhead.ratio(),
                overhead.low(), overhead.high(), explanation.cpuNanos(), explanation.deviceNanos(), explanation.source());
    }

    /** Measures.
     *
     * @param backends three that choose: always the CPU, always the device, freely
     * @param rounds   how often each is measured, by turns */
    static RegretCell measure(RegretWork work, Residence residence, int n, List<Backend> backends, int rounds) {
        Explanation explanation = work.explain(backends.get(2), n, residence);
        List<List<Operand>> operands = new ArrayList<>();
        try {
            for (Backend backend : backends) {
                operands.add(residence == Residence.DEVICE || operands.isEmpty() ? operands(work, residence, n, backend)
                        : operands.get(0));
            }
            int[] calls = new int[backends.size()];
            long before = backends.get(2).info().deviceCalls();
            for (int b = 0; b < calls.length; b++) {
                time(work, backends.get(b), operands.get(b), 1);
                double once = Math.max(1, time(work, backends.get(b), operands.get(b), 2));
                calls[b] = (int) Math.max(1, Math.min(MOST_CALLS, BATCH_NANOS / once));
                time(work, backends.get(b), operands.get(b), calls[b]);
            }
            String chosen = backends.get(2).info().deviceCalls() > before ? "opencl" : "cpu";
            double[][] nanos = new double[calls.length][rounds];
            for (int round = 0; round < rounds; round++) {
                for (int turn = 0; turn < calls.length; turn++) {
                    int b = (round + turn) % calls.length;
                    nanos[b][round] = time(work, backends.get(b), operands.get(b), calls[b]);
                }
            }
            double[] medians = Arrays.stream(nanos).mapToDouble(Median.withDefaults()::evaluate).toArray();
            double cpu = medians[0];
            double device = medians[1];
            double[] ofChosen = nanos[chosen.equals("cpu") ? 0 : 1];
            return new RegretCell(work, residence, n, cpu, device, medians[2], explanation, chosen,
                    RatioInterval.of(ofChosen, nanos[cpu <= device ? 0 : 1]), RatioInterval.of(nanos[2], ofChosen));
        } finally {
            operands.forEach(RegretCell::close);
        }
    }

    /** The same calls, a few times on each.
     *
     * @return how many loops of each ran in SIMD form */
    static List<Long> warmUp(RegretWork work, Residence residence, int n, List<Backend> backends) {
        List<Long> runs = new ArrayList<>();
        for (Backend backend : backends) {
            // Short calls go to the CPU whoever chooses, so that every CPU path is compiled.
            for (int length : new int[] {SHORT_LENGTH, n}) {
                List<Operand> operands = operands(work, residence, length, backend);
                try {
                    long before = backend.info().simdRuns();
                    time(work, backend, operands, WARM_UP_CALLS);
                    if (length == SHORT_LENGTH) {
                        runs.add(backend.info().simdRuns() - before);
                    }
                } finally {
                    close(operands);
                }
            }
        }
        return runs;
    }

    /** The nanoseconds of a call, complete. */
    private static double time(RegretWork work, Backend backend, List<Operand> operands, int calls) {
        long start = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            work.run(backend, operands);
        }
        Operand out = operands.get(operands.size() - 1);
        OperandMemory.of(Residence.of(out)).await(out);
        return (System.nanoTime() - start) / (double) calls;
    }

    private static List<Operand> operands(RegretWork work, Residence residence, int n, Backend backend) {
        Random random = new Random(1);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextFloat() * 8 - 4;
        }
        List<Operand> operands = new ArrayList<>();
        for (int k = 0; k < work.operands(); k++) {
            operands.add(OperandMemory.of(residence).filled(backend, values));
        }
        return operands;
    }

    private static void close(List<Operand> operands) {
        operands.forEach(operand -> OperandMemory.of(Residence.of(operand)).release(operand));
    }
}
