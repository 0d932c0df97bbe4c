package io.github.axoncl.oracle;

import static java.lang.StrictMath.exp;
import static java.lang.StrictMath.log1p;

/** Σ q<sub>i</sub> (ln Σ e<sup>x<sub>j</sub></sup> − x<sub>i</sub>) and its gradient, in double with compensated sums. */
final class SoftmaxCrossEntropyOracle implements LossOracle {

    @Override
    public Result of(double[] x, float[] targets, float[] weights, double... parameters) {
        int n = x.length;
        double[] q = new double[n];
        int largest = 0;
        int heaviest = 0;
        for (int i = 0; i < n; i++) {
            q[i] = LossOracle.smoothed(targets[i], parameters[0], n) * weights[i];
            largest = x[i] > x[largest] || Double.isNaN(x[i]) ? i : largest;
            heaviest = q[i] > q[heaviest] ? i : heaviest;
        }
        double maximum = x[largest];
        double[] e = new double[n];
        CompensatedSum otherE = new CompensatedSum();
        CompensatedSum otherQ = new CompensatedSum();
        CompensatedSum distances = new CompensatedSum();
        for (int i = 0; i < n; i++) {
            // +inf - +inf is NaN, as the row shall be; a row of -inf likewise
            e[i] = exp(x[i] - maximum);
            otherE.add(i == largest ? 0 : e[i]);
            otherQ.add(i == heaviest ? 0 : q[i]);
            distances.add(q[i] == 0 && !Double.isNaN(e[i]) ? 0 : q[i] * (maximum - x[i]));
        }
        double sum = otherE.value() + e[largest];
        double total = otherQ.value() + q[heaviest];
        double loss = total * log1p(otherE.value() + (e[largest] - 1)) + distances.value();
        double[] gradient = new double[n];
        double[] magnitude = new double[n];
        for (int i = 0; i < n; i++) {
            // (Q e - q S) / S; what the element itself contributes to both is left out, since it cancels
            double others = i == largest ? otherE.value() : sum - e[i];
            double otherWeights = i == heaviest ? otherQ.value() : total - q[i];
            gradient[i] = (otherWeights * e[i] - q[i] * others) / sum;
            magnitude[i] = Math.max(total * e[i] / sum, q[i]);
        }
        return new Result(new double[] {loss}, gradient, magnitude);
    }
}
