package io.github.axoncl.bench.tools.demo;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.Operand;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import io.github.axoncl.bench.shared.RowFunctions;
import io.github.axoncl.bench.shared.SimdForm;
import io.github.axoncl.bench.shared.Table;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.descriptive.Median;

/**
 * Measures every function, forward and backward, on direct buffers of real pre-activations, and compares the bits of every
 * backend's results with those of the first.
 */
final class Throughput {
    private static final int FEWEST_RUNS = 3;
    private static final int MOST_RUNS = 7;
    private static final double ENOUGH_SECONDS = 0.4;
    private static final int WARM_UP_LENGTH = 65_536;
    private static final long WARM_UP_NANOS = 10_000_000_000L;

    private final Map<String, Backend> backends;
    private final PrintWriter out;
    private final Table.Lines table;
    private final FloatBuffer x;
    private final FloatBuffer dy;
    private final FloatBuffer expected;
    private final FloatBuffer actual;
    private final int columns;
    private double copySeconds;

    /** Repeats the values to the given length; the gradient is the same values backwards. */
    Throughput(Map<String, Backend> backends, float[] values, int length, int columns, PrintWriter out) {
        this.backends = new LinkedHashMap<>(backends);
        this.out = out;
        this.table = new Table.Lines(out).column("function, operation", "%-20s|");
        this.x = direct(length);
        this.dy = direct(length);
        this.expected = direct(length);
        this.actual = direct(length);
        this.columns = columns;
        for (int i = 0; i < length; i++) {
            x.put(i, values[i % values.length]);
            dy.put(i, values[(length - 1 - i) % values.length]);
        }
    }

    private static FloatBuffer direct(int length) {
        return ByteBuffer.allocateDirect(4 * length).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    /** One operation on one backend; {@code a} is its first input. */
    private interface Call {
        void on(Backend backend, Operand a, Operand dy, Operand out);
    }

    /** Prints the table; the number of values that differ from the first backend's. */
    long run() {
        int length = x.limit();
        copySeconds = median(() -> actual.duplicate().put(x.duplicate()));
        out.printf("%,d floats in direct buffers; median of %d to %d runs. A plain copy by one thread takes %.2f ms: "
                + "%.2f ns/element, %.1f GB/s.%n", length, FEWEST_RUNS, MOST_RUNS, copySeconds * 1e3,
                copySeconds * 1e9 / length, 8.0 * length / copySeconds / 1e9);
        out.println("GB/s counts what the operation reads and writes once; xcopy is the time as a multiple of the plain "
                + "copy's.");
        Table.Lines titles = new Table.Lines(out).column("", "%-20s|");
        for (String name : backends.keySet()) {
            titles.column(name, "%-28.28s |");
            table.column("ms", "%8.2f").column("ns/el", "%6.2f").column("GB/s", "%6.1f").column("xcopy", "%5.1f |");
        }
        titles.head();
        table.column("differing", "%9d").head();
        long differing = 0;
        for (ActivationFunction f : List.<ActivationFunction>of(Activation.values())) {
            differing += measure(f.id(), 8, x, (backend, a, g, y) -> backend.forward(f, a, y));
            differing += measure(f.id() + " backward", 12, x, (backend, a, g, dx) -> backend.backward(f, a, g, dx));
        }
        for (RowActivation f : RowActivation.values()) {
            differing += f == RowActivation.GUMBEL_SOFTMAX ? 0 : measureRows(f);
        }
        out.println("softmax and what follows it work on rows of " + columns + " elements");
        return differing;
    }

    private long measureRows(RowActivation f) {
        int length = x.limit();
        if (RowFunctions.reduces(f)) {
            // One number for each row: the gradient's start is as long.
            return measure(f.id(), 4, x, (backend, a, g, y) -> backend.forward(f, rows(a), a, perRow(a, y)))
                    + measure(f.id() + " backward", 8, x,
                            (backend, a, g, dx) -> backend.backward(f, rows(a), a, perRow(a, g), dx));
        }
        long differing = measure(f.id(), 8, x, (backend, a, g, y) -> backend.forward(f, rows(y), a, y));
        FloatBuffer y = direct(length);
        backends.values().iterator().next().forward(f, rows(Operand.of(y)), Operand.of(x), Operand.of(y));
        return differing + measure(f.id() + " backward", 12, y,
                (backend, a, g, dx) -> backend.backwardFromOutput(f, rows(dx), a, g, dx));
    }

    /** The start of an operand, one element for each row of another. */
    private Operand perRow(Operand operand, Operand of) {
        return Operand.of(((FloatBuffer) ((Operand.OfBuffer) of).buffer()).slice(0, (int) (operand.length() / columns)));
    }

    private Rows rows(Operand operand) {
        return Rows.of(operand.length() / columns, columns);
    }

    private long measure(String title, int bytesPerElement, FloatBuffer first, Call call) {
        int length = x.limit();
        List<Object> row = new ArrayList<>(List.of(title));
        long differing = 0;
        FloatBuffer result = expected;
        for (Backend backend : backends.values()) {
            fill(result);
            warmUp(backend, first, call);
            Operand a = Operand.of(first);
            Operand gradient = Operand.of(dy);
            Operand target = Operand.of(result);
            double seconds = median(() -> call.on(backend, a, gradient, target));
            row.addAll(List.of(seconds * 1e3, seconds * 1e9 / length, bytesPerElement * length / seconds / 1e9,
                    seconds / copySeconds));
            differing += result == actual ? differing() : 0;
            result = actual;
        }
        row.add(differing);
        table.row(row.toArray());
        return differing;
    }

    private void warmUp(Backend backend, FloatBuffer first, Call call) {
        int length = Math.min(x.limit(), WARM_UP_LENGTH);
        Operand a = Operand.of(first.slice(0, length));
        Operand gradient = Operand.of(dy.slice(0, length));
        Operand target = Operand.of(actual.slice(0, length));
        if (!SimdForm.await(backend, WARM_UP_NANOS, () -> call.on(backend, a, gradient, target))) {
            out.println("(the next line's SIMD column shows the scalar form: its SIMD form was not ready in time)");
        }
    }

    /** So that a backend that writes nothing cannot pass for one that is right. */
    private static void fill(FloatBuffer buffer) {
        for (int i = 0; i < buffer.limit(); i++) {
            buffer.put(i, -12345.5f);
        }
    }

    private long differing() {
        long count = 0;
        for (int i = 0; i < x.limit(); i++) {
            count += Float.floatToIntBits(expected.get(i)) == Float.floatToIntBits(actual.get(i)) ? 0 : 1;
        }
        return count;
    }

    private static double median(Runnable action) {
        action.run();
        double[] seconds = new double[MOST_RUNS];
        double sum = 0;
        int runs = 0;
        while (runs < FEWEST_RUNS || runs < MOST_RUNS && sum < ENOUGH_SECONDS) {
            long start = System.nanoTime();
            action.run();
            seconds[runs] = (System.nanoTime() - start) / 1e9;
            sum += seconds[runs++];
        }
        return Median.withDefaults().evaluateRange(seconds, 0, runs);
    }
}
