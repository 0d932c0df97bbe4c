package io.github.axoncl.bench;

import io.github.axoncl.Backend;
import io.github.axoncl.Operand;
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
        RowOracle oracle = RowOracle.of(function);
        return operation == Operation.FORWARD ? oracle.forwardLimit() : oracle.backwardLimit();
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
        float[] dy = Samples.finite(length / columns * outputs());
        if (operation == Operation.BACKWARD) {
            return new Inputs(x, dy);
        }
        reference.forward(function, rows(x), x, x);
        return new Inputs(x, dy);
    }

    private Rows rows(float... x) {
        return Rows.of(x.length / columns, columns);
    }

    /** How many numbers a row becomes. */
    private int outputs() {
        return operation(function) == Operation.BACKWARD ? 1 : columns;
    }

    /** The operation that gives a function's gradient. */
    static Operation operation(RowActivation function) {
        return function == RowActivation.LOGSUMEXP ? Operation.BACKWARD : Operation.BACKWARD_FROM_OUTPUT;
    }

    @Override
    public int outputs(Inputs in) {
        return operation == Operation.FORWARD ? in.x().length / columns * outputs() : in.x().length;
    }

    @Override
    public void run(Backend backend, Inputs in, float[] out) {
        switch (operation) {
            case FORWARD -> backend.forward(function, rows(in.x()), in.x(), out);
            case BACKWARD -> backend.backward(function, rows(in.x()), Operand.of(in.x()), Operand.of(in.dy()), Operand.of(out));
            default -> backend.backwardFromOutput(function, rows(in.x()), in.x(), in.dy(), out);
        }
    }

    @Override
    public Exact exact(Inputs in) {
        RowOracle oracle = RowOracle.of(function);
        double[] value = new double[outputs(in)];
        double[] magnitude = new double[value.length];
        int next = 0;
        for (int row = 0; row < in.x().length / columns; row++) {
            float[] x = Arrays.copyOfRange(in.x(), row * columns, (row + 1) * columns);
            RowOracle.Judged exact = operation == Operation.FORWARD ? oracle.forward(x)
                    : oracle.backward(x, Arrays.copyOfRange(in.dy(), row * outputs(), (row + 1) * outputs()));
            for (int i = 0; i < exact.value().length; i++) {
                value[next] = exact.value()[i];
                magnitude[next++] = Double.isNaN(exact.magnitude()[i]) ? 0 : exact.magnitude()[i];
            }
        }
        return new Exact(value, magnitude);
    }
}
