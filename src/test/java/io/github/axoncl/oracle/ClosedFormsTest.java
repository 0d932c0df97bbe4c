package io.github.axoncl.oracle;

import io.github.axoncl.Activation;
import io.github.axoncl.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

/** Closed forms are the formulas, at the ends of their intervals and between. */
class ClosedFormsTest {
    private static final int INSIDE = 20_000;
    private static final double RELATIVE = 0x1p-40;
    private static final double ABSOLUTE = 0x1p-161;

    @ParameterizedTest
    @EnumSource(Activation.class)
    void agreeWithTheFormulas(Activation activation) {
        double[] defaults = activation.definition().parameters().stream().mapToDouble(p -> (float) p.defaultValue()).toArray();
        Oracle oracle = Oracles.of(activation);
        for (ClosedForm form : ClosedForms.of(activation.id(), Operation.FORWARD)) {
            check(activation.id(), form, oracle.forward(), defaults);
        }
        for (ClosedForm form : ClosedForms.of(activation.id(), Operation.DERIVATIVE)) {
            check(activation.id() + "'", form, oracle.derivative(), defaults);
        }
    }

    @Test
    void belongToFunctions() {
        assertThat(Arrays.stream(Activation.values()).map(Activation::id)).containsAll(ClosedForms.functions());
    }

    private static void check(String what, ClosedForm form, Formula formula, double... parameters) {
        float low = (float) Math.max(form.from(), -Float.MAX_VALUE);
        float high = (float) Math.min(form.to(), Float.MAX_VALUE);
        assertThat(form.contains(low) && form.contains(high)).as("%s: ends of %s", what, form).isTrue();
        compare(what, form, formula, low, parameters);
        compare(what, form, formula, high, parameters);
        SplittableRandom random = new SplittableRandom(7);
        int first = rank(low);
        int last = rank(high);
        for (int i = 0; i < INSIDE; i++) {
            // Every second one within the binades at the ends: the error is largest there.
            int near = (int) Math.min(1 << 22, (long) last - first);
            int rank = switch (i % 4) {
                case 0 -> first + random.nextInt(near + 1);
                case 1 -> last - random.nextInt(near + 1);
                default -> (int) random.nextLong(first, last + 1L);
            };
            compare(what, form, formula, unranked(rank), parameters);
        }
    }

    private static void compare(String what, ClosedForm form, Formula formula, float x, double... parameters) {
        double exact = formula.at(x, parameters);
        double closed = form.at(x);
        if (closed != exact && !(Math.abs(closed - exact) <= Math.max(RELATIVE * Math.abs(exact), ABSOLUTE))) {
            assertThat(closed).as("%s(%s) by %s", what, Float.toHexString(x), form).isEqualTo(exact);
        }
    }

    /** The place of a float in the order of all floats. */
    private static int rank(float x) {
        int bits = Float.floatToIntBits(x);
        return bits < 0 ? Integer.MIN_VALUE - bits : bits;
    }

    private static float unranked(int rank) {
        return Float.intBitsToFloat(rank < 0 ? Integer.MIN_VALUE - rank : rank);
    }
}
