package io.github.axoncl.oracle;

import io.github.axoncl.Activation;

import java.util.EnumMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

import static io.github.axoncl.Activation.ELU;
import static io.github.axoncl.Activation.GELU;
import static io.github.axoncl.Activation.IDENTITY;
import static io.github.axoncl.Activation.LEAKY_RELU;
import static io.github.axoncl.Activation.RELU;
import static io.github.axoncl.Activation.SIGMOID;
import static io.github.axoncl.Activation.SILU;
import static io.github.axoncl.Activation.SOFTPLUS;
import static io.github.axoncl.Activation.SWISH;
import static io.github.axoncl.Activation.TANH;
import static io.github.axoncl.oracle.WideMath.gelu;
import static io.github.axoncl.oracle.WideMath.geluDerivative;
import static io.github.axoncl.oracle.WideMath.logisticDensity;
import static io.github.axoncl.oracle.WideMath.sigmoid;
import static io.github.axoncl.oracle.WideMath.softplus;
import static io.github.axoncl.oracle.WideMath.swish;
import static io.github.axoncl.oracle.WideMath.swishDerivative;
import static java.lang.StrictMath.exp;
import static java.lang.StrictMath.expm1;
import static java.lang.StrictMath.tanh;

/** The definition of every element-wise function: one line each. */
public final class Oracles {
    private static final Map<Activation, Oracle> ALL = new EnumMap<>(Activation.class);

    // f, its limit in ULP, f', its limit, f' from the output; behind them what was measured for f and f'.
    static {
        add(IDENTITY, Oracle.of((x, p) -> x, 0, (x, p) -> 1, 0).fromOutput((y, p) -> 1)); // 0, 0
        add(RELU, Oracle.of((x, p) -> x <= 0 ? 0 : x, 0, (x, p) -> step(x, 0), 0).fromOutput((y, p) -> step(y, 0))); // 0, 0
        add(LEAKY_RELU, Oracle.of((x, p) -> x > 0 ? x : limited(p[0], x), 0.5, (x, p) -> step(x, p[0]), 0)
                .fromOutput((y, p) -> step(y, p[0]))); // 0.500, 0
        add(ELU, Oracle.of((x, p) -> x > 0 ? x : p[0] * expm1(x), 0.85, (x, p) -> step(x, p[0] * exp(x)), 0.76)
                .fromOutput((y, p) -> step(y, y + p[0]))); // 0.822, 0.746
        add(SIGMOID, Oracle.of((x, p) -> sigmoid(x), 0.76, (x, p) -> logisticDensity(x), 0.76)
                .fromOutput((y, p) -> y * (1 - y), 0, 1)); // 0.746, 0.749
        add(TANH, Oracle.of((x, p) -> tanh(x), 0.77, (x, p) -> 4 * logisticDensity(2 * x), 0.78)
                .fromOutput((y, p) -> (1 - y) * (1 + y), -1, 1)); // 0.755, 0.765
        add(SWISH, Oracle.of((x, p) -> swish(x, p[0]), 0.78, (x, p) -> swishDerivative(x, p[0]), 0.81)); // 0.770, 0.797
        add(SILU, Oracle.of((x, p) -> swish(x, 1), 0.76, (x, p) -> swishDerivative(x, 1), 0.81)); // 0.750, 0.797
        add(GELU, Oracle.of((x, p) -> gelu(x), 1.1, (x, p) -> geluDerivative(x), 0.9)); // 1.080, 0.882
        add(SOFTPLUS, Oracle.of((x, p) -> softplus(x, p[0]), 0.87, (x, p) -> sigmoid(p[0] * x), 0.76)); // 0.854, 0.744
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

    private static void add(Activation function, Oracle oracle) {
        if (ALL.put(function, oracle) != null) {
            throw new IllegalStateException(function + " has two oracles");
        }
    }
}
