package io.github.axoncl.bench;

import io.github.axoncl.Backend;
import io.github.axoncl.Operation;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import io.github.axoncl.oracle.RowOracle;
import java.util.Arrays;

/** A row-wise function on rows of one length against its oracle. */
record RowCase(RowActivation function, int columns, Operation operation) implements VerifyCase {

    @Override
    public String title() {
        return function.describe() + " " + operation.id() + ", rows of " + columns;
    }

    @Override
    public double limit() {
        return operation == Operation.FORWARD ? RowOracle.SOFTMAX_LIMIT : RowOracle.SOFTMAX_BACKWARD_LIMIT;
    }

    /** Every term of the row's sum. */
    @Override
    public int flushes() {
        return columns;
    }

    @Override
    public Inputs inputs(int samples, Backend reference) {
        int length = Math.max(1, samples / columns) * columns;
        float[] x = Samples.rows(length, columns);
        if (operation == Operation.FORWARD) {
            return new Inputs(x, null);
        }
        reference.forward(function, Rows.of(length / columns, columns), x, x);
        return new Inputs(x, Samples.finite(length));
    }

    @Override
    public void run(Backend backend, Inputs in, float[] out) {
        Rows rows = Rows.of(in.x().length / columns, columns);
        if (operation == Operation.FORWARD) {
            backend.forward(function, rows, in.x(), out);
        } else {
            backend.backwardFromOutput(function, rows, in.x(), in.dy(), out);
        }
    }

    @Override
    public Exact exact(Inputs in) {
        RowOracle oracle = RowOracle.of(function);
        double[] value = new double[in.x().length];
        double[] magnitude = new double[value.length];
        for (int begin = 0; begin < value.length; begin += columns) {
            float[] x = Arrays.copyOfRange(in.x(), begin, begin + columns);
            if (operation == Operation.FORWARD) {
                double[] y = oracle.forward(x);
                System.arraycopy(y, 0, value, begin, columns);
                System.arraycopy(y, 0, magnitude, begin, columns);
            } else {
                RowOracle.Gradient gradient = oracle.backward(x, Arrays.copyOfRange(in.dy(), begin, begin + columns));
                System.arraycopy(gradient.value(), 0, value, begin, columns);
                System.arraycopy(gradient.magnitude(), 0, magnitude, begin, columns);
            }
        }
        for (int i = 0; i < magnitude.length; i++) {
            magnitude[i] = Double.isNaN(magnitude[i]) ? 0 : magnitude[i];
        }
        return new Exact(value, magnitude);
    }
}
