package io.github.axoncl.oracle;

import io.github.axoncl.Operation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where functions with default parameters are polynomials for every float32 purpose: on nine tenths of all floats. A walk over
 * all of them judges those by the polynomial and only the rest by the {@link Formula}, which is many times slower. That the two
 * agree is tested. Functions whose formulas are cheap have no closed forms.
 */
public final class ClosedForms {
    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final double DENSITY = 1 / Decimal.SQRT_TWO_PI.doubleValue();
    private static final double TWO_OVER_SQRT_PI = 1.1283791670955126;
    private static final double LN_TWO = 0.6931471805599453;
    private static final double LAMBDA = 1.0507009873554805;
    private static final double LAMBDA_ALPHA = 1.758099340847377;
    private static final double QUICK = 1.702;
    private static final Map<String, List<ClosedForm>> FORWARD = new HashMap<>();
    private static final Map<String, List<ClosedForm>> DERIVATIVE = new HashMap<>();

    static {
        near("sigmoid", 0x1p-8, 0.5, 0.25, 0, -1 / 48.0).left(-115, 0).right(30, 1)
                .slopeNear(0x1p-9, 0.25, 0, -1 / 16.0).slopeLeft(-115, 0).slopeRight(115, 0);
        near("tanh", 0x1p-10, 0, 1, 0, -1 / 3.0).left(-15, -1).right(15, 1)
                .slopeNear(0x1p-10, 1, 0, -1).slopeLeft(-60, 0).slopeRight(60, 0);
        for (String name : new String[] {"silu", "swish"}) {
            near(name, 0x1p-12, 0, 0.5, 0.25).left(-120, 0).right(30, 0, 1)
                    .slopeNear(0x1p-7, 0.5, 0.5, 0, -1 / 12.0).slopeLeft(-120, 0).slopeRight(36, 1);
        }
        near("quick_gelu", 0x1p-13, 0, 0.5, QUICK / 4).left(-75, 0).right(20, 0, 1)
                .slopeNear(0x1p-8, 0.5, QUICK / 2, 0, -QUICK * QUICK * QUICK / 12).slopeLeft(-75, 0).slopeRight(25, 1);
        near("gelu", 0x1p-13, 0, 0.5, DENSITY).left(-16, 0).right(8, 0, 1)
                .slopeNear(0x1p-8, 0.5, 2 * DENSITY, 0, -2 / 3.0 * DENSITY).slopeLeft(-16, 0).slopeRight(9, 1);
        near("gelu_tanh", 0x1p-13, 0, 0.5, DENSITY).left(-12, 0).right(8, 0, 1)
                .slopeNear(0x1p-8, 0.5, 2 * DENSITY, 0, -4 * 0.06681947717750456).slopeLeft(-12, 0).slopeRight(9, 1);
        near("mish", 0x1p-13, 0, 0.6, 0.32, -0.016).left(-120, 0).right(16, 0, 1)
                .slopeNear(0x1p-9, 0.6, 0.64, -0.048, -0.18346666666666667).slopeLeft(-120, 0).slopeRight(20, 1);
        near("softplus", 0x1p-9, LN_TWO, 0.5, 0.125).left(-115, 0).right(30, 0, 1)
                .slopeNear(0x1p-8, 0.5, 0.25, 0, -1 / 48.0).slopeLeft(-115, 0).slopeRight(30, 1);
        near("log_sigmoid", 0x1p-9, -LN_TWO, 0.5, -0.125).left(-30, 0, 1).right(115, 0)
                .slopeNear(0x1p-8, 0.5, -0.25, 0, 1 / 48.0).slopeLeft(-30, 1).slopeRight(115, 0);
        for (String name : new String[] {"elu", "celu", "scaled_elu"}) {
            exponentialLeft(name, 1, 1);
        }
        exponentialLeft("selu", LAMBDA, LAMBDA_ALPHA);
        near("tanh_shrink", 0x1p-20, 0, 0, 0, 1 / 3.0).left(-15, 1, 1).right(15, -1, 1)
                .slopeNear(0x1p-20, 0, 0, 1).slopeLeft(-15, 1).slopeRight(15, 1);
        near("exp", 0x1p-9, 1, 1, 0.5, 1 / 6.0).left(-115, 0).right(720, INFINITY)
                .slopeNear(0x1p-9, 1, 1, 0.5, 1 / 6.0).slopeLeft(-115, 0).slopeRight(720, INFINITY);
        near("expm1", 0x1p-12, 0, 1, 0.5, 1 / 6.0).left(-30, -1).right(720, INFINITY)
                .slopeNear(0x1p-9, 1, 1, 0.5, 1 / 6.0).slopeLeft(-115, 0).slopeRight(720, INFINITY);
        near("gaussian", 0x1p-10, 1, 0, -1).left(-11, 0).right(11, 0)
                .slopeNear(0x1p-10, 0, -2, 0, 2).slopeLeft(-11, 0).slopeRight(11, 0);
        near("sin", 0x1p-9, 0, 1, 0, -1 / 6.0).slopeNear(0x1p-9, 1, 0, -0.5);
        near("erf", 0x1p-10, 0, TWO_OVER_SQRT_PI, 0, -TWO_OVER_SQRT_PI / 3).left(-6, -1).right(6, 1)
                .slopeNear(0x1p-10, TWO_OVER_SQRT_PI, 0, -TWO_OVER_SQRT_PI).slopeLeft(-11, 0).slopeRight(11, 0);
        new Builder("rectified_tanh").left(0, 0).right(15, 1).piece(FORWARD, 0, 0x1p-10, 0, 1, 0, -1 / 3.0)
                .slopeLeft(0, 0).slopeRight(60, 0).piece(DERIVATIVE, Float.MIN_VALUE, 0x1p-10, 1, 0, -1);
    }

    private ClosedForms() {
    }

    /** The closed forms of a function with default parameters.
     *
     * @param function  its name
     * @param operation forward or derivative
     * @return the intervals */
    public static List<ClosedForm> of(String function, Operation operation) {
        return switch (operation) {
            case FORWARD -> FORWARD.getOrDefault(function, List.of());
            case DERIVATIVE -> DERIVATIVE.getOrDefault(function, List.of());
            default -> List.of();
        };
    }

    /** The functions that have closed forms.
     *
     * @return their names */
    static Set<String> functions() {
        return FORWARD.keySet();
    }

    /** right x for x &gt; 0, else left (e<sup>x</sup> - 1). */
    private static void exponentialLeft(String name, double right, double left) {
        new Builder(name).piece(FORWARD, -0x1p-12, 0, 0, left, left / 2, left / 6).left(-30, -left).right(0, 0, right)
                .piece(DERIVATIVE, -0x1p-9, 0, left, left, left / 2, left / 6).slopeLeft(-115, 0)
                .slopeRight(Float.MIN_VALUE, right);
    }

    private static Builder near(String function, double bound, double... c) {
        return new Builder(function).piece(FORWARD, -bound, bound, c);
    }

    /** Adds the intervals of one function. */
    private record Builder(String function) {

        Builder left(double to, double... c) {
            return piece(FORWARD, -INFINITY, to, c);
        }

        Builder right(double from, double... c) {
            return piece(FORWARD, from, INFINITY, c);
        }

        Builder slopeNear(double bound, double... c) {
            return piece(DERIVATIVE, -bound, bound, c);
        }

        Builder slopeLeft(double to, double... c) {
            return piece(DERIVATIVE, -INFINITY, to, c);
        }

        Builder slopeRight(double from, double... c) {
            return piece(DERIVATIVE, from, INFINITY, c);
        }

        Builder piece(Map<String, List<ClosedForm>> all, double from, double to, double... c) {
            all.computeIfAbsent(function, name -> new ArrayList<>()).add(ClosedForm.of(from, to, c));
            return this;
        }
    }
}
