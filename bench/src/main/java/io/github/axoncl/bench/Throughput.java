package io.github.axoncl.bench;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.Operand;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures every function, forward and backward, on direct buffers of real pre-activations, and compares the bits of every
 * backend's results with those of the first.
 */
final class Throughput {
    private static final int RUNS = 5;
    private static final String CELL = " %8.2f %6.2f %6.1f %5.1f |";
    private static final String HEAD = " %8s %6s %6s %5s |";

    private final Map<String, Backend> backends;
    private final PrintWriter out;
    private final FloatBuffer x;
    private final FloatBuffer dy;
    private final FloatBuffer expected;
    private final FloatBuffer actual;
    private final Rows rows;
    private double copySeconds;

    /** Repeats the values to the given length; the gradient is the same values backwards. */
    Throughput(Map<String, Backend> backends, float[] values, int length, int columns, PrintWriter out) {
        this.backends = new LinkedHashMap<>(backends);
        this.out = out;
        this.x = direct(length);
        this.dy = direct(length);
        this.expected = direct(length);
        this.actual = direct(length);
        this.rows = Rows.of(length / columns, columns);
        for (int i = 0; i < length; i++) {
            x.put(i, values[i % values.length]);
            dy.put(i, values[(length - 1 - i) % values.length]);
        }
    }

    private static FloatBuffer direct(int length) {
        return ByteBuffer.allocateDirect(4 * length).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    /** One operation on one backend. */
    private interface Call {
        void on(Backend backend, Operand out);
    }

    /** Prints the table; the number of values that differ from the first backend's. */
    long run() {
        int length = x.limit();
        copySeconds = median(() -> actual.duplicate().put(x.duplicate()));
        out.printf("%,d floats in direct buffers; median of %d runs. A plain copy by one thread takes %.2f ms: %.2f ns/element, "
                + "%.1f GB/s.%n", length, RUNS, copySeconds * 1e3, copySeconds * 1e9 / length, 8.0 * length / copySeconds / 1e9);
        out.println("GB/s counts what the operation reads and writes once; x copy is the time as a multiple of the plain copy's.");
        StringBuilder titles = new StringBuilder(String.format("%-20s|", ""));
        StringBuilder heads = new StringBuilder(String.format("%-20s|", "function, operation"));
        for (String name : backends.keySet()) {
            titles.append(String.format(" %-28.28s |", name));
            heads.append(String.format(HEAD, "ms", "ns/el", "GB/s", "xcopy"));
        }
        out.println(titles);
        out.println(heads + " differing");
        long differing = 0;
        for (ActivationFunction f : List.<ActivationFunction>of(Activation.values())) {
            differing += measure(f.id(), 8, (backend, y) -> backend.forward(f, Operand.of(x), y));
            differing += measure(f.id() + " backward", 12, (backend, dx) -> backend.backward(f, Operand.of(x), Operand.of(dy), dx));
        }
        RowActivation softmax = RowActivation.SOFTMAX;
        differing += measure("softmax", 8, (backend, y) -> backend.forward(softmax, rows, Operand.of(x), y));
        FloatBuffer y = direct(length);
        backends.values().iterator().next().forward(softmax, rows, Operand.of(x), Operand.of(y));
        differing += measure("softmax backward", 12,
            (backend, dx) -> backend.backwardFromOutput(softmax, rows, Operand.of(y), Operand.of(dy), dx));
        out.println("softmax: rows of " + rows.axis() + " elements");
        return differing;
    }

    private long measure(String title, int bytesPerElement, Call call) {
        int length = x.limit();
        StringBuilder line = new StringBuilder(String.format("%-20s|", title));
        long differing = 0;
        FloatBuffer result = expected;
        for (Backend backend : backends.values()) {
            Operand target = Operand.of(result);
            fill(result);
            double seconds = median(() -> call.on(backend, target));
            line.append(String.format(CELL, seconds * 1e3, seconds * 1e9 / length, (double) bytesPerElement * length / seconds / 1e9,
                    seconds / copySeconds));
            differing += result == actual ? differing() : 0;
            result = actual;
        }
        out.println(line.append(String.format(" %9d", differing)));
        out.flush();
        return differing;
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
        action.run();                                         // builds kernels, warms up
        double[] seconds = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            long start = System.nanoTime();
            action.run();
            seconds[i] = (System.nanoTime() - start) / 1e9;
        }
        Arrays.sort(seconds);
        return seconds[RUNS / 2];
    }
}
