package io.github.axoncl.bench.tools.plot;

import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * Points of f or f' along a line, as a backend computes them. Where the function jumps there is a gap (NaN), not a steep line;
 * so there is where it is NaN or infinite.
 */
record Curve(double[] x, double[] y) {
    private static final int POINTS = 121;
    /** A step of less than this share of the whole height cannot be seen as a jump. */
    private static final double VISIBLE = 0.01;

    static Curve of(Backend backend, ActivationFunction function, Operation operation, double from, double to) {
        float[] x = new float[POINTS];
        for (int i = 0; i < POINTS; i++) {
            x[i] = (float) (from + (to - from) * i / (POINTS - 1));
        }
        x[1] -= (float) (to - from) / (3 * POINTS);            // XChart labels every nth of evenly spaced points, round or not
        float[] y = values(backend, function, operation, x);
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (float value : y) {
            if (Float.isFinite(value)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            if (i > 0 && Math.abs((double) y[i] - y[i - 1]) > VISIBLE * (high - low)) {
                addJump(points, backend, function, operation, x[i - 1], y[i - 1], x[i], y[i]);
            }
            points.add(new double[] {x[i], Float.isFinite(y[i]) ? y[i] : Double.NaN});
        }
        return new Curve(points.stream().mapToDouble(p -> p[0]).toArray(), points.stream().mapToDouble(p -> p[1]).toArray());
    }

    static float[] values(Backend backend, ActivationFunction function, Operation operation, float... x) {
        float[] y = new float[x.length];
        if (operation == Operation.FORWARD) {
            backend.forward(function, x, y);
        } else {
            backend.derivative(function, x, y);
        }
        return y;
    }

    /** Follows the larger half of a step down to two neighbouring floats; it is a jump if most of it is left there. */
    private static void addJump(List<double[]> points, Backend backend, ActivationFunction function, Operation operation,
                                float x0, float y0, float x1, float y1) {
        float left = x0;
        float right = x1;
        float low = y0;
        float high = y1;
        while (true) {
            float middle = left + (right - left) / 2;
            if (middle <= left || middle >= right) {
                break;
            }
            float value = values(backend, function, operation, middle)[0];
            if (Math.abs(value - low) > Math.abs(high - value)) {
                right = middle;
                high = value;
            } else {
                left = middle;
                low = value;
            }
        }
        if (Math.abs(high - low) > Math.abs(y1 - y0) / 2) {
            points.add(new double[] {left, low});
            points.add(new double[] {left, Double.NaN});
            points.add(new double[] {right, high});
        }
    }
}
