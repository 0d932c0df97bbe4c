package io.github.axoncl.contract;

import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Loss;
import io.github.axoncl.LossFunction;
import io.github.axoncl.Operand;
import io.github.axoncl.Reduction;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import io.github.axoncl.Targets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Losses: the reference's bits for every shape, kind of target and reduction; special rows; what results must agree with. */
@Tag("families")
class LossContractTest extends BackendContract {
    private static final float INF = Float.POSITIVE_INFINITY;
    private static final float NAN = Float.NaN;
    private static final int IGNORED = -100;
    /** Where a call of a few elements takes milliseconds. */
    private static final boolean SLOW = KIND.longest() < 1_000_000;
    private static final Reduction[] LAST = {Reduction.MEAN};
    private static final Loss SOFTMAX = Loss.SOFTMAX_CROSS_ENTROPY;
    private static final Loss BINARY = Loss.SIGMOID_BINARY_CROSS_ENTROPY;

    static Stream<Rows> shapes() {
        Stream<Rows> brief = Stream.of(Rows.of(1, 1), Rows.of(5, 2), Rows.of(3, 65), new Rows(2, 3, 5));
        Stream<Rows> more = Stream.of(Rows.of(3, 1), Rows.of(33, 10), Rows.of(3, 64), Rows.of(1, 4097), Rows.of(3, 200),
                Rows.of(2, 1001), Rows.of(2, 2000), new Rows(1, 4, 17),
                new Rows(3, 65, 2), new Rows(2, 1, 3), Rows.of(0, 3));
        Stream<Rows> most = Stream.of(Rows.of(4100, 1), Rows.of(1, 50257), new Rows(1, 4100, 3));
        return Stream.of(brief, more, most).limit(!SLOW ? 3 : KIND == BackendUnderTest.POCL ? 2 : 1).flatMap(shapes -> shapes);
    }

    static int[] classes(Rows rows, boolean ignoring) {
        SplittableRandom random = new SplittableRandom(rows.axis());
        int[] classes = new int[(int) (rows.outer() * rows.inner())];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = ignoring && i % 3 == 1 ? IGNORED : random.nextInt((int) rows.axis());
        }
        return classes;
    }

    static float[] uniform(long length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[(int) length];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 7 == 3 ? 0 : i % 11 == 5 ? 1 : (random.nextInt(1 << 24) + 0.5f) * 0x1p-24f;
        }
        return values;
    }

    /** Checks the loss alone, and with its gradient, with every reduction; the losses of both must be equal. */
    private static void check(LossFunction f, Rows rows, float[] x, Map<String, Object> inputs,
                              Function<Function<String, Operand>, Targets> targets) {
        boolean perRow = f.definition() == SOFTMAX.definition();
        for (Reduction reduction : rows.length() > (SLOW ? 10 : 4000) ? LAST : Reduction.values()) {
            int losses = reduction != Reduction.NONE ? 1 : perRow ? (int) (rows.outer() * rows.inner()) : x.length;
            String what = f.describe() + " of " + rows + " " + inputs.keySet() + " " + reduction;
            OperationCheck forward = OperationCheck.of("forward of " + what, (backend, operands) -> backend.forward(f, rows,
                    targets.apply(operands), reduction, operands.apply("logits"), operands.apply("loss")));
            OperationCheck backward = OperationCheck.of("backward of " + what, (backend, operands) -> backend.backward(f, rows,
                    targets.apply(operands), reduction, operands.apply("logits"), operands.apply("loss"),
                    operands.apply("dlogits")));
            for (OperationCheck check : new OperationCheck[] {forward, backward}) {
                check.in("logits", x).out("loss", losses).flushes((int) rows.axis() + losses + 8);
                inputs.forEach(check::in);
            }
            float[] alone = forward.check().get("loss");
            backward.out("dlogits", x.length).inPlace("dlogits", "logits");
            Bits.assertSame(what + ": loss without and with gradient", backward.check().get("loss"), alone);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void classes(Rows rows) {
        float[] x = RowInputs.NORMAL.values(rows, 1);
        check(SOFTMAX, rows, x, Map.of("classes", classes(rows, false)), o -> Targets.classes(o.apply("classes")));
        check(SOFTMAX.with(0.1), rows, x, Map.of("classes", classes(rows, true), "weights", uniform(rows.axis(), 2)),
                o -> Targets.classes(o.apply("classes")).weights(o.apply("weights")).ignoring(IGNORED));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void probabilities(Rows rows) {
        float[] x = RowInputs.NORMAL.values(rows, 3);
        check(SOFTMAX.with(0.1), rows, x, Map.of("probabilities", uniform(rows.length(), 4), "weights",
                uniform(rows.axis(), 5)),
                o -> Targets.probabilities(o.apply("probabilities")).weights(o.apply("weights")));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void binary(Rows rows) {
        float[] x = RowInputs.NORMAL.values(rows, 6);
        float[] targets = uniform(rows.length(), 7);
        check(BINARY, rows, x, Map.of("probabilities", targets), o -> Targets.probabilities(o.apply("probabilities")));
        check(BINARY.with(0.1, 3), rows, x, Map.of("probabilities", targets, "weights", uniform(rows.axis(), 8)),
                o -> Targets.probabilities(o.apply("probabilities")).weights(o.apply("weights")));
    }

    static Stream<RowInputs> kinds() {
        return SLOW ? Stream.of(RowInputs.TAILS) : Stream.of(RowInputs.values());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void kindsOfRows(RowInputs data) {
        Rows rows = Rows.of(2, 65);
        float[] x = data.values(rows, 9);
        check(SOFTMAX, rows, x, Map.of("classes", classes(rows, false)), o -> Targets.classes(o.apply("classes")));
        check(BINARY, rows, x, Map.of("probabilities", uniform(rows.length(), 10)),
                o -> Targets.probabilities(o.apply("probabilities")));
    }

    // ---- agreement

    /** Without smoothing and weights: the loss is -log_softmax at the class, the gradient elsewhere softmax. */
    @ParameterizedTest
    @EnumSource(RowInputs.class)
    void agreesWithSoftmax(RowInputs data) {
        Rows rows = Rows.of(16, 33);
        float[] x = data.values(rows, 11);
        int[] classes = classes(rows, false);
        float[] loss = new float[16];
        float[] dx = new float[x.length];
        backend().backward(SOFTMAX, rows, Targets.classes(Operand.of(classes)), Reduction.NONE, Operand.of(x), Operand.of(loss),
                Operand.of(dx));
        float[] y = new float[x.length];
        backend().forward(RowActivation.LOG_SOFTMAX, rows, x, y);
        float[] p = new float[x.length];
        backend().forward(RowActivation.SOFTMAX, rows, x, p);
        for (int i = 0; i < x.length; i++) {
            int row = i / 33;
            if (i % 33 == classes[row]) {
                assertThat(loss[row]).as("%s, loss of row %d", data, row).isEqualTo(0f - y[i]);
            } else {
                assertThat(dx[i]).as("%s, gradient %d", data, i).isEqualTo(p[i]);
            }
        }
    }

    /** A class is the probability 1. */
    @Test
    void aClassIsAProbability() {
        Rows rows = Rows.of(9, 70);
        float[] x = RowInputs.NORMAL.values(rows, 12);
        int[] classes = classes(rows, false);
        float[] targets = new float[x.length];
        for (int row = 0; row < 9; row++) {
            targets[row * 70 + classes[row]] = 1;
        }
        Operand weights = Operand.of(uniform(70, 13));
        float[][] of = new float[2][];
        float[][] gradients = new float[2][];
        for (int k = 0; k < 2; k++) {
            of[k] = new float[9];
            gradients[k] = new float[x.length];
            Targets same = k == 0 ? Targets.classes(Operand.of(classes)) : Targets.probabilities(Operand.of(targets));
            backend().backward(SOFTMAX.with(0.2), rows, same.weights(weights), Reduction.NONE, Operand.of(x), Operand.of(of[k]),
                    Operand.of(gradients[k]));
        }
        Bits.assertSame("loss", of[1], of[0]);
        Bits.assertSame("gradient", gradients[1], gradients[0]);
    }

    /** The numbers of the formulas, worked out by hand; the limit allows for their six digits. */
    @Test
    void workedExample() {
        float[] x = {1, 2, 3};
        Targets targets = Targets.classes(Operand.of(new int[] {2})).weights(Operand.of(new float[] {1, 2, 3}));
        // log-softmax is -2.407606, -1.407606, -0.407606; q = 0.9 (0, 0, 3) + 0.1 / 3 (1, 2, 3)
        assertThat(mean(SOFTMAX.with(0.1), Rows.of(1, 3), targets, x)).isCloseTo(1.315391f / 3, within(1e-6f));
        assertThat(mean(SOFTMAX, Rows.of(1, 3), targets, x)).isCloseTo(0.407606f, within(1e-6f));
        // ln(1 + e^-1) = 0.313262, ln(1 + e^2) = 2.126928, and half of ln(1 + e^-3) + ln(1 + e^3) = 1.548587
        Targets halves = Targets.probabilities(Operand.of(new float[] {1, 0, 0.5f}));
        assertThat(mean(BINARY, Rows.of(1, 3), halves, x)).isCloseTo((0.313262f + 2.126928f + 1.548587f) / 3, within(1e-6f));
    }

    private static float mean(LossFunction f, Rows rows, Targets targets, float... x) {
        float[] loss = new float[1];
        backend().forward(f, rows, targets, Reduction.MEAN, Operand.of(x), Operand.of(loss));
        return loss[0];
    }

    /** What sum and mean are of the losses, and that the gradient is that of the mean: all by the number that it divides by. */
    @Test
    void meansDivideByWhatCounts() {
        Rows rows = Rows.of(12, 5);
        float[] x = RowInputs.NORMAL.values(rows, 14);
        int[] classes = classes(rows, true);
        float[] weights = {1, 0, 0.5f, 4, 2};
        double weight = 0;
        for (int index : classes) {
            weight += index == IGNORED ? 0 : weights[index];
        }
        Targets plain = Targets.classes(Operand.of(classes)).ignoring(IGNORED);
        meansDivideBy(8, SOFTMAX, rows, plain, x);
        meansDivideBy(weight, SOFTMAX, rows, plain.weights(Operand.of(weights)), x);
        Targets probabilities = Targets.probabilities(Operand.of(uniform(60, 15)));
        meansDivideBy(12, SOFTMAX.with(0.1), rows, probabilities.weights(Operand.of(weights)), x);
        meansDivideBy(60, BINARY, rows, probabilities.weights(Operand.of(weights)), x);
    }

    private static void meansDivideBy(double divisor, LossFunction f, Rows rows, Targets targets, float... x) {
        float[] each = new float[f.definition() == SOFTMAX.definition() ? 12 : 60];
        float[] sum = new float[1];
        float[] mean = new float[1];
        float[] ofSum = new float[x.length];
        float[] ofMean = new float[x.length];
        backend().forward(f, rows, targets, Reduction.NONE, Operand.of(x), Operand.of(each));
        backend().backward(f, rows, targets, Reduction.SUM, Operand.of(x), Operand.of(sum), Operand.of(ofSum));
        backend().backward(f, rows, targets, Reduction.MEAN, Operand.of(x), Operand.of(mean), Operand.of(ofMean));
        double exact = 0;
        for (float loss : each) {
            exact += loss;
        }
        // each loss is rounded once, their sum too; a quotient is rounded once where the other result is
        assertThat(sum[0]).isCloseTo((float) exact, within((float) exact * 0x1p-22f));
        assertThat(mean[0]).isCloseTo((float) (exact / divisor), within((float) (exact / divisor) * 0x1p-22f));
        for (int i = 0; i < x.length; i++) {
            float wanted = (float) (ofSum[i] / divisor);
            assertThat(ofMean[i]).as("%s, gradient %d", f.describe(), i).isCloseTo(wanted, within(Math.abs(wanted) * 0x1p-22f));
        }
    }

    // ---- special values

    @Test
    void specialRows() {
        row("NaN", new float[] {1, NAN, 2}, 0, NAN, NAN, NAN, NAN);
        row("+inf", new float[] {1, INF, 2}, 1, NAN, NAN, NAN, NAN);
        row("-inf, not at the class", new float[] {-INF, 3, 3}, 1, (float) Math.log(2), 0, -0.5f, 0.5f);
        row("-inf at the class", new float[] {3, -INF, 3}, 1, INF, 0.5f, -1, 0.5f);
        row("all -inf", new float[] {-INF, -INF}, 0, NAN, NAN, NAN);
        row("one column", new float[] {-1e30f}, 0, 0, 0);
        row("farthest apart", new float[] {Float.MAX_VALUE, -Float.MAX_VALUE}, 0, 0, 0, 0);
        row("signed zeros", new float[] {-0f, 0f}, 0, (float) Math.log(2), -0.5f, 0.5f);
    }

    private static void row(String what, float[] x, int index, float loss, float... gradient) {
        float[] each = new float[1];
        float[] dx = new float[x.length];
        backend().backward(SOFTMAX, Rows.of(1, x.length), Targets.classes(Operand.of(new int[] {index})), Reduction.NONE,
                Operand.of(x), Operand.of(each), Operand.of(dx));
        Bits.assertSame(what + ", loss", each, new float[] {loss});
        Bits.assertSame(what + ", gradient", dx, gradient);
    }

    /** A weight of 0 drops its term, a smoothed one does not. */
    @Test
    void infiniteDistances() {
        float[] x = {-INF, 0, 0};
        assertThat(mean(SOFTMAX.with(0.1), Rows.of(1, 3), Targets.classes(Operand.of(new int[] {1})), x)).isEqualTo(INF);
        Targets weightless = Targets.classes(Operand.of(new int[] {1})).weights(Operand.of(new float[] {0, 1, 1}));
        assertThat(mean(SOFTMAX.with(0.1), Rows.of(1, 3), weightless, x)).isCloseTo((float) (Math.log(2) * 29 / 30),
                within(1e-6f));
        Targets never = Targets.probabilities(Operand.of(new float[] {0, 0.25f, 0.75f}));
        assertThat(mean(SOFTMAX, Rows.of(1, 3), never, x)).isEqualTo((float) Math.log(2));
    }

    @Test
    void specialElements() {
        float half = (float) Math.log(2);
        element("NaN", NAN, 1, NAN, NAN);
        element("+inf, yes", INF, 1, 0, 0);
        element("+inf, no", INF, 0, INF, 1);
        element("+inf, perhaps", INF, 0.5f, INF, 0.5f);
        element("-inf, yes", -INF, 1, INF, -1);
        element("-inf, no", -INF, 0, 0, 0);
        element("0, yes", 0, 1, half, -0.5f);
        element("-0, no", -0f, 0, half, 0.5f);
        element("largest, yes", Float.MAX_VALUE, 1, 0, 0);
        element("largest, no", Float.MAX_VALUE, 0, Float.MAX_VALUE, 1);
        element("target NaN", 1, NAN, NAN, NAN);
        element("small", 0x1p-60f, 0.5f, half, 0x1p-62f);
    }

    private static void element(String what, float x, float target, float loss, float gradient) {
        for (Reduction reduction : Reduction.values()) {
            float[] each = new float[1];
            float[] dx = new float[1];
            backend().backward(BINARY, Rows.of(1, 1), Targets.probabilities(Operand.of(new float[] {target})), reduction,
                    Operand.of(new float[] {x}), Operand.of(each), Operand.of(dx));
            Bits.assertSame(what + ", loss, " + reduction, each, new float[] {loss});
            Bits.assertSame(what + ", gradient, " + reduction, dx, new float[] {gradient});
        }
    }

    // ---- ignored rows, and none

    @ParameterizedTest
    @EnumSource(Reduction.class)
    void ignoredRowsAreNotLookedAt(Reduction reduction) {
        for (int ignored : new int[] {IGNORED, 0, Integer.MIN_VALUE}) {
            float[] x = {NAN, INF, 0, 1, 2, 3};
            float[] loss = new float[reduction == Reduction.NONE ? 2 : 1];
            float[] dx = new float[6];
            backend().backward(SOFTMAX, Rows.of(2, 3), Targets.classes(Operand.of(new int[] {ignored, 2})).ignoring(ignored),
                    reduction, Operand.of(x), Operand.of(loss), Operand.of(dx));
            Bits.assertSame("gradient", Arrays.copyOf(dx, 3), new float[3]);
            assertThat(loss[loss.length - 1]).isCloseTo(0.407606f, within(1e-6f));
            assertThat(loss[0]).isEqualTo(reduction == Reduction.NONE ? 0 : loss[0]);
            assertThat(dx[5]).isCloseTo(0.665241f - 1, within(1e-6f));
        }
    }

    @Test
    void nothingCounts() {
        Targets ignored = Targets.classes(Operand.of(new int[] {IGNORED})).ignoring(IGNORED);
        float[] loss = new float[1];
        float[] dx = {5, 5};
        backend().backward(SOFTMAX, Rows.of(1, 2), ignored, Reduction.SUM, Operand.of(new float[2]), Operand.of(loss),
                Operand.of(dx));
        Bits.assertSame("sum", loss, new float[1]);
        dx[0] = 5;
        backend().backward(SOFTMAX, Rows.of(1, 2), ignored, Reduction.MEAN, Operand.of(new float[2]), Operand.of(loss),
                Operand.of(dx));
        Bits.assertSame("mean", loss, new float[] {NAN});
        Bits.assertSame("gradient", dx, new float[2]);
    }

    @Test
    void emptyBatch() {
        float[] none = new float[0];
        for (Rows rows : new Rows[] {Rows.of(0, 3), new Rows(2, 3, 0), Rows.of(0, 0)}) {
            for (Reduction reduction : Reduction.values()) {
                float[] loss = reduction == Reduction.NONE ? none : new float[] {5};
                float[] wanted = {reduction == Reduction.MEAN ? NAN : 0};
                backend().backward(SOFTMAX, rows, Targets.classes(Operand.of(new int[0])), reduction, Operand.of(none),
                        Operand.of(loss), Operand.of(none));
                Bits.assertSame(rows + " " + reduction, loss, Arrays.copyOf(wanted, loss.length));
                backend().forward(BINARY, rows, Targets.probabilities(Operand.of(none)), reduction, Operand.of(none),
                        Operand.of(loss));
                Bits.assertSame(rows + " " + reduction, loss, Arrays.copyOf(wanted, loss.length));
            }
        }
    }

    /** Everything on the device, twice in succession: the launches of one call do not disturb those of the next. */
    @Test
    void onTheDevice() {
        Rows rows = Rows.of(64, 33);
        float[] x = RowInputs.NORMAL.values(rows, 16);
        float[] expected = new float[1];
        reference().forward(SOFTMAX, rows, Targets.classes(Operand.of(classes(rows, false))), Reduction.MEAN, Operand.of(x),
                Operand.of(expected));
        Backend backend = backend();
        try (DeviceBuffer logits = backend.allocate(DType.FLOAT32, x.length);
                DeviceBuffer dlogits = backend.allocate(DType.FLOAT32, x.length);
                DeviceBuffer indices = backend.allocate(DType.INT32, 64);
                DeviceBuffer loss = backend.allocate(DType.FLOAT32, 1)) {
            indices.write(0, Operand.of(classes(rows, false)));
            logits.write(x);
            for (int i = 0; i < 2; i++) {
                backend.backward(SOFTMAX, rows, Targets.classes(indices), Reduction.MEAN, logits, loss, dlogits);
            }
            float[] got = new float[1];
            loss.read(got);
            Bits.assertSame("loss", got, expected);
        }
    }
}
