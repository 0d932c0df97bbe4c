package io.github.axoncl.contract;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.BiasedStochasticActivation;
import io.github.axoncl.Operand;
import io.github.axoncl.RandomSeed;
import io.github.axoncl.Rows;
import io.github.axoncl.StochasticActivation;
import io.github.axoncl.StochasticFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static io.github.axoncl.contract.Mistake.mistake;
import static org.assertj.core.api.Assertions.assertThat;

/** An activation, with or without a bias before it, and dropout behind it in one pass: the bits of the steps one by one. */
@Tag("families")
class FusedDropoutContractTest extends BackendContract {
    /** The first element is not the first of a block of random words. */
    private static final RandomSeed SEED = new RandomSeed(0xFEDCBA9876543210L, -2, 5);
    private static final StochasticActivation DROPOUT = StochasticActivation.DROPOUT;
    private static final StochasticActivation ALPHA_DROPOUT = StochasticActivation.ALPHA_DROPOUT;
    private static final float[] SIX = new float[6];
    private static final float[] THREE = new float[3];

    /** What is computed first, and the decision after it. */
    private record Steps(ActivationFunction f, StochasticFunction g) {
        StochasticFunction joined() {
            return g.after(f);
        }
    }

    static Stream<Steps> steps() {
        return Stream.of(new Steps(Activation.GELU, DROPOUT.with(0.1)), new Steps(Activation.GELU, DROPOUT.with(0)),
                new Steps(Activation.GELU, DROPOUT.with(1)), new Steps(Activation.SELU, ALPHA_DROPOUT.with(0.1)),
                new Steps(Activation.SELU, ALPHA_DROPOUT.with(0)), new Steps(Activation.SELU, ALPHA_DROPOUT.with(1)),
                new Steps(Activation.TANH.fast().after(Activation.ELU.with(0.3)), StochasticActivation.RRELU.with(0.25, 0.75)),
                new Steps(Activation.ABS, StochasticActivation.STOCHASTIC_GELU));
    }

    /** Inputs begin with the special values. */
    @ParameterizedTest
    @MethodSource("steps")
    void anActivationThenADecision(Steps steps) {
        StochasticFunction whole = steps.joined();
        for (int n : KIND == BackendUnderTest.OCLGRIND ? new int[] {67} : new int[] {3, 67, KIND.longestOfMany() + 2}) {
            float[] x = Inputs.mixed(n, 11);
            float[] dy = Inputs.mixed(n, 12);
            float[] fx = new float[n];
            float[] y = new float[n];
            float[] dx = new float[n];
            reference().forward(steps.f, x, fx);
            reference().forward(steps.g, SEED, fx, y);
            reference().backward(steps.g, SEED, fx, dy, dx);
            reference().backward(steps.f, x, dx, dx);
            String what = whole + " of " + n;
            Map<String, float[]> forward = OperationCheck.of(what, (b, o) -> b.forward(whole, SEED, o.apply("x"), o.apply("y")))
                    .in("x", x).out("y", n).inPlace("y", "x").flushes(64).check();
            Bits.assertSame(what, forward.get("y"), y);
            Map<String, float[]> backward = OperationCheck.of("backward of " + what,
                    (b, o) -> b.backward(whole, SEED, o.apply("x"), o.apply("dy"), o.apply("dx")))
                    .in("x", x).in("dy", dy).out("dx", n).inPlace("dx", "x").inPlace("dx", "dy").flushes(64).check();
            Bits.assertSame("backward of " + what, backward.get("dx"), dx);
        }
    }

    /** Few functions, because drivers build slowly, but all shapes. */
    static Stream<Arguments> biased() {
        Steps dropout = new Steps(Activation.RELU, DROPOUT.with(0.1));
        Steps alpha = new Steps(Activation.SELU, ALPHA_DROPOUT.with(0.2));
        Stream<Arguments> few = Stream.of(Arguments.of(dropout, Rows.of(5, 7)), Arguments.of(dropout, new Rows(3, 4, 5)),
                Arguments.of(new Steps(Activation.RELU, DROPOUT.with(0)), Rows.of(5, 7)),
                Arguments.of(new Steps(Activation.RELU, DROPOUT.with(1)), Rows.of(5, 7)),
                Arguments.of(alpha, new Rows(2, 3, 3)));
        if (KIND == BackendUnderTest.OCLGRIND) {
            return few;
        }
        Stream<Arguments> more = Stream.of(Arguments.of(dropout, Rows.of(1, 1)), Arguments.of(dropout, Rows.of(5, 320)),
                Arguments.of(dropout, Rows.of(70, 33)),
                Arguments.of(dropout, new Rows(1, 2, 300)), Arguments.of(dropout, new Rows(4, 1, 9)),
                Arguments.of(dropout, Rows.of(1, 20)), Arguments.of(alpha, new Rows(2, 35, 3)),
                Arguments.of(new Steps(Activation.SELU, ALPHA_DROPOUT.with(1)), new Rows(2, 35, 3)),
                Arguments.of(new Steps(Activation.ELU.with(0.5), DROPOUT), Rows.of(6, 30)));
        Stream<Arguments> longest = Stream.of(Arguments.of(dropout, new Rows(2, 3, 4100)),
                Arguments.of(dropout, Rows.of(5000, 17)));
        return Stream.of(few, more, KIND.longest() < 65537 ? Stream.<Arguments>of() : longest).flatMap(stream -> stream);
    }

    /** The simulator takes too long for every kind of memory. */
    private static Map<String, float[]> checked(OperationCheck check) {
        return KIND == BackendUnderTest.OCLGRIND ? check.checkArrays() : check.check();
    }

    @ParameterizedTest
    @MethodSource("biased")
    void aBiasThenAnActivationThenADecision(Steps steps, Rows rows) {
        checkBiased(steps, rows, RowInputs.NORMAL.values(rows, 31), RowInputs.NORMAL.values(rows, 33));
        if (rows.length() > 100 && rows.length() < 1000) {
            checkBiased(steps, rows, Inputs.mixed((int) rows.length(), 34), Inputs.mixed((int) rows.length(), 35));
        }
    }

    private static void checkBiased(Steps steps, Rows rows, float[] x, float[] dy) {
        int n = x.length;
        int channels = (int) rows.axis();
        BiasedStochasticActivation whole = steps.joined().withBias();
        float[] bias = RowInputs.NORMAL.values(Rows.of(1, channels), 32);
        float[] z = new float[n];
        float[] fz = new float[n];
        float[] y = new float[n];
        reference().forward(steps.f.withBias(), rows, Operand.of(x), Operand.of(bias), Operand.of(z), Operand.of(fz));
        reference().forward(steps.g, SEED, fz, y);
        float[] dx = new float[n];
        float[] dbias = new float[channels];
        reference().backward(steps.g, SEED, fz, dy, dx);
        reference().backward(steps.f.withBias(), rows, Operand.of(z), Operand.of(dx), Operand.of(dx), Operand.of(dbias));
        String what = whole + " of " + rows;
        Map<String, float[]> plain = OperationCheck.of(what, (b, o) -> b.forward(whole, rows, SEED, o.apply("x"),
                o.apply("bias"), o.apply("y"))).in("x", x).in("bias", bias).out("y", n).inPlace("y", "x").flushes(64).check();
        Bits.assertSame(what, plain.get("y"), y);
        Map<String, float[]> kept = OperationCheck.of(what + ", kept", (b, o) -> b.forward(whole, rows, SEED, o.apply("x"),
                o.apply("bias"), o.apply("z"), o.apply("y"))).in("x", x).in("bias", bias).out("z", n).out("y", n)
                .inPlace("y", "x").inPlace("z", "x").flushes(64).check();
        Bits.assertSame(what, kept.get("y"), y);
        Bits.assertSame(what, kept.get("z"), z);
        Map<String, float[]> back = checked(OperationCheck.of(what + ", backward", (b, o) -> b.backward(whole, rows, SEED,
                o.apply("z"), o.apply("dy"), o.apply("dx"), o.apply("dbias"))).in("z", z).in("dy", dy).out("dx", n)
                .out("dbias", channels).inPlace("dx", "z").inPlace("dx", "dy").flushes(n + 64));
        Bits.assertSame(what, back.get("dx"), dx);
        Bits.assertSame(what, back.get("dbias"), dbias);
        Map<String, float[]> again = checked(OperationCheck.of(what + ", backward from x", (b, o) -> b.backward(whole, rows,
                SEED, o.apply("x"), o.apply("bias"), o.apply("dy"), o.apply("dx"), o.apply("dbias"))).in("x", x)
                .in("bias", bias).in("dy", dy).out("dx", n).out("dbias", channels).inPlace("dx", "x").inPlace("dx", "dy")
                .flushes(n + 64));
        Bits.assertSame(what, again.get("dx"), dx);
        Bits.assertSame(what, again.get("dbias"), dbias);
    }

    /** A bias before a random function alone. */
    @Test
    void aBiasThenADecision() {
        Rows rows = new Rows(3, 4, 5);
        StochasticFunction f = StochasticActivation.RRELU;
        float[] x = RowInputs.NORMAL.values(rows, 41);
        float[] bias = {1, -2, 3, 0.5f};
        float[] z = new float[x.length];
        reference().forward(Activation.IDENTITY.withBias(), rows, Operand.of(x), Operand.of(bias), Operand.of(z));
        float[] expected = new float[x.length];
        reference().forward(f, SEED, z, expected);
        backend().forward(f.withBias(), rows, SEED, Operand.of(x), Operand.of(bias), Operand.of(x));
        Bits.assertSame("forward", x, expected);
        reference().backward(f, SEED, z, expected, expected);
        backend().backward(f.withBias(), rows, SEED, Operand.of(z), Operand.of(x), Operand.of(x), Operand.of(bias));
        Bits.assertSame("backward", x, expected);
    }

    /** A tensor in parts gets what the whole one gets, wherever it is cut. */
    @Test
    void sameDecisionsInParts() {
        StochasticFunction f = Activation.RELU.withDropout(0.4);
        int columns = 7;
        int lines = KIND.longestOfMany() / columns;
        int n = lines * columns;
        float[] bias = Inputs.normal(columns, 51);
        float[] x = Inputs.normal(n, 52);
        float[] dy = Inputs.normal(n, 53);
        for (long first : new long[] {3, (1L << 34) - 100}) {
            float[][] whole = inParts(reference(), f, SEED.from(first), bias, x, dy, 0, lines);
            float[][] parts = inParts(backend(), f, SEED.from(first), bias, x, dy, 0, 1, 2, 3, lines / 2, lines);
            for (int k = 0; k < whole.length; k++) {
                Bits.assertSame("call " + k + " from " + first, parts[k], whole[k]);
            }
        }
    }

    private static float[][] inParts(Backend backend, StochasticFunction f, RandomSeed seed, float[] bias, float[] x,
                                     float[] dy, int... cuts) {
        float[][] results = new float[4][x.length];
        for (int k = 1; k < cuts.length; k++) {
            Rows rows = Rows.of(cuts[k] - cuts[k - 1], bias.length);
            int from = cuts[k - 1] * bias.length;
            int length = (int) rows.length();
            RandomSeed own = seed.from(seed.firstElement() + from);
            Operand part = Operand.of(x, from, length);
            Operand gradient = Operand.of(dy, from, length);
            Operand all = Operand.of(bias);
            backend.forward(f, own, part, Operand.of(results[0], from, length));
            backend.backward(f, own, part, gradient, Operand.of(results[1], from, length));
            backend.forward(f.withBias(), rows, own, part, all, Operand.of(results[2], from, length));
            backend.backward(f.withBias(), rows, own, part, all, gradient, Operand.of(results[3], from, length),
                    Operand.of(new float[bias.length]));
        }
        return results;
    }

    /** Longer than what a device is given at once. */
    @Test
    void sameDecisionsInChunks() {
        int n = KIND.longest() < 1_000_000 ? KIND.longest() : (1 << 20) + 4099;
        StochasticFunction f = Activation.RELU.withDropout(0.5);
        float[] x = new float[n];
        Arrays.fill(x, 1);
        float[] expected = new float[n];
        reference().forward(DROPOUT, SEED, x, expected);
        float[] y = new float[n];
        backend().forward(f, SEED, x, y);
        Bits.assertSame("relu and dropout of " + n, y, expected);
        if (KIND == BackendUnderTest.OCLGRIND) {
            return;
        }
        backend().forward(f.withBias(), new Rows(n, 1, 1), SEED, Operand.of(new float[n]), Operand.of(new float[] {1}),
                Operand.of(y));
        Bits.assertSame("bias, relu and dropout of " + n, y, expected);
    }

    /** What is dropped is +0, whatever the activation gives. */
    @Test
    void specialValues() {
        float[] x = {1, -2, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, 0f, Float.MIN_VALUE,
            Float.MAX_VALUE};
        for (StochasticFunction f : List.of(Activation.RELU.withDropout(1), ALPHA_DROPOUT.with(1).after(Activation.SELU))) {
            float[] y = new float[x.length];
            backend().forward(f, SEED, x, y);
            Bits.assertSame(f.toString(), y, new float[x.length]);
            Arrays.fill(y, Float.NaN);
            backend().forward(f.withBias(), Rows.of(1, x.length), SEED, Operand.of(x), Operand.of(x), Operand.of(y));
            Bits.assertSame(f + " with bias", y, new float[x.length]);
        }
    }

    @Test
    void noElements() {
        BiasedStochasticActivation f = Activation.RELU.withBias().withDropout(0.5);
        float[] none = new float[0];
        float[] dbias = {1, 2, 3};
        backend().backward(f, Rows.of(0, 3), SEED, Operand.of(none), Operand.of(none), Operand.of(none), Operand.of(dbias));
        assertThat(dbias).containsOnly(0);
        backend().forward(f, Rows.of(0, 3), SEED, Operand.of(none), Operand.of(dbias), Operand.of(none));
        backend().forward(f.activation(), SEED, none, none);
        backend().backward(f.activation(), SEED, none, none, none);
    }

    static Stream<Mistake> mistakes() {
        Class<NullPointerException> npe = NullPointerException.class;
        Class<IllegalArgumentException> iae = IllegalArgumentException.class;
        StochasticFunction f = Activation.RELU.withDropout(0.5);
        BiasedStochasticActivation g = f.withBias();
        Rows rows = Rows.of(2, 3);
        Operand six = Operand.of(SIX);
        Operand three = Operand.of(THREE);
        return Stream.of(
                mistake(b -> b.forward(g, rows, null, six, three, six), npe, "seed"),
                mistake(b -> b.forward((BiasedStochasticActivation) null, rows, SEED, six, three, six), npe, "function"),
                mistake(b -> b.forward(g, null, SEED, six, three, six), npe, "rows"),
                mistake(b -> b.forward(g, rows, SEED, six, three, null, six), npe, "z"),
                mistake(b -> b.backward(g, rows, SEED, six, null, six, six, three), npe, "bias"),
                mistake(b -> b.backward(g, rows, SEED, six, six, six, null), npe, "dbias"),
                mistake(b -> DROPOUT.after(null), npe, "f"),
                mistake(b -> b.forward(f, SEED, SIX, THREE), iae,
                        "forward of dropout_after_relu(g_p=0.5): x has 6 elements, y has 3; they must be equal"),
                mistake(b -> b.backward(f, SEED, SIX, THREE, SIX), iae,
                        "backward of dropout_after_relu(g_p=0.5): x has 6 elements, dy has 3; they must be equal"),
                mistake(b -> b.backward(f, SEED, SIX, SIX), iae,
                        "dropout_after_relu: the gradient depends on the input; use backward(function, seed, x, dy, dx)"),
                mistake(b -> b.forward(f, SEED, six, six, six), iae,
                        "dropout_after_relu takes one input; use forward(function, seed, x, y)"),
                mistake(b -> b.forward(g, rows, SEED, six, Operand.of(new float[6]), six), iae,
                        "forward of dropout_after_relu_with_bias(f_g_p=0.5): bias has 6 elements, but (2, 3, 1) asks for 3"
                                + " for axis"),
                mistake(b -> b.forward(g, rows, SEED, six, three, six, six), iae,
                        "z at offset 0 overlaps y at offset 0 (length 6); they must be disjoint"),
                mistake(b -> b.backward(g, rows, SEED, six, six, six, Operand.of(SIX, 0, 3)), iae,
                        "dx at offset 0 overlaps dbias at offset 0 (length 3); they must be disjoint"),
                mistake(b -> b.forward(g, rows, SEED.from(Long.MAX_VALUE - 5), six, three, six), iae,
                        "firstElement = 9223372036854775802: the number of the last of 6 elements exceeds 2^63 - 1"),
                mistake(b -> Activation.RELU.withDropout(1.5), iae, "dropout: parameter p = 1.5 is not in [0, 1]"),
                mistake(b -> f.with(-1), iae, "dropout_after_relu: parameter g_p = -1.0 is not in [0, 1]"),
                mistake(b -> StochasticActivation.ZONEOUT.after(Activation.RELU), iae,
                        "zoneout takes two inputs; it cannot be joined with another function"),
                mistake(b -> StochasticActivation.GUMBEL_NOISE.with().withBias(), iae,
                        "gumbel_noise has no backward operation; it cannot be joined with another function"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isRefused(Mistake mistake) {
        mistake.assertRefused(backend(), SIX, THREE);
    }

    @Test
    void evaluationTakesNoDecision() {
        assertThat(Activation.GELU.withDropout(0.1).evaluation()).isSameAs(Activation.GELU);
        assertThat(ALPHA_DROPOUT.after(Activation.SELU).withBias().evaluation()).isEqualTo(Activation.SELU.withBias());
        assertThat(StochasticActivation.STOCHASTIC_GELU.after(Activation.TANH).evaluation())
                .isEqualTo(Activation.GELU.after(Activation.TANH));
    }

    @Test
    void functionsCompareByPartsAndValues() {
        StochasticFunction f = Activation.ELU.with(0.5).withDropout(0.25);
        assertThat(f).isEqualTo(DROPOUT.with(0.25).after(Activation.ELU.with(0.5)))
                .hasToString("dropout_after_elu(f_alpha=0.5, g_p=0.25)")
                .isNotEqualTo(Activation.ELU.withDropout(0.25)).isNotEqualTo(Activation.ELU.with(0.5).withDropout(0.5));
        assertThat(f.definition()).isSameAs(Activation.ELU.withDropout(0.5).definition());
        assertThat(f.with(0.75, 0.5)).isEqualTo(Activation.ELU.with(0.75).withDropout(0.5));
        assertThat(f.after(Activation.TANH)).isEqualTo(Activation.ELU.with(0.5).after(Activation.TANH).withDropout(0.25));
        assertThat(f.withBias()).isEqualTo(Activation.ELU.with(0.5).withBias().withDropout(0.25))
                .hasSameHashCodeAs(f.withBias()).isNotEqualTo(Activation.ELU.with(0.5).withBias())
                .isNotEqualTo(f.with(0.5, 0.5).withBias());
        assertThat(f.withBias().activation()).isEqualTo(f);
    }
}
