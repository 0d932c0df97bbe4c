package io.github.axoncl.contract;

import io.github.axoncl.Operand;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import io.github.axoncl.contract.MemoryKind.Memory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Row-wise functions: the reference's bits for every shape, special rows, in place, operand kinds. */
class SoftmaxContractTest extends BackendContract {
    private static final float INF = Float.POSITIVE_INFINITY;
    private static final int GUARD = 7;
    private static final float UNTOUCHED = 4711.25f;

    static Stream<Rows> shapes() {
        Stream<Rows> short_ = Stream.of(Rows.of(1, 1), Rows.of(3, 1), Rows.of(5, 2), Rows.of(4, 3), Rows.of(100, 10),
                Rows.of(9, 63), Rows.of(8, 64), Rows.of(7, 65), Rows.of(3, 1000), Rows.of(1, 4095), Rows.of(1, 4096),
                Rows.of(1, 4097));
        Stream<Rows> long_ = Stream.of(Rows.of(1000, 10), Rows.of(33, 1000), Rows.of(3, 4097), Rows.of(1, 50257));
        Stream<Rows> longest = Stream.of(Rows.of(20_000, 10), Rows.of(257, 1000), Rows.of(3, 50257), Rows.of(2, 262_145),
                Rows.of(1, 1_000_003));
        return Stream.of(short_, long_, longest).limit(KIND.longest() < 65537 ? 1 : KIND.longest() < 1_000_000 ? 2 : 3)
                .flatMap(shapes -> shapes);
    }

    private static List<RowInputs> kinds() {
        return KIND == BackendUnderTest.OCLGRIND ? List.of(RowInputs.NORMAL, RowInputs.TAILS) : List.of(RowInputs.values());
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void forward(Rows rows) {
        for (RowInputs data : kinds()) {
            float[] x = data.values(rows, 1);
            float[] expected = new float[x.length];
            reference().forward(RowActivation.SOFTMAX, rows, x, expected);
            float[] out = new float[x.length + 2 * GUARD];
            Arrays.fill(out, UNTOUCHED);
            backend().forward(RowActivation.SOFTMAX, rows, Operand.of(x), Operand.of(out, GUARD, x.length));
            check("softmax of " + rows + " " + data, out, GUARD, expected);
            assertGuards(out, x.length);
            float[] inPlace = x.clone();
            backend().forward(RowActivation.SOFTMAX, rows, inPlace, inPlace);
            check("softmax in place of " + rows + " " + data, inPlace, 0, expected);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void backward(Rows rows) {
        for (RowInputs data : kinds()) {
            float[] y = new float[(int) rows.length()];
            reference().forward(RowActivation.SOFTMAX, rows, data.values(rows, 2), y);
            float[] dy = RowInputs.NORMAL.values(rows, 3);
            float[] expected = new float[y.length];
            reference().backwardFromOutput(RowActivation.SOFTMAX, rows, y, dy, expected);
            float[] out = new float[y.length + 2 * GUARD];
            Arrays.fill(out, UNTOUCHED);
            backend().backwardFromOutput(RowActivation.SOFTMAX, rows, Operand.of(y), Operand.of(dy),
                    Operand.of(out, GUARD, y.length));
            String what = "softmax backward of " + rows + " " + data;
            check(what, out, GUARD, expected);
            assertGuards(out, y.length);
            float[] intoY = y.clone();
            backend().backwardFromOutput(RowActivation.SOFTMAX, rows, intoY, dy, intoY);
            check(what + " into y", intoY, 0, expected);
            float[] intoDy = dy.clone();
            backend().backwardFromOutput(RowActivation.SOFTMAX, rows, y, intoDy, intoDy);
            check(what + " into dy", intoDy, 0, expected);
        }
    }

    @Test
    void specialRows() {
        row("NaN", new float[] {1, Float.NaN, 2}, Float.NaN, Float.NaN, Float.NaN);
        row("+inf", new float[] {1, INF, 2}, Float.NaN, Float.NaN, Float.NaN);
        row("-inf at some places", new float[] {-INF, 3, -INF, 3}, 0, 0.5f, 0, 0.5f);
        row("all -inf", new float[] {-INF, -INF}, Float.NaN, Float.NaN);
        row("all -inf and a NaN", new float[] {-INF, Float.NaN}, Float.NaN, Float.NaN);
        row("one column", new float[] {-1e30f}, 1);
        row("one column, -0", new float[] {-0f}, 1);
        row("one column, -inf", new float[] {-INF}, Float.NaN);
        row("equal", new float[] {7, 7, 7, 7}, 0.25f, 0.25f, 0.25f, 0.25f);
        row("equal and largest", new float[] {Float.MAX_VALUE, Float.MAX_VALUE}, 0.5f, 0.5f);
        row("farthest apart", new float[] {Float.MAX_VALUE, -Float.MAX_VALUE}, 1, 0);
        row("signed zeros", new float[] {-0f, 0f}, 0.5f, 0.5f);
    }

    @Test
    void aSpecialRowDoesNotTouchItsNeighbours() {
        Rows rows = Rows.of(3, 65);
        float[] x = RowInputs.NORMAL.values(rows, 4);
        x[70] = Float.NaN;
        float[] y = new float[x.length];
        backend().forward(RowActivation.SOFTMAX, rows, x, y);
        for (int i = 0; i < y.length; i++) {
            assertThat(Float.isNaN(y[i])).as("element %d", i).isEqualTo(i / 65 == 1);
        }
    }

    @Test
    void emptyShapes() {
        for (Rows rows : new Rows[] {Rows.of(0, 5), Rows.of(5, 0), Rows.of(0, 0)}) {
            backend().forward(RowActivation.SOFTMAX, rows, new float[0], new float[0]);
            backend().backwardFromOutput(RowActivation.SOFTMAX, rows, new float[0], new float[0], new float[0]);
        }
        assertThat(backend().isClosed()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(MemoryKind.class)
    void everyMixtureOfMemory(MemoryKind xKind) {
        Rows rows = Rows.of(5, 65);
        float[] x = RowInputs.NORMAL.values(rows, 5);
        float[] y = new float[x.length];
        reference().forward(RowActivation.SOFTMAX, rows, x, y);
        float[] dy = RowInputs.NORMAL.values(rows, 6);
        float[] dx = new float[x.length];
        reference().backwardFromOutput(RowActivation.SOFTMAX, rows, y, dy, dx);
        for (MemoryKind dyKind : MemoryKind.values()) {
            for (MemoryKind outKind : MemoryKind.values()) {
                String what = xKind + ", " + dyKind + ", " + outKind;
                try (Memory in = xKind.with(backend(), x); Memory yIn = xKind.with(backend(), y);
                        Memory gradient = dyKind.with(backend(), dy);
                        Memory out = outKind.with(backend(), new float[x.length])) {
                    backend().forward(RowActivation.SOFTMAX, rows, in.operand(), out.operand());
                    check("forward " + what, out.content(), 0, y);
                    backend().backwardFromOutput(RowActivation.SOFTMAX, rows, yIn.operand(), gradient.operand(), out.operand());
                    check("backward " + what, out.content(), 0, dx);
                    assertThat(out.guardsIntact()).as(what).isTrue();
                    Bits.assertSame("x", in.content(), x);
                    Bits.assertSame("dy", gradient.content(), dy);
                }
            }
        }
    }

    private static void row(String what, float[] x, float... expected) {
        float[] y = new float[x.length];
        backend().forward(RowActivation.SOFTMAX, Rows.of(1, x.length), x, y);
        check(what, y, 0, expected);
    }

    private static void check(String what, float[] actual, int offset, float... expected) {
        if (KIND.isBitExact()) {
            Bits.assertSame(what, actual, offset, expected, 0, expected.length);
        } else {
            RowInputs.assertSameButForFlushing(what, actual, offset, expected);
        }
    }

    private static void assertGuards(float[] out, int length) {
        for (int i = 0; i < GUARD; i++) {
            assertThat(out[i]).isEqualTo(UNTOUCHED);
            assertThat(out[GUARD + length + i]).isEqualTo(UNTOUCHED);
        }
    }
}
