package io.github.axoncl.oracle;

import static java.lang.StrictMath.exp;
import static java.lang.StrictMath.log1p;

/** w (p t ln(1 + e<sup>−x</sup>) + (1 − t) ln(1 + e<sup>x</sup>)) of each element and its gradient, in double. */
final class BinaryCrossEntropyOracle implements LossOracle {

    @Override
    public Result of(double[] x, float[] targets, float[] weights, double... parameters) {
        int n = x.length;
        double[] losses = new double[n];
        double[] gradient = new double[n];
        double[] magnitude = new double[n];
        for (int i = 0; i < n; i++) {
            double t = LossOracle.smoothed(targets[i], parameters[0], 2);
            double yes = t * (float) parameters[1] * weights[i];
            double no = (1 - t) * weights[i];
            losses[i] = weighted(yes, softplus(-x[i])) + weighted(no, softplus(x[i]));
            double up = no * sigmoid(x[i]);
            double down = yes * sigmoid(-x[i]);
            gradient[i] = up - down;
            magnitude[i] = Math.max(up, down);
        }
        return new Result(losses, gradient, magnitude);
    }

    private static double weighted(double weight, double value) {
        return weight == 0 && !Double.isNaN(value) ? 0 : weight * value;
    }

    private static double softplus(double x) {
        return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
    }

    private static double sigmoid(double x) {
        return x > 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x));
    }
}
