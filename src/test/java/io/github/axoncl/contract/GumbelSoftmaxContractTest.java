package io.github.axoncl.contract;

import io.github.axoncl.Backend;
import io.github.axoncl.Operand;
import io.github.axoncl.RandomSeed;
import io.github.axoncl.RowActivation;
import io.github.axoncl.RowFunction;
import io.github.axoncl.Rows;
import io.github.axoncl.StochasticActivation;
import io.github.axoncl.oracle.Philox;
import io.github.axoncl.oracle.RowOracle;
import io.github.axoncl.oracle.StochasticOracle;
import io.github.axoncl.oracle.Ulp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Random numbers inside rows: the same ones for every shape, split and backend. */
@Tag("families")
class GumbelSoftmaxContractTest extends BackendContract {
    private static final RandomSeed SEED = new RandomSeed(0x123456789ABCDEFL, 77, (1L << 34) - 70);
    private static final RowActivation GUMBEL = RowActivation.GUMBEL_SOFTMAX;

    static Stream<Rows> few() {
        return Stream.of(Rows.of(1, 1), Rows.of(5, 3), Rows.of(3, 65), new Rows(2, 3, 5), new Rows(3, 1, 4),
                KIND == BackendUnderTest.OCLGRIND ? new Rows(2, 66, 3) : new Rows(2, 66, 17))
                        .filter(GumbelSoftmaxContractTest::isTried);
    }

    /** rusticl takes half a minute to build the program, of which there are two. */
    private static boolean isTried(Rows rows) {
        return KIND != BackendUnderTest.RUSTICL || rows.inner() == 1;
    }

    static Stream<Rows> shapes() {
        Stream<Rows> more = Stream.of(Rows.of(500, 10), Rows.of(2, 9001), new Rows(1, 4200, 3), new Rows(5, 7, 33),
                Rows.of(1, 40_000));
        return Stream.concat(few(), KIND.longest() < 65_537 ? Stream.of(Rows.of(1, 4097))
                : more.filter(GumbelSoftmaxContractTest::isTried));
    }

    /** With a temperature that is a power of two it is the softmax of the noisy input, bit for bit. */
    @ParameterizedTest
    @MethodSource("shapes")
    void isSoftmaxOfGumbelNoise(Rows rows) {
        float[] x = RowInputs.NORMAL.values(rows, 1);
        float[] noisy = new float[x.length];
        reference().forward(StochasticActivation.GUMBEL_NOISE, SEED, x, noisy);
        float[] expected = new float[x.length];
        reference().forward(RowActivation.SOFTMAX.with(0.5, 0), rows, noisy, expected);
        float[] y = x.clone();
        backend().forward(GUMBEL.with(2), rows, SEED, Operand.of(y), Operand.of(y));
        check("gumbel_softmax of " + rows, y, expected);
    }

    @ParameterizedTest
    @MethodSource("few")
    void sameBitsInEveryMemory(Rows rows) {
        RowFunction f = GUMBEL.with(0.7);
        int n = (int) rows.length();
        float[] y = OperationCheck.of("gumbel_softmax of " + rows,
                        (b, o) -> b.forward(f, rows, SEED, o.apply("x"), o.apply("y")))
                .in("x", RowInputs.NORMAL.values(rows, 2)).out("y", n).inPlace("y", "x").flushes(n + 8).check().get("y");
        OperationCheck.of("backward of gumbel_softmax of " + rows,
                (b, o) -> b.backwardFromOutput(f, rows, o.apply("y"), o.apply("dy"), o.apply("dx")))
                .in("y", y).in("dy", RowInputs.NORMAL.values(rows, 3)).out("dx", n).inPlace("dx", "y").inPlace("dx", "dy")
                .flushes(n + 8).check();
    }

    /** Whole outer indexes are a part of the tensor that lies together. */
    @Test
    void sameBitsInParts() {
        for (Rows rows : Stream.of(Rows.of(7, 65), new Rows(7, 13, 5)).filter(GumbelSoftmaxContractTest::isTried).toList()) {
            int plane = (int) (rows.axis() * rows.inner());
            float[] x = RowInputs.NORMAL.values(rows, 4);
            float[] whole = new float[x.length];
            reference().forward(GUMBEL, rows, SEED, Operand.of(x), Operand.of(whole));
            float[] parts = new float[x.length];
            for (int from = 0; from < 7; from += 3) {
                int count = Math.min(3, 7 - from);
                backend().forward(GUMBEL, new Rows(count, rows.axis(), rows.inner()),
                        SEED.from(SEED.firstElement() + (long) from * plane),
                        Operand.of(x, from * plane, count * plane), Operand.of(parts, from * plane, count * plane));
            }
            check("parts of " + rows, parts, whole);
        }
    }

    /** Against the definition in double. A score is rounded three times (the sum, the reciprocal and the product), at most
     * 1.5 of 2^-23 of it together, which the exponential turns into a relative error; so does the largest score. */
    @Test
    void valuesAreThoseOfTheOracle() {
        Rows rows = Rows.of(KIND.longest() < 65_537 ? 5 : 60, 31);
        float[] x = RowInputs.NORMAL.values(rows, 5);
        float[] y = new float[x.length];
        double temperature = 0.7f;
        backend().forward(GUMBEL.with(temperature), rows, SEED, Operand.of(x), Operand.of(y));
        int n = (int) rows.axis();
        for (int start = 0; start < x.length; start += n) {
            double[] z = new double[n];
            for (int i = 0; i < n; i++) {
                long word = Philox.word(SEED.seed(), SEED.offset(), SEED.firstElement() + start + i);
                z[i] = (x[start + i] + StochasticOracle.gumbel(word)) / temperature;
            }
            double largest = Arrays.stream(z).max().orElseThrow();
            double size = Arrays.stream(z).map(Math::abs).max().orElseThrow();
            double sum = Arrays.stream(z).map(v -> StrictMath.exp(v - largest)).sum();
            for (int i = 0; i < n; i++) {
                double exact = StrictMath.exp(z[i] - largest) / sum;
                double allowed = 2 * 1.5 * 0x1p-23 * size * exact + RowOracle.of(GUMBEL).forwardLimit()
                        * Math.ulp((float) exact);
                assertThat(Math.abs(y[start + i] - exact)).as("element %d", start + i).isLessThanOrEqualTo(allowed);
            }
        }
    }

    /** The gradient is that of softmax over the temperature: against the oracle and against differences of it. */
    @Test
    void gradientIsThatOfTheOracle() {
        double temperature = 0.7f;
        Rows rows = Rows.of(1, 9);
        float[] x = RowInputs.NORMAL.values(rows, 6);
        float[] y = new float[9];
        backend().forward(GUMBEL.with(temperature), rows, SEED, Operand.of(x), Operand.of(y));
        float[] dy = RowInputs.NORMAL.values(rows, 7);
        float[] dx = new float[9];
        backend().backwardFromOutput(GUMBEL.with(temperature), rows, y, dy, dx);
        RowOracle.Judged gradient = RowOracle.of(GUMBEL).backward(y, dy);
        for (int i = 0; i < 9; i++) {
            // The rounded reciprocal and the product add an ULP and a half to softmax's own error.
            assertThat(Ulp.error(dx[i], gradient.value()[i] / temperature, gradient.magnitude()[i] / temperature))
                    .as("element %d", i).isLessThanOrEqualTo(RowOracle.of(GUMBEL).backwardLimit() + 1.5 + 1);
            double difference = (loss(x, dy, i, 1e-6, temperature) - loss(x, dy, i, -1e-6, temperature)) / 2e-6;
            assertThat((double) dx[i]).as("element %d", i).isCloseTo(difference, org.assertj.core.data.Offset.offset(1e-4));
        }
    }

    private static double loss(float[] x, float[] dy, int moved, double by, double temperature) {
        double sum = 0;
        double loss = 0;
        for (int i = 0; i < x.length; i++) {
            double noise = StochasticOracle.gumbel(Philox.word(SEED.seed(), SEED.offset(), SEED.firstElement() + i));
            double e = StrictMath.exp((x[i] + (i == moved ? by : 0) + noise) / temperature);
            sum += e;
            loss += e * dy[i];
        }
        return loss / sum;
    }

    @Test
    void specialRows() {
        float inf = Float.POSITIVE_INFINITY;
        row(new float[] {1, Float.NaN, 2}, Float.NaN, Float.NaN, Float.NaN);
        row(new float[] {1, inf, 2}, Float.NaN, Float.NaN, Float.NaN);
        row(new float[] {-inf, 3, -inf}, 0, 1, 0);
        row(new float[] {-inf, -inf}, Float.NaN, Float.NaN);
        row(new float[] {-1e30f}, 1);
        for (Rows rows : new Rows[] {Rows.of(0, 5), Rows.of(5, 0)}) {
            backend().forward(GUMBEL, rows, SEED, Operand.of(new float[0]), Operand.of(new float[0]));
        }
    }

    private static void row(float[] x, float... expected) {
        float[] y = new float[x.length];
        backend().forward(GUMBEL, Rows.of(1, x.length), SEED, Operand.of(x), Operand.of(y));
        check(Arrays.toString(x), y, expected);
    }

    private static void check(String what, float[] actual, float... expected) {
        if (KIND.isBitExact()) {
            Bits.assertSame(what, actual, expected);
        } else {
            RowInputs.assertSameButForFlushing(what, actual, 0, expected);
        }
    }

    @Test
    void mistakes() {
        Operand x = Operand.of(new float[6]);
        Backend b = backend();
        Rows rows = Rows.of(2, 3);
        assertThatThrownBy(() -> b.forward(GUMBEL, rows, new float[6], new float[6]))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("gumbel_softmax needs a seed; use forward(function, rows, seed, x, y)");
        assertThatThrownBy(() -> b.forward(RowActivation.SOFTMAX, rows, SEED, x, x))
                .isExactlyInstanceOf(IllegalArgumentException.class).hasMessage("softmax takes no seed");
        assertThatThrownBy(() -> b.forward(GUMBEL, rows, (RandomSeed) null, x, x))
                .isExactlyInstanceOf(NullPointerException.class).hasMessage("seed");
        assertThatThrownBy(() -> b.forward(GUMBEL, rows, SEED, x, Operand.of(new float[7])))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("forward of gumbel_softmax(temperature=1): y has 7 elements, but (2, 3, 1) asks for 6");
        assertThatThrownBy(() -> GUMBEL.with(0)).isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("gumbel_softmax: parameter temperature = 0.0 is not in [2^-20, 2^20]");
    }
}
