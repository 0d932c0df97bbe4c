package io.github.axoncl.bench.measure.compare;

import io.github.axoncl.Activation;
import io.github.axoncl.RowActivation;
import io.github.axoncl.oracle.Formula;
import io.github.axoncl.oracle.Oracles;
import io.github.axoncl.oracle.RowOracle;
import io.github.axoncl.oracle.RowOracle.Judged;
import io.github.axoncl.oracle.Ulp;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Exact results by the tests' oracle, kept in a file so that they are computed once for all contenders: the values, then the
 * numbers whose last places are the units of the errors.
 */
final class Exact {
    private static final int PARTS = 64;

    private final Subject subject;
    private final float[] x;
    private final DoubleBuffer numbers;

    private Exact(Subject subject, float[] x, DoubleBuffer numbers) {
        this.subject = subject;
        this.x = x;
        this.numbers = numbers;
    }

    /** Computes the results on all cores and writes them.
     *
     * @param share of how many inputs one is judged
     * @return the subject, with the number of inputs as its length */
    static Subject write(Subject asked, int share, Path file) throws IOException {
        float[] x = Inputs.wide(asked, share);
        Subject subject = asked.ofLength(x.length);
        float[] dy = Inputs.gradients(subject, x.length);
        Exact exact = open(subject, x, file, FileChannel.MapMode.READ_WRITE);
        if (subject.columns() > 1) {
            IntStream.range(0, subject.rows()).parallel().forEach(row -> exact.computeRow(row, dy));
        } else {
            Activation function = Activation.of(subject.function());
            Formula formula = subject.backward() ? Oracles.of(function).derivative() : Oracles.of(function).forward();
            double[] parameters = function.definition().parameters().stream()
                    .mapToDouble(parameter -> (float) parameter.defaultValue()).toArray();
            IntStream.range(0, PARTS).parallel().forEach(part -> {
                for (int i = part; i < x.length; i += PARTS) {
                    double value = formula.at(x[i], parameters);
                    exact.put(i, value, value);
                }
            });
        }
        return subject;
    }

    /** The results in a file that was written for as many inputs. */
    static Exact read(Subject subject, int share, Path file) throws IOException {
        return open(subject, Inputs.wide(subject, share), file, FileChannel.MapMode.READ_ONLY);
    }

    private static Exact open(Subject subject, float[] x, Path file, FileChannel.MapMode mode) throws IOException {
        boolean writes = mode == FileChannel.MapMode.READ_WRITE;
        try (FileChannel channel = writes
                ? FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)
                : FileChannel.open(file, StandardOpenOption.READ)) {
            return new Exact(subject, x, channel.map(mode, 0, 2L * Double.BYTES * x.length).order(ByteOrder.nativeOrder())
                    .asDoubleBuffer());
        }
    }

    private void computeRow(int row, float... dy) {
        int from = row * subject.columns();
        int to = from + subject.columns();
        RowOracle oracle = RowOracle.of(RowActivation.SOFTMAX);
        Judged judged = oracle.forward(Arrays.copyOfRange(x, from, to));
        if (subject.backward()) {
            // Everybody's gradient starts from a softmax of their own; the best one is the rounded exact one.
            float[] y = new float[subject.columns()];
            for (int k = 0; k < y.length; k++) {
                y[k] = (float) judged.value()[k];
            }
            judged = oracle.backward(y, Arrays.copyOfRange(dy, from, to));
        }
        for (int k = 0; k < subject.columns(); k++) {
            put(from + k, judged.value()[k], judged.magnitude()[k]);
        }
    }

    private void put(int index, double value, double magnitude) {
        numbers.put(index, value);
        numbers.put(x.length + index, magnitude);
    }

    float[] inputs() {
        return x;
    }

    /** The largest errors of a contender's results; softmax by rows, whose gradient starts from the contender's own softmax. */
    Accuracy judge(String contender, float... y) {
        double max = 0;
        double near = 0;
        float worst = 0;
        for (int i = 0; i < x.length; i++) {
            if (subject.backward() && x[i] == 0) {
                continue;                               // the derivative at a kink is a convention
            }
            double error = Ulp.error(y[i], numbers.get(i), numbers.get(x.length + i));
            if (error > max) {
                max = error;
                worst = x[subject.columns() > 1 ? i / subject.columns() * subject.columns() : i];
            }
            if (error > near && (subject.columns() > 1 || Inputs.isNear(x[i]))) {
                near = error;
            }
        }
        return new Accuracy(contender, subject.function(), subject.backward(), max, worst, near, x.length);
    }
}
