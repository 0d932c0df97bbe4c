package io.github.axoncl.contract;

import io.github.axoncl.Mask;
import io.github.axoncl.Operand;
import io.github.axoncl.RowActivation;
import io.github.axoncl.RowFunction;
import io.github.axoncl.Rows;
import io.github.axoncl.oracle.RowOracle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Row-wise functions: the reference's bits for every shape and axis, masks, special rows, in place, operand kinds. */
class RowContractTest extends BackendContract {
    private static final float INF = Float.POSITIVE_INFINITY;
    private static final float NAN = Float.NaN;
    /** Those that take no random numbers; one of each kind where a program takes seconds to build. */
    private static final List<RowFunction> FUNCTIONS = KIND == BackendUnderTest.RUSTICL
            ? List.of(RowActivation.SOFTMAX, RowActivation.SPARSEMAX, RowActivation.LOGSUMEXP)
            : Stream.of(RowActivation.values()).filter(f -> f != RowActivation.GUMBEL_SOFTMAX)
                    .flatMap(f -> Stream.of(f, f.fast()).distinct()).toList();

    /** Rows along the last axis, of every length that is something of its own to a loop. */
    static Stream<Rows> lengths() {
        if (KIND == BackendUnderTest.RUSTICL) {
            return Stream.of(Rows.of(4, 3), Rows.of(9, 63), Rows.of(33, 1000), Rows.of(1, 50257));
        } else if (KIND == BackendUnderTest.OCLGRIND) {
            return Stream.of(Rows.of(1, 1), Rows.of(5, 2), Rows.of(4, 3), Rows.of(17, 8), Rows.of(9, 63), Rows.of(7, 65),
                    Rows.of(1, 4097));
        }
        Stream<Rows> short_ = Stream.of(Rows.of(1, 1), Rows.of(3, 1), Rows.of(5, 2), Rows.of(4, 3), Rows.of(17, 8),
                Rows.of(100, 10), Rows.of(9, 63), Rows.of(8, 64), Rows.of(7, 65), Rows.of(3, 1000), Rows.of(1, 4095),
                Rows.of(1, 4096), Rows.of(1, 4097));
        Stream<Rows> long_ = Stream.of(Rows.of(1000, 10), Rows.of(15, 2), Rows.of(16, 63), Rows.of(33, 1000),
                Rows.of(3, 4097), Rows.of(1, 50257));
        Stream<Rows> longest = Stream.of(Rows.of(20_000, 10), Rows.of(257, 1000), Rows.of(3, 50257), Rows.of(2, 262_145),
                Rows.of(1, 1_000_003));
        return Stream.of(short_, long_, longest).limit(KIND.longest() < 65537 ? 1 : 3).flatMap(shapes -> shapes);
    }

    /** Rows along other axes. */
    static Stream<Rows> axes() {
        if (KIND == BackendUnderTest.RUSTICL) {
            return Stream.of(new Rows(2, 65, 17), new Rows(2, 4097, 3));
        } else if (KIND == BackendUnderTest.OCLGRIND) {
            return Stream.of(new Rows(1, 1, 3), new Rows(2, 3, 2), new Rows(3, 5, 16), new Rows(1, 65, 9));
        }
        Stream<Rows> few = Stream.of(new Rows(1, 1, 3), new Rows(2, 3, 2), new Rows(3, 5, 16), new Rows(2, 65, 17),
                new Rows(1, 70, 40));
        Stream<Rows> many = Stream.of(new Rows(2, 4097, 3), new Rows(1, 4097, 17), new Rows(3, 63, 15), new Rows(5, 64, 49),
                new Rows(1, 9000, 18));
        return KIND.longest() < 65537 ? few : Stream.concat(few, many);
    }

    private static List<RowInputs> kinds() {
        return KIND == BackendUnderTest.OCLGRIND ? List.of(RowInputs.NORMAL, RowInputs.TAILS) : List.of(RowInputs.values());
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void softmaxOfEveryLength(Rows rows) {
        kinds().forEach(data -> everywhere(RowActivation.SOFTMAX, rows, data));
    }

    /** The loops are softmax's; a simulator needs minutes for all of them again. */
    static Stream<Rows> lengthsOfOthers() {
        return KIND == BackendUnderTest.OCLGRIND ? lengths().filter(rows -> rows.length() <= 600) : lengths();
    }

    @ParameterizedTest
    @MethodSource("lengthsOfOthers")
    void othersOfEveryLength(Rows rows) {
        for (RowFunction f : FUNCTIONS) {
            everywhere(f, rows, RowInputs.NORMAL);
            everywhere(f, rows, RowInputs.TIES);
        }
    }

    @ParameterizedTest
    @MethodSource("axes")
    void alongAnyAxis(Rows rows) {
        for (RowFunction f : FUNCTIONS) {
            for (RowInputs data : KIND == BackendUnderTest.OCLGRIND ? List.of(RowInputs.NORMAL)
                    : List.of(RowInputs.NORMAL, RowInputs.TIES, RowInputs.TAILS)) {
                everywhere(f, rows, data);
            }
        }
    }

    @Test
    void masksInEveryKindOfMemory() {
        Rows rows = Rows.of(6, 5);
        byte[] keep = new byte[(int) rows.length()];
        for (int i = 0; i < keep.length; i++) {
            keep[i] = (byte) (i % 3);
        }
        OperationCheck.of("softmax with a mask", (backend, o) -> backend.forward(RowActivation.SOFTMAX, rows,
                Mask.keeping(o.apply("keep")), o.apply("x"), o.apply("y"))).in("x", RowInputs.NORMAL.values(rows, 12))
                .in("keep", keep).out("y", keep.length).inPlace("y", "x").check();
        OperationCheck.of("softmax with a mask to add", (backend, o) -> backend.forward(RowActivation.SOFTMAX, rows,
                Mask.additive(o.apply("mask")), o.apply("x"), o.apply("y"))).in("x", RowInputs.NORMAL.values(rows, 12))
                .in("mask", RowInputs.NORMAL.values(Rows.of(2, 5), 13)).out("y", keep.length).inPlace("y", "x").check();
    }

    /** Forward and backward: bits, in place, without a trace beside the output. */
    private static void everywhere(RowFunction f, Rows rows, RowInputs data) {
        float[] x = data.values(rows, 1);
        boolean perRow = isPerRow(f);
        int outputs = outputs(f, rows);
        int flushes = (int) rows.axis() + 8;
        OperationCheck forward = OperationCheck.of(f + " of " + rows + " " + data,
                (backend, o) -> backend.forward(f, rows, o.apply("x"), o.apply("y"))).in("x", x).out("y", outputs)
                .flushes(flushes);
        if (!perRow) {
            forward.inPlace("y", "x");
        }
        // Memory of every kind for one length and axis of each kind; arrays for the others, and for what takes a
        // simulator long.
        boolean anyMemory = data == RowInputs.NORMAL && (rows.axis() == 65 || rows.axis() == 5)
                && (KIND != BackendUnderTest.OCLGRIND || f == RowActivation.SOFTMAX);
        float[] y = (anyMemory ? forward.check() : forward.checkArrays()).get("y");
        float[] dy = Arrays.copyOf(RowInputs.NORMAL.values(rows, 3), outputs);
        OperationCheck backward;
        if (perRow) {
            backward = OperationCheck.of(f + " backward of " + rows + " " + data,
                    (backend, o) -> backend.backward(f, rows, o.apply("x"), o.apply("dy"), o.apply("dx")))
                    .in("x", x).in("dy", dy).inPlace("dx", "x");
        } else {
            backward = OperationCheck.of(f + " backward of " + rows + " " + data,
                    (backend, o) -> backend.backwardFromOutput(f, rows, o.apply("y"), o.apply("dy"), o.apply("dx")))
                    .in("y", y).in("dy", dy).inPlace("dx", "y").inPlace("dx", "dy");
        }
        backward.out("dx", x.length).flushes(flushes);
        if (anyMemory) {
            backward.check();
        } else {
            backward.checkArrays();
        }
    }

    private static boolean isPerRow(RowFunction f) {
        return f.id().equals("logsumexp");
    }

    private static int outputs(RowFunction f, Rows rows) {
        return (int) (isPerRow(f) ? rows.outer() * rows.inner() : rows.length());
    }

    /** What an axis is makes no difference: the bits are those of the rows laid one behind the other. */
    @Test
    void anAxisIsOneLikeAnother() {
        Rows rows = KIND == BackendUnderTest.OCLGRIND ? new Rows(2, 67, 5) : new Rows(3, 130, 19);
        float[] x = RowInputs.NORMAL.values(rows, 7);
        float[] turned = turned(x, rows, false);
        for (RowFunction f : FUNCTIONS) {
            float[] y = new float[outputs(f, rows)];
            float[] expected = new float[y.length];
            backend().forward(f, rows, x, y);
            backend().forward(f, Rows.of(rows.outer() * rows.inner(), rows.axis()), turned, expected);
            float[] back = isPerRow(f) ? expected : turned(expected, rows, true);
            if (KIND.isBitExact()) {
                Bits.assertSame(f, y, back);
            } else {
                RowInputs.assertSameButForFlushing(f.id(), y, 0, back);
            }
        }
    }

    /** (outer, axis, inner) to (outer, inner, axis), or the inverse. */
    private static float[] turned(float[] x, Rows rows, boolean back) {
        float[] y = new float[x.length];
        int at = 0;
        for (int o = 0; o < rows.outer(); o++) {
            for (int i = 0; i < rows.inner(); i++) {
                for (int a = 0; a < rows.axis(); a++) {
                    int plain = (int) ((o * rows.axis() + a) * rows.inner() + i);
                    y[back ? plain : at] = x[back ? at : plain];
                    at++;
                }
            }
        }
        return y;
    }

    // ---- scale and masks

    @Test
    void scaleAndMasks() {
        for (Rows rows : KIND == BackendUnderTest.RUSTICL ? new Rows[] {new Rows(4, 70, 1)}
                : new Rows[] {new Rows(8, 5, 1), new Rows(4, 70, 1), new Rows(4, 9, 3)}) {
            float[] x = RowInputs.NORMAL.values(rows, 8);
            SplittableRandom random = new SplittableRandom(9);
            int plane = (int) (rows.axis() * rows.inner());
            float[] add = new float[2 * plane];
            byte[] keep = new byte[2 * plane];
            for (int i = 0; i < add.length; i++) {
                add[i] = random.nextInt(4) == 0 ? -INF : (float) random.nextGaussian();
                keep[i] = (byte) (random.nextInt(3) == 0 ? 0 : random.nextInt(1, 256));
            }
            RowFunction softmax = RowActivation.SOFTMAX.with(0.3, 1);
            for (long each : new long[] {1, 2}) {
                masked(softmax, rows, x, "mask", add, o -> Mask.additive(o).eachFor(each));
                masked(softmax, rows, x, "mask", keep, o -> Mask.keeping(o).eachFor(each));
            }
            masked(softmax, rows, x, "mask", add, o -> Mask.causal(2, rows.axis() - 2));
            masked(RowActivation.LOG_SOFTMAX.with(0.3, 1), rows, x, "mask", keep, Mask::keeping);
            masked(RowActivation.LOGSUMEXP.with(0.3), rows, x, "mask", add, Mask::additive);
        }
    }

    private static void masked(RowFunction f, Rows rows, float[] x, String name, Object data,
                               java.util.function.Function<Operand, Mask> mask) {
        OperationCheck.of(f + " of " + rows + " with a mask",
                (backend, o) -> backend.forward(f, rows, mask.apply(o.apply(name)), o.apply("x"), o.apply("y")))
                .in("x", x).in(name, data).out("y", outputs(f, rows)).flushes((int) rows.axis() + 8).checkArrays();
        if (isPerRow(f)) {
            OperationCheck.of(f + " backward of " + rows + " with a mask", (backend, o) -> backend.backward(f, rows,
                    mask.apply(o.apply(name)), o.apply("x"), o.apply("dy"), o.apply("dx")))
                    .in("x", x).in(name, data).in("dy", RowInputs.NORMAL.values(Rows.of(1, outputs(f, rows)), 4))
                    .out("dx", x.length).flushes((int) rows.axis() + 8).checkArrays();
        }
    }

    /** A mask is the scores with -inf in its place; what it hides may be NaN if it is a mask of flags. */
    @Test
    void aMaskHidesElements() {
        Rows rows = Rows.of(3, 6);
        float[] x = RowInputs.NORMAL.values(rows, 10);
        byte[] keep = {1, 0, 1, 1, 0, 2};
        float[] hidden = x.clone();
        float[] spoilt = x.clone();
        float[] add = new float[6];
        for (int i = 0; i < x.length; i++) {
            hidden[i] = keep[i % 6] == 0 ? -INF : x[i];
            spoilt[i] = keep[i % 6] == 0 ? NAN : x[i];
            add[i % 6] = keep[i % 6] == 0 ? -INF : 0;
        }
        float[] expected = new float[x.length];
        float[] y = new float[x.length];
        for (RowFunction f : List.of(RowActivation.SOFTMAX, RowActivation.LOG_SOFTMAX)) {
            backend().forward(f, rows, hidden, expected);
            backend().forward(f, rows, Mask.keeping(Operand.of(keep)), Operand.of(spoilt), Operand.of(y));
            Bits.assertSame(f, y, expected);
            backend().forward(f, rows, Mask.additive(Operand.of(add)), Operand.of(x), Operand.of(y));
            Bits.assertSame(f, y, expected);
        }
    }

    @Test
    void aQueryDoesNotSeeLaterKeys() {
        int queries = 4;
        int keys = 6;
        Rows rows = Rows.of(2 * queries, keys);
        float[] x = RowInputs.NORMAL.values(rows, 11);
        for (int offset : new int[] {0, keys - queries, -1}) {
            float[] hidden = x.clone();
            for (int i = 0; i < x.length; i++) {
                hidden[i] = i % keys > i / keys % queries + offset ? -INF : x[i];
            }
            float[] expected = new float[x.length];
            backend().forward(RowActivation.SOFTMAX.with(1, 1), rows, hidden, expected);
            float[] y = new float[x.length];
            backend().forward(RowActivation.SOFTMAX.with(1, 1), rows, Mask.causal(queries, offset), Operand.of(x),
                    Operand.of(y));
            Bits.assertSame("offset " + offset, y, expected);
        }
    }

    @Test
    void aRowWithNothingToSee() {
        float[] x = {1, 2, 3};
        Mask nothing = Mask.keeping(Operand.of(new byte[3]));
        float[] y = new float[3];
        Rows rows = Rows.of(1, 3);
        backend().forward(RowActivation.SOFTMAX, rows, nothing, Operand.of(x), Operand.of(y));
        assertThat(y).containsExactly(NAN, NAN, NAN);
        backend().forward(RowActivation.SOFTMAX.with(1, 1), rows, nothing, Operand.of(x), Operand.of(y));
        // rusticl does not keep the signs of zeros.
        assertThat(KIND.isBitExact() ? y : new float[] {y[0] + 0, y[1] + 0, y[2] + 0}).containsExactly(0, 0, 0);
        backend().forward(RowActivation.LOG_SOFTMAX.with(1, 1), rows, nothing, Operand.of(x), Operand.of(y));
        assertThat(y).containsExactly(-INF, -INF, -INF);
        backend().forward(RowActivation.SOFTMAX.with(1, 1), Rows.of(1, 2), new float[] {-INF, NAN}, y = new float[2]);
        assertThat(y).containsExactly(NAN, NAN);
    }

    @Test
    void wrongMasks() {
        float[] x = new float[12];
        Rows rows = Rows.of(4, 3);
        assertThatThrownBy(() -> backend().forward(RowActivation.SOFTMAX, rows, Mask.keeping(Operand.of(new byte[9])),
                Operand.of(x), Operand.of(x))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("keep has 9 elements").hasMessageContaining("(4, 3, 1)");
        assertThatThrownBy(() -> backend().forward(RowActivation.SOFTMAX, rows, Mask.additive(Operand.of(new byte[3])),
                Operand.of(x), Operand.of(x))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mask is UINT8, but must be FLOAT32");
        assertThatThrownBy(() -> backend().forward(RowActivation.HARDMAX, rows, Mask.causal(2, 0), Operand.of(x),
                Operand.of(x)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("hardmax takes no mask");
        assertThatThrownBy(() -> backend().forward(RowActivation.SOFTMAX, rows, Mask.additive(Operand.of(x)), Operand.of(x),
                Operand.of(x))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("y at offset 0 overlaps mask");
        assertThatThrownBy(() -> Mask.causal(0, 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("queries = 0");
        assertThatThrownBy(() -> Mask.causal(2, Long.MIN_VALUE)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("offset = " + Long.MIN_VALUE);
        assertThatThrownBy(() -> Mask.causal(Integer.MAX_VALUE, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("together below 2^31");
        assertThatThrownBy(() -> backend().forward(RowActivation.SOFTMAX, rows, Mask.keeping(Operand.of(new byte[6]))
                .eachFor(Long.MIN_VALUE >>> 1), Operand.of(x), Operand.of(x))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("keep has 6 elements");
        assertThat(x).containsOnly(0);
    }

    // ---- special rows

    @Test
    void specialRowsOfSoftmax() {
        row("NaN", new float[] {1, NAN, 2}, NAN, NAN, NAN);
        row("+inf", new float[] {1, INF, 2}, NAN, NAN, NAN);
        row("-inf at some places", new float[] {-INF, 3, -INF, 3}, 0, 0.5f, 0, 0.5f);
        row("all -inf", new float[] {-INF, -INF}, NAN, NAN);
        row("all -inf and a NaN", new float[] {-INF, NAN}, NAN, NAN);
        row("one column", new float[] {-1e30f}, 1);
        row("one column, -0", new float[] {-0f}, 1);
        row("one column, -inf", new float[] {-INF}, NAN);
        row("equal", new float[] {7, 7, 7, 7}, 0.25f, 0.25f, 0.25f, 0.25f);
        row("equal and largest", new float[] {Float.MAX_VALUE, Float.MAX_VALUE}, 0.5f, 0.5f);
        row("farthest apart", new float[] {Float.MAX_VALUE, -Float.MAX_VALUE}, 1, 0);
        row("signed zeros", new float[] {-0f, 0f}, 0.5f, 0.5f);
    }

    private static void row(String what, float[] x, float... expected) {
        float[] y = new float[x.length];
        backend().forward(RowActivation.SOFTMAX, Rows.of(1, x.length), x, y);
        if (KIND.isBitExact()) {
            Bits.assertSame(what, y, expected);
        } else {
            RowInputs.assertSameButForFlushing(what, y, 0, expected);
        }
    }

    /** NaN and infinities come out where the oracle says so, also in a row beside others. */
    static List<RowFunction> functions() {
        return FUNCTIONS;
    }

    @ParameterizedTest
    @MethodSource("functions")
    void specialRows(RowFunction f) {
        RowOracle oracle = RowOracle.of(RowActivation.valueOf(f.id().toUpperCase(Locale.ROOT)));
        float[][] specials = {{1, NAN, 2}, {1, INF, 2}, {-INF, 3, 4}, {-INF, -INF, -INF}, {-INF, NAN, 1}, {INF, INF, 0},
            {0, -0f, 0}, {Float.MAX_VALUE, -Float.MAX_VALUE, 0}, {3, 3, 3}};
        for (int inner : new int[] {1, 2}) {
            Rows rows = new Rows(specials.length, 3, inner);
            float[] x = new float[(int) rows.length()];
            for (int i = 0; i < x.length; i++) {
                x[i] = specials[i / 3 / inner][i / inner % 3];
            }
            float[] y = new float[outputs(f, rows)];
            backend().forward(f, rows, x, y);
            for (int o = 0; o < specials.length; o++) {
                double[] exact = oracle.forward(specials[o]).value();
                for (int k = 0; k < exact.length; k++) {
                    float got = y[(o * exact.length + k) * inner + inner - 1];
                    String what = f + " of " + Arrays.toString(specials[o]) + " at " + k;
                    if (Double.isNaN(exact[k]) || Double.isInfinite(exact[k])) {
                        assertThat(Double.valueOf(got)).as(what).isEqualTo(Double.valueOf(exact[k]));
                    } else {
                        assertThat(got).as(what).isCloseTo((float) exact[k],
                                org.assertj.core.data.Percentage.withPercentage(1e-4));
                    }
                }
            }
        }
    }

    /** An element at the threshold itself may fall out of the support and come back as the threshold is rounded, for ever. */
    @Test
    @Tag("threads")
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anElementAtTheThresholdOfSparsemax() {
        float[] found = {0, -0x1.2f684cp-4f, -0x1.c71c72p-3f, -0x1.ba781ap-2f, -0x1.ba7818p-2f};
        SplittableRandom random = new SplittableRandom(14);
        int count = KIND.longest() < 65537 ? 40 : 2000;
        float[] x = Arrays.copyOf(found, 5 * count);
        for (int row = 1; row < count; row++) {
            double sum = 0;
            for (int i = 1; i < 3; i++) {
                x[5 * row + i] = -random.nextInt(9) / 27f;
                sum += x[5 * row + i];
            }
            float threshold = (float) ((sum - 1) / 3);
            x[5 * row + 3] = threshold;
            x[5 * row + 4] = random.nextBoolean() ? Math.nextUp(threshold) : Math.nextDown(threshold);
        }
        for (Rows rows : new Rows[] {Rows.of(count, 5), new Rows(1, 5, count)}) {
            float[] in = rows.inner() == 1 ? x : turned(x, new Rows(1, 5, count), true);
            OperationCheck.of("sparsemax at its threshold, " + rows, (b, o) -> b.forward(RowActivation.SPARSEMAX, rows,
                    o.apply("x"), o.apply("y"))).in("x", in).out("y", in.length).checkArrays();
        }
        float[] y = new float[x.length];
        backend().forward(RowActivation.SPARSEMAX, Rows.of(count, 5), x, y);
        for (int row = 0; row < count; row++) {
            double[] exact = RowOracle.of(RowActivation.SPARSEMAX).forward(Arrays.copyOfRange(x, 5 * row, 5 * row + 5)).value();
            for (int i = 0; i < 5; i++) {
                assertThat((double) y[5 * row + i]).as("row %d, element %d", row, i).isCloseTo(exact[i],
                        org.assertj.core.data.Offset.offset(1e-7));
            }
        }
    }

    @Test
    void emptyShapes() {
        for (Rows rows : new Rows[] {Rows.of(0, 5), Rows.of(5, 0), Rows.of(0, 0), new Rows(2, 3, 0)}) {
            for (RowFunction f : FUNCTIONS) {
                float[] y = new float[outputs(f, rows)];
                backend().forward(f, rows, new float[0], y);
                for (float value : y) {
                    assertThat(value).as("log-sum-exp of no column").isEqualTo(-INF);
                }
                if (!isPerRow(f)) {
                    backend().backwardFromOutput(f, rows, new float[0], new float[0], new float[0]);
                }
            }
        }
        assertThat(backend().isClosed()).isFalse();
    }

    @Test
    void operationsThatAFunctionDoesNotHave() {
        float[] x = new float[4];
        Rows rows = Rows.of(2, 2);
        assertThatThrownBy(() -> backend().backwardFromOutput(RowActivation.LOGSUMEXP, rows, x, x, x))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("use backward");
        assertThatThrownBy(() -> backend().backward(RowActivation.SOFTMAX, rows, Operand.of(x), Operand.of(x), Operand.of(x)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("use backwardFromOutput");
        assertThatThrownBy(() -> backend().forward(RowActivation.LOGSUMEXP, rows, x, x))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("y has 4 elements, but (2, 2, 1) asks for 2");
    }
}
