package io.github.axoncl.contract;

import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.Operand;
import io.github.axoncl.RandomSeed;
import io.github.axoncl.StochasticActivation;
import io.github.axoncl.StochasticFunction;
import io.github.axoncl.TestKernels;
import io.github.axoncl.oracle.Philox;
import io.github.axoncl.oracle.StochasticOracle;
import io.github.axoncl.oracle.StochasticOracle.Decision;
import io.github.axoncl.oracle.StochasticOracle.Value;
import io.github.axoncl.oracle.Ulp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static io.github.axoncl.contract.Mistake.mistake;
import static org.assertj.core.api.Assertions.assertThat;

/** Functions that take random decisions: the same ones on every backend, however the work is divided; oracles; mistakes. */
@Tag("families")
class StochasticContractTest extends BackendContract {
    private static final float INF = Float.POSITIVE_INFINITY;
    private static final RandomSeed SEED = new RandomSeed(0xFEDCBA9876543210L, -2);
    /** Blocks of four numbers are numbered in 64 bits: at 2^34 elements the lower 32 overflow. */
    private static final long[] FIRST_ELEMENTS = {0, 1, 2, 3, 4, 4095, (1L << 34) - 5, (1L << 62) + 7, Long.MAX_VALUE - 50};
    private static final float[] THREE = new float[3];
    private static final float[] FOUR = new float[4];

    static Stream<StochasticFunction> functions() {
        return Stream.of(StochasticActivation.DROPOUT, StochasticActivation.DROPOUT.with(0),
                StochasticActivation.DROPOUT.with(1),
                StochasticActivation.DROPOUT.with(0.1), StochasticActivation.ALPHA_DROPOUT,
                StochasticActivation.ALPHA_DROPOUT.with(0), StochasticActivation.ALPHA_DROPOUT.with(1),
                StochasticActivation.ALPHA_DROPOUT.with(0.05), StochasticActivation.RRELU,
                StochasticActivation.RRELU.with(0, 1),
                StochasticActivation.RRELU.with(0.25, 0.25), StochasticActivation.STOCHASTIC_GELU,
                StochasticActivation.GUMBEL_NOISE, StochasticActivation.ZONEOUT, StochasticActivation.ZONEOUT.with(0),
                StochasticActivation.ZONEOUT.with(1), StochasticActivation.ZONEOUT.with(0.9));
    }

    private static StochasticActivation constant(StochasticFunction f) {
        return StochasticActivation.valueOf(f.id().toUpperCase(java.util.Locale.ROOT));
    }

    private static double[] arguments(StochasticFunction f) {
        return IntStream.range(0, f.definition().parameters().size()).mapToDouble(f::argument).toArray();
    }

    // ---- bits

    /** All 32 bits of the words, by way of two functions that show one half each. */
    @Test
    void wordsAreThoseOfPhilox() {
        StochasticFunction low = TestKernels.stochastic(
                "float forward(float x, uint bits) { return (float)(int)(bits & 0xFFFFu); }");
        StochasticFunction high = TestKernels.stochastic(
                "float forward(float x, uint bits) { return (float)(int)(bits >> 16); }");
        float[] l = new float[40];
        float[] h = new float[l.length];
        for (RandomSeed seed : new RandomSeed[] {new RandomSeed(0, 0), new RandomSeed(-1, -1), SEED,
            new RandomSeed(1L << 32, 1L << 32)}) {
            for (long first : FIRST_ELEMENTS) {
                backend().forward(low, seed.from(first), l, l);
                backend().forward(high, seed.from(first), h, h);
                for (int i = 0; i < l.length; i++) {
                    assertThat((long) h[i] << 16 | (long) l[i]).as("%s, element %d + %d", seed, first, i)
                            .isEqualTo(Philox.word(seed.seed(), seed.offset(), first + i));
                }
            }
        }
        assertThat(Philox.word(0, 0, 0)).isEqualTo(0x6627e8d5L);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void sameBitsInEveryMemory(StochasticFunction f) {
        boolean zoneout = constant(f) == StochasticActivation.ZONEOUT;
        for (int n : new int[] {1, 5, 67, KIND.longestOfMany() + 2}) {
            float[] x = Inputs.mixed(n, 1);
            float[] other = Inputs.mixed(n, 2);
            float[] dy = Inputs.mixed(n, 3);
            String what = f.describe() + " of " + n;
            if (zoneout) {
                OperationCheck.of(what, (b, o) -> b.forward(f, SEED, o.apply("x"), o.apply("previous"), o.apply("y")))
                        .in("x", x).in("previous", other).out("y", n).inPlace("y", "x").inPlace("y", "previous").check();
                OperationCheck.of("backward of " + what, (b, o) -> b.backwardBoth(f, SEED, o.apply("dy"), o.apply("dx"),
                        o.apply("dprevious")))
                        .in("dy", dy).out("dx", n).out("dprevious", n).inPlace("dx", "dy").inPlace("dprevious", "dy").check();
                continue;
            }
            OperationCheck.of(what, (b, o) -> b.forward(f, SEED, o.apply("x"), o.apply("y")))
                    .in("x", x).out("y", n).inPlace("y", "x").check();
            if (StochasticOracle.of(constant(f)).backward() != null) {
                OperationCheck.of("backward of " + what,
                        (b, o) -> b.backward(f, SEED, o.apply("x"), o.apply("dy"), o.apply("dx")))
                        .in("x", x).in("dy", dy).out("dx", n).inPlace("dx", "x").inPlace("dx", "dy").check();
            }
            if (takesGradientAlone(f)) {
                float[] dx = OperationCheck.of("backward of " + what,
                        (b, o) -> b.backward(f, SEED, o.apply("dy"), o.apply("dx")))
                        .in("dy", dy).out("dx", n).inPlace("dx", "dy").check().get("dx");
                float[] fromInput = new float[n];
                reference().backward(f, SEED, x, dy, fromInput);
                Bits.assertSame("with and without the input, " + what, fromInput, dx);
            }
        }
    }

    private static boolean takesGradientAlone(StochasticFunction f) {
        return constant(f) == StochasticActivation.DROPOUT || constant(f) == StochasticActivation.ALPHA_DROPOUT;
    }

    /** A tensor in parts gets what the whole one gets, wherever it is cut. */
    @ParameterizedTest
    @MethodSource("functions")
    void sameBitsInParts(StochasticFunction f) {
        int n = KIND.longestOfMany() + 2000;
        float[] x = Inputs.normal(n, 4);
        float[] previous = Inputs.normal(n, 5);
        for (long first : new long[] {3, (1L << 34) - 1500}) {
            float[] whole = new float[n];
            forward(reference(), f, SEED.from(first), Operand.of(x), Operand.of(previous), Operand.of(whole));
            float[] parts = new float[n];
            int[] cuts = {0, 1, 6, 7, 1000, 1003, 2051, n};
            for (int k = 1; k < cuts.length; k++) {
                int from = cuts[k - 1];
                int length = cuts[k] - from;
                forward(backend(), f, SEED.from(first + from), Operand.of(x, from, length), Operand.of(previous, from, length),
                        Operand.of(parts, from, length));
            }
            Bits.assertSame(f.describe() + " from " + first, parts, whole);
        }
    }

    private static void forward(Backend backend, StochasticFunction f, RandomSeed seed, Operand x, Operand previous,
            Operand y) {
        if (constant(f) == StochasticActivation.ZONEOUT) {
            backend.forward(f, seed, x, previous, y);
        } else {
            backend.forward(f, seed, x, y);
        }
    }

    /** Longer than what a device is given at once. */
    @Test
    void sameBitsInChunks() {
        int n = KIND.longest() < 1_000_000 ? KIND.longest() : (1 << 20) + 4099;
        float[] x = new float[n];
        Arrays.fill(x, 1);
        float[] expected = new float[n];
        reference().forward(StochasticActivation.DROPOUT, SEED, x, expected);
        float[] y = new float[n];
        backend().forward(StochasticActivation.DROPOUT, SEED, x, y);
        Bits.assertSame("dropout of " + n, y, expected);
        backend().forward(StochasticActivation.DROPOUT, SEED, x, x);
        Bits.assertSame("dropout in place of " + n, x, expected);
    }

    @Test
    void seedsAndOffsetsGiveOtherNumbers() {
        float[] x = new float[64];
        Arrays.fill(x, 1);
        float[] before = new float[0];
        for (RandomSeed seed : new RandomSeed[] {new RandomSeed(1, 1), new RandomSeed(1, 2), new RandomSeed(2, 1),
            new RandomSeed(1L << 32, 1), new RandomSeed(1, 1L << 32), new RandomSeed(1, 1, 1)}) {
            float[] y = new float[64];
            backend().forward(StochasticActivation.DROPOUT, seed, x, y);
            assertThat(Arrays.equals(y, before)).as(seed.toString()).isFalse();
            before = y;
        }
        assertThat(SEED.from(5)).isEqualTo(new RandomSeed(SEED.seed(), SEED.offset(), 5));
    }

    // ---- values

    @ParameterizedTest
    @MethodSource("functions")
    void valuesAreThoseOfTheOracle(StochasticFunction f) {
        int n = KIND.isCpu() && KIND.longest() > 4097 ? 50_000 : KIND.longestOfMany();
        float[] x = Inputs.normal(n, 6);
        float[] previous = Inputs.normal(n, 7);
        float[] dy = Inputs.normal(n, 8);
        StochasticOracle oracle = StochasticOracle.of(constant(f));
        float[] y = new float[n];
        forward(backend(), f, SEED, Operand.of(x), Operand.of(previous), Operand.of(y));
        judge(f.describe(), f, oracle.forward(), oracle.limit(), x, previous, null, y);
        if (oracle.backward() == null) {
            return;
        }
        float[] dx = new float[n];
        if (constant(f) == StochasticActivation.ZONEOUT) {
            float[] dprevious = new float[n];
            backend().backwardBoth(f, SEED, Operand.of(dy), Operand.of(dx), Operand.of(dprevious));
            for (int i = 0; i < n; i++) {
                assertThat(dx[i] == dy[i] ? dprevious[i] : dx[i]).as("dx or dprevious at %d", i).isZero();
                assertThat(dx[i] + dprevious[i]).as("dx or dprevious at %d", i).isEqualTo(dy[i]);
            }
        } else {
            backend().backward(f, SEED, x, dy, dx);
        }
        judge("backward of " + f.describe(), f, oracle.backward(), oracle.limit(), x, previous, dy, dx);
    }

    private static void judge(String what, StochasticFunction f, Decision oracle, double limit, float[] x, float[] previous,
                              float[] dy, float... actual) {
        double[] parameters = arguments(f);
        double worst = 0;
        int others = 0;
        for (int i = 0; i < x.length; i++) {
            Value exact = oracle.at(Philox.word(SEED.seed(), SEED.offset(), i), x[i], previous[i], parameters);
            double factor = dy == null ? 1 : dy[i];
            double error = Ulp.error(actual[i], exact.value() * factor, exact.magnitude() * factor);
            if (error > limit && constant(f) == StochasticActivation.STOCHASTIC_GELU
                    && (actual[i] == 0) != (exact.value() == 0)) {
                others++;
                continue;
            }
            worst = Math.max(worst, error);
        }
        assertThat(worst).as("%s: ULP", what).isLessThanOrEqualTo(limit);
        // Where u is within a rounding of the probability: about one in 2^24.
        assertThat(others).as("%s: decisions that differ", what).isLessThanOrEqualTo(1);
    }

    /** The gradient of what the forward call computes for the same numbers, by differences of the oracle. Stochastic GELU is
     * left out: its gradient leaves out that the decision depends on x, and between two decisions it is the difference. */
    @ParameterizedTest
    @EnumSource(names = {"DROPOUT", "ALPHA_DROPOUT", "RRELU", "ZONEOUT", "STOCHASTIC_GELU"})
    void gradientsAreDifferencesOfTheOracle(StochasticActivation f) {
        double h = 0x1p-20;
        StochasticOracle oracle = StochasticOracle.of(f);
        float[] x = Inputs.normal(500, 9);
        double[] parameters = arguments(f);
        int judged = 0;
        for (int i = 0; i < x.length; i++) {
            long word = Philox.word(SEED.seed(), SEED.offset(), i);
            double above = oracle.forward().at(word, x[i] + h, 0, parameters).value();
            double below = oracle.forward().at(word, x[i] - h, 0, parameters).value();
            if (Math.abs(x[i]) > h && (above == 0) == (below == 0)) {
                assertThat((above - below) / (2 * h)).as("at %s", x[i])
                        .isCloseTo(oracle.backward().at(word, x[i], 0, parameters).value(),
                                org.assertj.core.data.Offset.offset(1e-8));
                judged++;
            }
        }
        assertThat(judged).isGreaterThan(490);
    }

    @Test
    void extremesOfTheProbability() {
        float[] x = {1, -2, Float.NaN, INF, -INF, -0f, 0f, Float.MIN_VALUE, Float.MAX_VALUE};
        float[] zeros = new float[x.length];
        float[] y = new float[x.length];
        backend().forward(StochasticActivation.DROPOUT.with(1), SEED, x, y);
        Bits.assertSame("dropout(1)", y, zeros);
        backend().backward(StochasticActivation.DROPOUT.with(1), SEED, x, y);
        Bits.assertSame("backward of dropout(1)", y, zeros);
        backend().forward(StochasticActivation.ALPHA_DROPOUT.with(1), SEED, x, y);
        Bits.assertSame("alpha_dropout(1)", y, zeros);
        backend().backward(StochasticActivation.ALPHA_DROPOUT.with(1), SEED, x, y);
        Bits.assertSame("backward of alpha_dropout(1)", y, zeros);
        if (KIND.isBitExact()) {
            backend().forward(StochasticActivation.DROPOUT.with(0), SEED, x, y);
            Bits.assertSame("dropout(0)", y, x);
            backend().backward(StochasticActivation.ALPHA_DROPOUT.with(0), SEED, x, y);
            Bits.assertSame("backward of alpha_dropout(0)", y, x);
        }
        float[] previous = Inputs.normal(x.length, 10);
        backend().forward(StochasticActivation.ZONEOUT.with(1), SEED, Operand.of(x), Operand.of(previous), Operand.of(y));
        Bits.assertSame("zoneout(1)", y, previous);
        backend().forward(StochasticActivation.ZONEOUT.with(0), SEED, Operand.of(previous), Operand.of(x), Operand.of(y));
        Bits.assertSame("zoneout(0)", y, previous);
    }

    /** What is dropped is +0 whatever it was; what is kept is IEEE arithmetic. */
    @Test
    void specialValues() {
        every(StochasticActivation.DROPOUT, Float.NaN, 0, Float.NaN);
        every(StochasticActivation.DROPOUT, -INF, 0, -INF);
        every(StochasticActivation.DROPOUT, -0f, 0, -0f);
        every(StochasticActivation.DROPOUT, Float.MAX_VALUE, 0, INF);
        every(StochasticActivation.STOCHASTIC_GELU, Float.NaN, Float.NaN);
        every(StochasticActivation.STOCHASTIC_GELU, INF, INF);
        every(StochasticActivation.STOCHASTIC_GELU, -INF, 0);
        every(StochasticActivation.STOCHASTIC_GELU, -15, 0);
        every(StochasticActivation.STOCHASTIC_GELU, 15, 15);
        every(StochasticActivation.RRELU, Float.NaN, Float.NaN);
        every(StochasticActivation.RRELU, INF, INF);
        every(StochasticActivation.RRELU, -INF, -INF);
        every(StochasticActivation.GUMBEL_NOISE, Float.NaN, Float.NaN);
        every(StochasticActivation.GUMBEL_NOISE, INF, INF);
        every(StochasticActivation.GUMBEL_NOISE, -INF, -INF);
        every(StochasticActivation.GUMBEL_NOISE, Float.MAX_VALUE, Float.MAX_VALUE);
    }

    /** Every element becomes one of some values, and every value occurs. */
    private static void every(StochasticActivation f, float x, float... possible) {
        float[] y = new float[100];
        Arrays.fill(y, x);
        backend().forward(f, SEED, y, y);
        IntPredicate allowed = i -> IntStream.range(0, possible.length).anyMatch(k -> Bits.same(y[i], possible[k]));
        assertThat(IntStream.range(0, y.length).allMatch(allowed)).as("%s of %s: %s", f, x, Arrays.toString(y)).isTrue();
        for (float value : possible) {
            assertThat(IntStream.range(0, y.length).anyMatch(i -> Bits.same(y[i], value))).as("%s of %s: %s", f, x, value)
                    .isTrue();
        }
    }

    // ---- shapes and mistakes

    @Test
    void emptyOperands() {
        float[] none = new float[0];
        for (StochasticFunction f : functions().toList()) {
            forward(backend(), f, SEED, Operand.of(none), Operand.of(none), Operand.of(none));
        }
        backend().backward(StochasticActivation.DROPOUT, SEED, none, none);
        backend().backward(StochasticActivation.RRELU, SEED, none, none, none);
        backend().backwardBoth(StochasticActivation.ZONEOUT, SEED, Operand.of(none), Operand.of(none), Operand.of(none));
        assertThat(backend().isClosed()).isFalse();
    }

    static Stream<Mistake> mistakes() {
        Class<NullPointerException> npe = NullPointerException.class;
        Class<IllegalArgumentException> iae = IllegalArgumentException.class;
        StochasticActivation dropout = StochasticActivation.DROPOUT;
        StochasticActivation zoneout = StochasticActivation.ZONEOUT;
        Operand three = Operand.of(THREE);
        return Stream.of(
                mistake(b -> b.forward((StochasticFunction) null, SEED, THREE, THREE), npe, "function"),
                mistake(b -> b.forward(dropout, null, THREE, THREE), npe, "seed"),
                mistake(b -> b.forward(dropout, SEED, null, THREE), npe, "x"),
                mistake(b -> b.forward(dropout, SEED, THREE, null), npe, "y"),
                mistake(b -> b.backward(dropout, SEED, THREE, null), npe, "dx"),
                mistake(b -> b.backward(dropout, SEED, THREE, null, THREE), npe, "dy"),
                mistake(b -> b.forward(zoneout, SEED, three, null, three), npe, "previous"),
                mistake(b -> b.backwardBoth(zoneout, SEED, three, three, null), npe, "dprevious"),
                mistake(b -> b.forward(dropout, SEED, THREE, FOUR), iae,
                        "forward of dropout(p=0.5): x has 3 elements, y has 4; they must be equal"),
                mistake(b -> b.backward(dropout, SEED, THREE, FOUR), iae,
                        "backward of dropout(p=0.5): dy has 3 elements, dx has 4; they must be equal"),
                mistake(b -> b.backward(StochasticActivation.RRELU.with(0, 1), SEED, THREE, FOUR, THREE), iae,
                        "backward of rrelu(lower=0, upper=1): x has 3 elements, dy has 4; they must be equal"),
                mistake(b -> b.forward(zoneout, SEED, three, Operand.of(FOUR), three), iae,
                        "forward of zoneout(p=0.5): x has 3 elements, previous has 4; they must be equal"),
                mistake(b -> b.forward(dropout, SEED, Operand.of(new double[3]), three), iae,
                        "forward of dropout(p=0.5): x is FLOAT64, but must be FLOAT32"),
                mistake(b -> b.forward(dropout, SEED, Operand.of(FOUR, 0, 3), Operand.of(FOUR, 1, 3)), iae,
                        "y at offset 1 overlaps x at offset 0 (length 3); they must be the same elements or disjoint"),
                mistake(b -> b.backwardBoth(zoneout, SEED, Operand.of(FOUR), three, three), iae,
                        "backward of zoneout(p=0.5): dy has 4 elements, dx has 3; they must be equal"),
                mistake(b -> b.backwardBoth(zoneout, SEED, Operand.of(new float[3]), three, three), iae,
                        "dx at offset 0 overlaps dprevious at offset 0 (length 3); they must be disjoint"),
                mistake(b -> b.forward(zoneout, SEED, THREE, THREE), iae,
                        "zoneout takes two inputs; use forward(function, seed, x, previous, y)"),
                mistake(b -> b.forward(dropout, SEED, three, three, three), iae,
                        "dropout takes one input; use forward(function, seed, x, y)"),
                mistake(b -> b.backward(zoneout, SEED, THREE, THREE), iae,
                        "zoneout has two gradients; use backwardBoth(function, seed, dy, dx, dprevious)"),
                mistake(b -> b.backwardBoth(dropout, SEED, three, three, three), iae,
                        "dropout has one input and one gradient; use backward"),
                mistake(b -> b.backward(StochasticActivation.RRELU, SEED, THREE, THREE), iae,
                        "rrelu: the gradient depends on the input; use backward(function, seed, x, dy, dx)"),
                mistake(b -> b.backward(StochasticActivation.GUMBEL_NOISE, SEED, THREE, THREE, THREE), iae,
                        "gumbel_noise has no backward operation: dx is dy"),
                mistake(b -> b.forward(dropout, SEED.from(Long.MAX_VALUE - 2), THREE, THREE), iae,
                        "firstElement = 9223372036854775805: the number of the last of 3 elements exceeds 2^63 - 1"),
                mistake(b -> new RandomSeed(1, 2, -1), iae, "firstElement = -1: must not be negative"),
                mistake(b -> dropout.with(1.5), iae, "dropout: parameter p = 1.5 is not in [0, 1]"),
                mistake(b -> dropout.with(Double.NaN), iae, "dropout: parameter p = NaN is not in [0, 1]"),
                mistake(b -> StochasticActivation.RRELU.with(0.5, 0.25), iae,
                        "rrelu: parameter lower = 0.5 exceeds upper = 0.25; lower <= upper must hold"),
                mistake(b -> zoneout.evaluation(), UnsupportedOperationException.class,
                        "the mean of zoneout, (1 - p) x + p previous, is not a function of one input"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isRefused(Mistake mistake) {
        mistake.assertRefused(backend(), THREE, FOUR);
    }

    @Test
    void evaluationTakesNoDecision() {
        assertThat(StochasticActivation.RRELU.with(0.25, 0.75).evaluation().describe()).isEqualTo("leaky_relu(slope=0.5)");
        assertThat(StochasticActivation.DROPOUT.evaluation().id()).isEqualTo("identity");
        assertThat(StochasticActivation.STOCHASTIC_GELU.evaluation().id()).isEqualTo("gelu");
    }

    @Test
    void functionsCompareByDefinitionAndValues() {
        assertThat(StochasticActivation.DROPOUT.with(0.25)).isEqualTo(StochasticActivation.DROPOUT.with(0.25))
                .hasSameHashCodeAs(StochasticActivation.DROPOUT.with(0.25)).hasToString("dropout(p=0.25)")
                .isNotEqualTo(StochasticActivation.DROPOUT.with(0.5)).isNotEqualTo(StochasticActivation.ZONEOUT.with(0.25));
        assertThat(List.of(StochasticActivation.values())).allMatch(f -> f.definition().supports(DType.FLOAT32));
    }
}
