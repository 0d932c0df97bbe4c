package io.github.axoncl.oracle;

import org.apache.commons.numbers.gamma.Erfc;

import java.math.BigDecimal;

import static java.lang.StrictMath.abs;
import static java.lang.StrictMath.cosh;
import static java.lang.StrictMath.exp;
import static java.lang.StrictMath.expm1;
import static java.lang.StrictMath.log1p;
import static java.lang.StrictMath.sqrt;
import static java.lang.StrictMath.tanh;

/** The functions that need care, in double, without cancellation. StrictMath, so that every JDK gives the same numbers. */
final class WideMath {
    private static final double SQRT_HALF = sqrt(0.5);
    private static final double INVERSE_SQRT_TWO_PI = 1 / Decimal.SQRT_TWO_PI.doubleValue();
    /** Within this distance of a zero its definition has lost at most 7 of the 53 bits. */
    private static final double NEAR_ZERO = 0x1p-6;
    private static final double QUICK = 1.702;
    private static final double QUICK_LOW = new BigDecimal("1.702").subtract(new BigDecimal(QUICK)).doubleValue();
    private static final BigDecimal SELU_LAMBDA = new BigDecimal("1.0507009873554804934193349852946");
    private static final BigDecimal SELU_LAMBDA_ALPHA =
            SELU_LAMBDA.multiply(new BigDecimal("1.6732632423543772848170429916717"));
    private static final double GATE_LINEAR = Zero.GATE_FACTOR.doubleValue();
    private static final double GATE_CUBIC = Zero.GATE_FACTOR.multiply(Zero.GATE_CUBIC).doubleValue();
    /** Beyond this the tails of gelu_tanh and mish are nothing even in double. */
    private static final double FAR = 1000;
    private static final double RATIONAL = 1.41645;
    private static final double RATIONAL_HEIGHT = 1.7159;
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
        return v > 0 ? 1 - swishLeft(-v, 0) : swishLeft(v, 0);
    }

    /** d/dx (x σ(1.702 x)): the product is taken as a sum of two doubles, because v may lie close to the zero. */
    static double quickGeluDerivative(double x) {
        double v = QUICK * x;
        double low = abs(v) > 1000 ? 0 : Math.fma(QUICK, x, -v) + QUICK_LOW * x;
        return v > 0 ? 1 - swishLeft(-v, -low) : swishLeft(v, low);
    }

    /** e<sup>v</sup> (1 + e<sup>v</sup> + v) / (1 + e<sup>v</sup>)² for v + low up to 0. */
    private static double swishLeft(double v, double low) {
        if (v < -1000) {
            return -0.0;
        }
        double e = exp(v);
        double d = Zero.SWISH.distance(v) + low;
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

    /** Φ(x). */
    static double normalBelow(double x) {
        return 0.5 * Erfc.value(-x * SQRT_HALF);
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

    /** x &gt; 0 ? positive x : negative (e<sup>x</sup> - 1); 0 for a factor of 0. */
    static double scaledElu(double x, double positive, double negative) {
        double factor = x > 0 ? positive : negative;
        return factor == 0 ? 0 : factor * (x > 0 ? x : expm1(x));
    }

    static double selu(double x) {
        return scaledElu(x, SELU_LAMBDA.doubleValue(), SELU_LAMBDA_ALPHA.doubleValue());
    }

    static double seluDerivative(double x) {
        return x > 0 ? SELU_LAMBDA.doubleValue() : SELU_LAMBDA_ALPHA.doubleValue() * exp(x);
    }

    /** y + λα, which cancels for y near its lower end; below that end, the float nearest to -λα, the value there. */
    static double seluFromOutput(double y) {
        if (y > 0) {
            return SELU_LAMBDA.doubleValue();
        }
        double lowest = -SELU_LAMBDA_ALPHA.floatValue();
        return new BigDecimal(Math.max(y, lowest)).add(SELU_LAMBDA_ALPHA).doubleValue();
    }

    /** alpha x + beta, where the pair of defaults means the real 1/6: then the sum, which cancels near -3, is formed first. */
    private static double ramp(double x, double alpha, double beta) {
        if (isSixth(alpha, beta)) {
            return (x + 3) / 6;
        }
        return alpha == 0 ? beta : alpha * x + beta;
    }

    static double hardSigmoid(double x, double alpha, double beta) {
        return Math.min(Math.max(ramp(x, alpha, beta), 0), 1);
    }

    /** The slope strictly between the bounds; at a bound the rounding error of the sum decides. */
    static double hardSigmoidDerivative(double x, double alpha, double beta) {
        double y = ramp(x, alpha, beta);
        if (y == 0 || y == 1) {
            BigDecimal exact = new BigDecimal(alpha).multiply(new BigDecimal(x)).add(new BigDecimal(beta));
            boolean inside = exact.signum() > 0 && exact.compareTo(BigDecimal.ONE) < 0;
            return inside && abs(x) != 3 ? slope(alpha, beta) : 0;
        }
        return y > 0 && y < 1 ? slope(alpha, beta) : 0;
    }

    private static double slope(double alpha, double beta) {
        return isSixth(alpha, beta) ? 1.0 / 6 : alpha;
    }

    private static boolean isSixth(double alpha, double beta) {
        return alpha == (float) (1.0 / 6) && beta == 0.5;
    }

    static double hardSwish(double x) {
        return x <= -3 ? 0 : x >= 3 ? x : x * (x + 3) / 6;
    }

    static double hardSwishDerivative(double x) {
        return x <= -3 ? 0 : x >= 3 ? 1 : (x + 1.5) / 3;
    }

    /** 1 strictly between the bounds; an infinite bound bounds nothing. */
    static double betweenDerivative(double x, double min, double max) {
        double v = Math.min(Math.max(x, -Double.MAX_VALUE), Double.MAX_VALUE);
        return min < v && v < max ? 1 : 0;
    }

    static double softShrink(double x, double lambda) {
        return Math.copySign(abs(x) > lambda ? abs(x) - lambda : 0, x);
    }

    /** x n / (n + 2) with n = e<sup>x</sup> (e<sup>x</sup> + 2). */
    static double mish(double x) {
        if (abs(x) > FAR) {
            return x > 0 ? x : -0.0;
        }
        double e = exp(Math.min(x, 100));
        double n = e * (e + 2);
        return x * (n / (n + 2));
    }

    /** e<sup>x</sup> ω / δ² with ω = 4 (x + 1) + (4x + 6) e<sup>x</sup> + 4 e<sup>2x</sup> + e<sup>3x</sup>, δ = n + 2. */
    static double mishDerivative(double x) {
        if (abs(x) > FAR) {
            return x > 0 ? 1 : -0.0;
        }
        double v = Math.min(x, 50);
        double e = exp(v);
        double delta = e * (e + 2) + 2;
        double d = Zero.MISH.distance(v);
        double z = Zero.MISH.high();
        double ez = exp(z);
        // ω minus its value 0 at the zero z, term by term: all of one sign.
        double omega = abs(d) < NEAR_ZERO
                ? 4 * d + ez * ((4 * z + 6) * expm1(d) + 4 * d * exp(d)) + 4 * ez * ez * expm1(2 * d)
                        + ez * ez * ez * expm1(3 * d)
                : 4 * (v + 1) + e * (4 * v + 6 + e * (4 + e));
        return e * omega / (delta * delta);
    }

    /** 2 √(2/π) (x + 0.044715 x³). */
    private static double geluTanhGate(double x) {
        return x * (GATE_LINEAR + GATE_CUBIC * x * x);
    }

    static double geluTanh(double x) {
        double gate = sigmoid(geluTanhGate(x));
        return gate == 0 ? Math.copySign(0, x) : x * gate;
    }

    /** 1 minus its mirror image for x above 0. */
    static double geluTanhDerivative(double x) {
        return x > 0 ? 1 - geluTanhLeft(-x) : geluTanhLeft(x);
    }

    /** e<sup>w</sup> (1 + e<sup>w</sup> + x w') / (1 + e<sup>w</sup>)² for x up to 0. */
    private static double geluTanhLeft(double x) {
        if (x < -FAR) {
            return -0.0;
        }
        double e = exp(geluTanhGate(x));
        double d = Zero.GELU_TANH.distance(x);
        double z = Zero.GELU_TANH.high();
        double squares = x * x + x * z + z * z;
        double factor = abs(d) < NEAR_ZERO
                ? exp(geluTanhGate(z)) * expm1(d * (GATE_LINEAR + GATE_CUBIC * squares))
                        + d * (GATE_LINEAR + 3 * GATE_CUBIC * squares)
                : 1 + e + x * (GATE_LINEAR + 3 * GATE_CUBIC * x * x);
        return e * factor / ((1 + e) * (1 + e));
    }

    static double softsign(double x) {
        return abs(x) == Double.POSITIVE_INFINITY ? Math.signum(x) : x / (1 + abs(x));
    }

    /** x - tanh x = Σ 2k x<sup>2k+1</sup> / (2k+1)! / cosh x: terms of one sign, for small x. */
    static double tanhShrink(double x) {
        if (abs(x) > 1) {
            return x - tanh(x);
        }
        double term = x;
        double sum = 0;
        for (int k = 1; k < 12; k++) {
            term *= x * x / (2 * k * (2 * k + 1));
            sum += 2 * k * term;
        }
        return sum / cosh(x);
    }

    static double squareplus(double x, double b) {
        double h = sqrt(x * x + b);
        return x < 0 ? b / (h - x) / 2 : (h + x) / 2;
    }

    static double squareplusDerivative(double x, double b) {
        double h = sqrt(x * x + b);
        if (x < 0) {
            return b / (h * (h - x)) / 2;
        }
        return h == Double.POSITIVE_INFINITY ? 1 : (h + x) / h / 2;
    }

    static double gaussianDerivative(double x) {
        return abs(x) > FAR ? Math.copySign(0, -x) : -2 * x * exp(-x * x);
    }

    static double erfDerivative(double x) {
        return 2 / sqrt(Math.PI) * exp(-x * x);
    }

    /** 1.7159 n / (1 + n) with n = |a| + a² + 1.41645 a⁴. */
    static double rationalTanh(double x) {
        double a = 2 * Math.min(abs(x), 1e30) / 3;
        double n = a * (1 + a * (1 + RATIONAL * a * a));
        return Math.copySign(RATIONAL_HEIGHT * (n / (1 + n)), x);
    }

    static double rationalTanhDerivative(double x) {
        double a = 2 * Math.min(abs(x), 1e30) / 3;
        double d = 1 + a * (1 + a * (1 + RATIONAL * a * a));
        return 2 * RATIONAL_HEIGHT / 3 * (1 + a * (2 + 4 * RATIONAL * a * a)) / (d * d);
    }

    /** x + x² / (2 (√(x² + 1) + 1)): two terms, of which the first is at least twice the second. */
    static double bentIdentity(double x) {
        return abs(x) == Double.POSITIVE_INFINITY ? x : x + x * x / (2 * (sqrt(x * x + 1) + 1));
    }

    static double bentIdentityDerivative(double x) {
        return 1 + (abs(x) == Double.POSITIVE_INFINITY ? Math.signum(x) : x / sqrt(x * x + 1)) / 2;
    }

    /** x / √(1 + alpha x²). */
    static double rootUnit(double x, double alpha) {
        return abs(x) == Double.POSITIVE_INFINITY ? Math.signum(x) / sqrt(alpha) : x / sqrt(1 + alpha * x * x);
    }

    static double rootUnitDerivative(double x, double alpha) {
        double q = 1 + alpha * x * x;
        return 1 / (q * sqrt(q));
    }
}
