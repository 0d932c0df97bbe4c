package io.github.axoncl.oracle;

import io.github.axoncl.Activation;
import org.apache.commons.numbers.gamma.Erf;

import java.util.EnumMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

import static io.github.axoncl.Activation.ABS;
import static io.github.axoncl.Activation.BENT_IDENTITY;
import static io.github.axoncl.Activation.CELU;
import static io.github.axoncl.Activation.CLIP;
import static io.github.axoncl.Activation.CUBE;
import static io.github.axoncl.Activation.ELU;
import static io.github.axoncl.Activation.ERF;
import static io.github.axoncl.Activation.EXP;
import static io.github.axoncl.Activation.EXPM1;
import static io.github.axoncl.Activation.GAUSSIAN;
import static io.github.axoncl.Activation.GELU;
import static io.github.axoncl.Activation.GELU_TANH;
import static io.github.axoncl.Activation.HARD_SHRINK;
import static io.github.axoncl.Activation.HARD_SIGMOID;
import static io.github.axoncl.Activation.HARD_SWISH;
import static io.github.axoncl.Activation.HARD_TANH;
import static io.github.axoncl.Activation.IDENTITY;
import static io.github.axoncl.Activation.ISRLU;
import static io.github.axoncl.Activation.ISRU;
import static io.github.axoncl.Activation.LEAKY_RELU;
import static io.github.axoncl.Activation.LOG_SIGMOID;
import static io.github.axoncl.Activation.MISH;
import static io.github.axoncl.Activation.PRELU;
import static io.github.axoncl.Activation.QUICK_GELU;
import static io.github.axoncl.Activation.RATIONAL_TANH;
import static io.github.axoncl.Activation.RECTIFIED_TANH;
import static io.github.axoncl.Activation.RELU6;
import static io.github.axoncl.Activation.RELU;
import static io.github.axoncl.Activation.RELU_SQUARED;
import static io.github.axoncl.Activation.SCALED_ELU;
import static io.github.axoncl.Activation.SELU;
import static io.github.axoncl.Activation.SHRINK;
import static io.github.axoncl.Activation.SIGMOID;
import static io.github.axoncl.Activation.SIGN;
import static io.github.axoncl.Activation.SILU;
import static io.github.axoncl.Activation.SIN;
import static io.github.axoncl.Activation.SOFTPLUS;
import static io.github.axoncl.Activation.SOFTSIGN;
import static io.github.axoncl.Activation.SOFT_SHRINK;
import static io.github.axoncl.Activation.SQRT;
import static io.github.axoncl.Activation.SQUARE;
import static io.github.axoncl.Activation.SQUAREPLUS;
import static io.github.axoncl.Activation.STEP;
import static io.github.axoncl.Activation.SWISH;
import static io.github.axoncl.Activation.TANH;
import static io.github.axoncl.Activation.TANH_SHRINK;
import static io.github.axoncl.Activation.THRESHOLD;
import static io.github.axoncl.Activation.THRESHOLDED_RELU;
import static io.github.axoncl.oracle.WideMath.bentIdentity;
import static io.github.axoncl.oracle.WideMath.bentIdentityDerivative;
import static io.github.axoncl.oracle.WideMath.betweenDerivative;
import static io.github.axoncl.oracle.WideMath.erfDerivative;
import static io.github.axoncl.oracle.WideMath.gaussianDerivative;
import static io.github.axoncl.oracle.WideMath.gelu;
import static io.github.axoncl.oracle.WideMath.geluDerivative;
import static io.github.axoncl.oracle.WideMath.geluTanh;
import static io.github.axoncl.oracle.WideMath.geluTanhDerivative;
import static io.github.axoncl.oracle.WideMath.hardSigmoid;
import static io.github.axoncl.oracle.WideMath.hardSigmoidDerivative;
import static io.github.axoncl.oracle.WideMath.hardSwish;
import static io.github.axoncl.oracle.WideMath.hardSwishDerivative;
import static io.github.axoncl.oracle.WideMath.logisticDensity;
import static io.github.axoncl.oracle.WideMath.mish;
import static io.github.axoncl.oracle.WideMath.mishDerivative;
import static io.github.axoncl.oracle.WideMath.quickGeluDerivative;
import static io.github.axoncl.oracle.WideMath.rationalTanh;
import static io.github.axoncl.oracle.WideMath.rationalTanhDerivative;
import static io.github.axoncl.oracle.WideMath.rootUnit;
import static io.github.axoncl.oracle.WideMath.rootUnitDerivative;
import static io.github.axoncl.oracle.WideMath.scaledElu;
import static io.github.axoncl.oracle.WideMath.selu;
import static io.github.axoncl.oracle.WideMath.seluDerivative;
import static io.github.axoncl.oracle.WideMath.seluFromOutput;
import static io.github.axoncl.oracle.WideMath.sigmoid;
import static io.github.axoncl.oracle.WideMath.softShrink;
import static io.github.axoncl.oracle.WideMath.softplus;
import static io.github.axoncl.oracle.WideMath.softsign;
import static io.github.axoncl.oracle.WideMath.squareplus;
import static io.github.axoncl.oracle.WideMath.squareplusDerivative;
import static io.github.axoncl.oracle.WideMath.swish;
import static io.github.axoncl.oracle.WideMath.swishDerivative;
import static io.github.axoncl.oracle.WideMath.tanhShrink;
import static java.lang.Math.cos;
import static java.lang.Math.sin;
import static java.lang.StrictMath.abs;
import static java.lang.StrictMath.exp;
import static java.lang.StrictMath.expm1;
import static java.lang.StrictMath.sqrt;
import static java.lang.StrictMath.tanh;

/** The definition of every element-wise function: one line each. */
public final class Oracles {
    private static final Map<Activation, Oracle> ALL = new EnumMap<>(Activation.class);

    // f, its limit in ULP, f', its limit, f' from the output; behind them the maxima of f and f' over every float with default
    // parameters (verify --exhaustive). 0.501: rounded once, from a number that is right to 2^-18 ULP or better, so that a tie
    // may be missed.
    static {
        add(IDENTITY, Oracle.of((x, p) -> x, 0, (x, p) -> 1, 0).fromOutput((y, p) -> 1)); // 0, 0
        add(RELU, Oracle.of((x, p) -> x <= 0 ? 0 : x, 0, (x, p) -> step(x, 0), 0).fromOutput((y, p) -> step(y, 0))); // 0, 0
        add(LEAKY_RELU, Oracle.of((x, p) -> x > 0 ? x : limited(p[0], x), 0.5, (x, p) -> step(x, p[0]), 0)
                .fromOutput((y, p) -> step(y, p[0]))); // 0.500, 0
        add(ELU, Oracle.of((x, p) -> x > 0 ? x : p[0] * expm1(x), 0.75, (x, p) -> step(x, p[0] * exp(x)), 0.77)
                .fromOutput((y, p) -> step(y, y + p[0]))); // 0.663, 0.764
        add(SIGMOID, Oracle.of((x, p) -> sigmoid(x), 0.77, (x, p) -> logisticDensity(x), 0.77)
                .fromOutput((y, p) -> y * (1 - y), 0, 1)); // 0.764, 0.764
        add(TANH, Oracle.of((x, p) -> tanh(x), 0.77, (x, p) -> 4 * logisticDensity(2 * x), 0.78)
                .fromOutput((y, p) -> (1 - y) * (1 + y), -1, 1)); // 0.755, 0.765
        add(SWISH, Oracle.of((x, p) -> swish(x, p[0]), 0.82, (x, p) -> swishDerivative(x, p[0]), 0.81)); // 0.814, 0.807
        add(SILU, Oracle.of((x, p) -> swish(x, 1), 0.82, (x, p) -> swishDerivative(x, 1), 0.81)); // 0.814, 0.807
        add(GELU, Oracle.of((x, p) -> gelu(x), 1.1, (x, p) -> geluDerivative(x), 0.9)); // 1.080, 0.892
        add(SOFTPLUS, Oracle.of((x, p) -> softplus(x, p[0]), 0.87, (x, p) -> sigmoid(p[0] * x), 0.77)); // 0.764, 0.764
        add(RELU6, Oracle.of((x, p) -> clamp(x, 0, 6), 0, (x, p) -> betweenDerivative(x, 0, 6), 0)); // 0, 0
        add(PRELU, Oracle.of((x, p) -> x > 0 ? x : limited(p[0], x), 0.5, (x, p) -> step(x, p[0]), 0)); // 0.500, 0
        add(CELU, Oracle.of((x, p) -> x > 0 ? x : p[0] * expm1(x / p[0]), 0.85, (x, p) -> step(x, exp(x / p[0])), 0.77)
                .fromOutput((y, p) -> step(y, (Math.max(y, -p[0]) + p[0]) / p[0]))); // 0.663, 0.764
        add(SELU, Oracle.of((x, p) -> selu(x), 0.76, (x, p) -> seluDerivative(x), 0.79)
                .fromOutput((y, p) -> seluFromOutput(y))); // 0.750, 0.781
        add(SCALED_ELU, Oracle.of((x, p) -> scaledElu(x, p[0], p[0] * p[1]), 0.85,
                (x, p) -> x > 0 ? p[0] : p[0] * p[1] * exp(x), 0.84)); // 0.663, 0.764
        add(HARD_SIGMOID, Oracle.of((x, p) -> hardSigmoid(x, p[0], p[1]), 0.5,
                (x, p) -> hardSigmoidDerivative(x, p[0], p[1]), 0.34)); // 0.500, 0.333
        add(HARD_TANH, Oracle.of((x, p) -> clamp(x, p[0], p[1]), 0, (x, p) -> betweenDerivative(x, p[0], p[1]), 0)); // 0, 0
        add(CLIP, Oracle.of((x, p) -> clamp(x, p[0], p[1]), 0, (x, p) -> betweenDerivative(x, p[0], p[1]), 0)); // 0, 0
        add(HARD_SWISH, Oracle.of((x, p) -> hardSwish(x), 0.501, (x, p) -> hardSwishDerivative(x), 0.5)); // 0.500, 0.500
        add(MISH, Oracle.of((x, p) -> mish(x), 0.82, (x, p) -> mishDerivative(x), 0.79)); // 0.814, 0.784
        add(GELU_TANH, Oracle.of((x, p) -> geluTanh(x), 0.85, (x, p) -> geluTanhDerivative(x), 0.85)); // 0.843, 0.834
        add(QUICK_GELU, Oracle.of((x, p) -> swish(x, 1.702), 0.81, (x, p) -> quickGeluDerivative(x), 0.82)); // 0.803, 0.815
        add(SOFTSIGN, Oracle.of((x, p) -> softsign(x), 0.5, (x, p) -> 1 / square(1 + abs(x)), 0.76)); // 0.500, 0.750
        add(LOG_SIGMOID, Oracle.of((x, p) -> -softplus(-x, 1), 0.8, (x, p) -> sigmoid(-x), 0.77)); // 0.794, 0.764
        add(TANH_SHRINK, Oracle.of((x, p) -> tanhShrink(x), 1.1, (x, p) -> square(tanh(x)), 0.75)); // 1.062, 0.694
        add(HARD_SHRINK, Oracle.of((x, p) -> abs(x) > p[0] ? x : 0, 0, (x, p) -> beyond(x, p[0]), 0)); // 0, 0
        add(SOFT_SHRINK, Oracle.of((x, p) -> softShrink(x, p[0]), 0.5, (x, p) -> beyond(x, p[0]), 0)); // 0.500, 0
        add(SHRINK, Oracle.of((x, p) -> abs(x) > p[0] ? Math.signum(x) * (abs(x) - p[1]) : 0, 0.5,
                (x, p) -> beyond(x, p[0]), 0)); // 0.500, 0
        add(THRESHOLD, Oracle.of((x, p) -> x > p[0] ? x : p[1], 0, (x, p) -> x > p[0] ? 1 : 0, 0)); // 0, 0
        add(THRESHOLDED_RELU, Oracle.of((x, p) -> x > p[0] ? x : 0, 0, (x, p) -> x > p[0] ? 1 : 0, 0)); // 0, 0
        add(SQUAREPLUS, Oracle.of((x, p) -> squareplus(x, p[0]), 0.76,
                (x, p) -> squareplusDerivative(x, p[0]), 0.76)); // 0.750, 0.750
        add(EXP, Oracle.of((x, p) -> exp(x), 0.77, (x, p) -> exp(x), 0.77).fromOutput((y, p) -> y)); // 0.764, 0.764
        add(EXPM1, Oracle.of((x, p) -> expm1(x), 0.85, (x, p) -> exp(x), 0.77).fromOutput((y, p) -> y + 1)); // 0.832, 0.764
        add(SQUARE, Oracle.of((x, p) -> square(x), 0.5, (x, p) -> 2 * x, 0)); // 0.500, 0
        add(CUBE, Oracle.of((x, p) -> x * x * x, 0.76, (x, p) -> 3 * x * x, 0.76)); // 0.750, 0.750
        add(ABS, Oracle.of((x, p) -> abs(x), 0, (x, p) -> Math.signum(x), 0)); // 0, 0
        add(SQRT, Oracle.of((x, p) -> sqrt(x), 0.5, (x, p) -> 0.5 / abs(sqrt(x)), 0.5)); // 0.500, 0.500
        add(STEP, Oracle.of((x, p) -> step(x, 0), 0, (x, p) -> 0, 0)); // 0, 0
        add(SIGN, Oracle.of((x, p) -> Math.signum(x), 0, (x, p) -> 0, 0)); // 0, 0
        add(RECTIFIED_TANH, Oracle.of((x, p) -> x > 0 ? tanh(x) : 0, 0.77,
                (x, p) -> x > 0 ? 4 * logisticDensity(2 * x) : 0, 0.78)
                .fromOutput((y, p) -> y > 0 ? (1 - y) * (1 + y) : 0, -1, 1)); // 0.755, 0.765
        add(RELU_SQUARED, Oracle.of((x, p) -> x > 0 ? square(x) : 0, 0.5, (x, p) -> x > 0 ? 2 * x : 0, 0)); // 0.500, 0
        add(GAUSSIAN, Oracle.of((x, p) -> exp(-x * x), 0.79, (x, p) -> gaussianDerivative(x), 0.83)); // 0.779, 0.822
        // Math's sine is four times as fast as StrictMath's for large x, which most floats are, and as good.
        add(SIN, Oracle.of((x, p) -> sin(x), 0.78, (x, p) -> cos(x), 0.78)); // 0.771, 0.776
        add(ERF, Oracle.of((x, p) -> Erf.value(x), 0.79, (x, p) -> erfDerivative(x), 0.82)); // 0.783, 0.812
        add(RATIONAL_TANH, Oracle.of((x, p) -> rationalTanh(x), 0.76,
                (x, p) -> rationalTanhDerivative(x), 0.76)); // 0.750, 0.750
        add(BENT_IDENTITY, Oracle.of((x, p) -> bentIdentity(x), 0.501,
                (x, p) -> bentIdentityDerivative(x), 0.76)); // 0.500, 0.750
        add(ISRU, Oracle.of((x, p) -> rootUnit(x, p[0]), 0.501, (x, p) -> rootUnitDerivative(x, p[0]), 0.76)); // 0.500, 0.750
        add(ISRLU, Oracle.of((x, p) -> x < 0 ? rootUnit(x, p[0]) : x, 0.501,
                (x, p) -> x < 0 ? rootUnitDerivative(x, p[0]) : 1, 0.76)); // 0.500, 0.750
    }

    private Oracles() {
    }

    /** The definition of a function.
     *
     * @param function the function
     * @return its oracle
     * @throws NoSuchElementException if there is none */
    public static Oracle of(Activation function) {
        Oracle oracle = ALL.get(function);
        if (oracle == null) {
            throw new NoSuchElementException(function + " has no oracle: add a line to Oracles");
        }
        return oracle;
    }

    /** The functions that have an oracle.
     *
     * @return an unmodifiable set */
    public static Set<Activation> functions() {
        return Set.copyOf(ALL.keySet());
    }

    /** 1 above 0, else what the left side has. */
    private static double step(double x, double left) {
        return x > 0 ? 1 : left;
    }

    /** slope x with its limit 0 for a slope of 0. */
    private static double limited(double slope, double x) {
        return slope == 0 ? 0 : slope * x;
    }

    private static double square(double x) {
        return x * x;
    }

    private static double clamp(double x, double min, double max) {
        return x < min ? min : x > max ? max : x;
    }

    /** 1 where |x| exceeds lambda, else 0. */
    private static double beyond(double x, double lambda) {
        return abs(x) > lambda ? 1 : 0;
    }

    private static void add(Activation function, Oracle oracle) {
        if (ALL.put(function, oracle) != null) {
            throw new IllegalStateException(function + " has two oracles");
        }
    }
}
