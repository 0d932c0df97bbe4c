package io.github.axoncl.oracle;

import org.apache.commons.numbers.gamma.Erfc;

import static java.lang.StrictMath.abs;
import static java.lang.StrictMath.exp;
import static java.lang.StrictMath.expm1;
import static java.lang.StrictMath.log1p;
import static java.lang.StrictMath.sqrt;

/** The functions that need care, in double, without cancellation. StrictMath, so that every JDK gives the same numbers. */
final class WideMath {
    private static final double SQRT_HALF = sqrt(0.5);
    private static final double INVERSE_SQRT_TWO_PI = 1 / Decimal.SQRT_TWO_PI.doubleValue();
    /** Within this distance of a zero its definition has lost at most 7 of the 53 bits. */
    private static final double NEAR_ZERO = 0x1p-6;
    /** Nodes and weights of Gauss's quadrature with five points on [-1, 1]. */
    private static final double[] NODES = {0, sqrt(5 - 2 * sqrt(10.0 / 7)) / 3, sqrt(5 + 2 * sqrt(10.0 / 7)) / 3};
    private static final double[] WEIGHTS = {128.0 / 225, (322 + 13 * sqrt(70)) / 900, (322 - 13 * sqrt(70)) / 900};

    private WideMath() {
    }

    static double sigmoid(double x) {
        double e = exp(-abs(x));
        return x < 0 ? e / (1 + e) : 1 / (1 + e);
    }

    /** The sigmoid's derivative. */
    static double logisticDensity(double x) {
        double e = exp(-abs(x));
        return e / ((1 + e) * (1 + e));
    }

    /** x σ(beta x); the product beta x of two float32 numbers is exact. */
    static double swish(double x, double beta) {
        double v = beta == 0 ? 0 : beta * x;
        double gate = sigmoid(v);
        return gate == 0 ? Math.copySign(0, x) : x * gate;
    }

    /** d/dx (x σ(beta x)), a function of v = beta x alone; 1 minus its mirror image for v above 0. */
    static double swishDerivative(double x, double beta) {
        double v = beta == 0 ? 0 : beta * x;
        return v > 0 ? 1 - swishLeft(-v) : swishLeft(v);
    }

    /** e<sup>v</sup> (1 + e<sup>v</sup> + v) / (1 + e<sup>v</sup>)² for v up to 0. */
    private static double swishLeft(double v) {
        if (v < -1000) {
            return -0.0;
        }
        double e = exp(v);
        double d = Zero.SWISH.distance(v);
        // With z the zero, 1 + e^z + z = 0, so 1 + e^v + v = (v - z) + e^z (e^(v-z) - 1): two terms of one sign.
        double factor = abs(d) < NEAR_ZERO ? d + exp(Zero.SWISH.high()) * expm1(d) : 1 + e + v;
        return e * factor / ((1 + e) * (1 + e));
    }

    static double softplus(double x, double beta) {
        double v = beta * x;
        return (Math.max(v, 0) + log1p(exp(-abs(v)))) / beta;
    }

    static double normalDensity(double x) {
        return INVERSE_SQRT_TWO_PI * exp(-0.5 * x * x);
    }

    static double gelu(double x) {
        double p = 0.5 * Erfc.value(-x * SQRT_HALF);
        return p == 0 ? -0.0 : x * p;
    }

    static double geluDerivative(double x) {
        if (abs(x) > 40) {
            return x < 0 ? -0.0 : 1;
        }
        double d = Zero.GELU.distance(x);
        if (abs(d) < NEAR_ZERO) {
            return geluSlopeIntegral(d);
        }
        return 0.5 * Erfc.value(-x * SQRT_HALF) + x * normalDensity(x);
    }

    /** gelu' at a distance from its zero: the integral of gelu''(t) = φ(t) (2 - t²), positive throughout. */
    private static double geluSlopeIntegral(double distance) {
        double sum = 0;
        for (int i = 0; i < NODES.length; i++) {
            double left = Zero.GELU.high() + 0.5 * distance * (1 - NODES[i]);
            double right = Zero.GELU.high() + 0.5 * distance * (1 + NODES[i]);
            sum += WEIGHTS[i] * (i == 0 ? geluCurvature(left) : geluCurvature(left) + geluCurvature(right));
        }
        return 0.5 * distance * sum;
    }

    private static double geluCurvature(double t) {
        return normalDensity(t) * (2 - t * t);
    }
}
