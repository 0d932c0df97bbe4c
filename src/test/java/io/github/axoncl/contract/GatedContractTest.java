package io.github.axoncl.contract;

import io.github.axoncl.DType;
import io.github.axoncl.GatedActivation;
import io.github.axoncl.GatedFunction;
import io.github.axoncl.Operand;
import io.github.axoncl.Rows;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

import static io.github.axoncl.contract.Mistake.mistake;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Gated functions: the reference's bits, from two operands and from halves of one, in place, in every kind of memory. */
@Tag("families")
class GatedContractTest extends BackendContract {
    private static final float INF = Float.POSITIVE_INFINITY;
    private static final float NAN = Float.NaN;
    private static final int LENGTH = KIND.longestOfMany();

    /** Few on a driver that takes seconds to build a program; its bits are not the reference's anyway. */
    static Stream<GatedFunction> functions() {
        return KIND == BackendUnderTest.RUSTICL ? Stream.of(GatedActivation.SWIGLU, GatedActivation.REGLU.gateFirst())
                : Stream.of(GatedActivation.values()).flatMap(f -> Stream.of(f, f.gateFirst()));
    }

    /** How halves lie does not depend on the function. */
    static Stream<Arguments> halves() {
        Rows[] shapes = {Rows.of(1, 1), Rows.of(7, 1), Rows.of(3, 33), new Rows(2, 5, 3), new Rows(1, 4, 17),
                new Rows(6, 1, 5), Rows.of(3, 192), new Rows(2, 3, 64)};
        return Stream.of(GatedActivation.REGLU, GatedActivation.REGLU.gateFirst())
                .flatMap(f -> Stream.of(shapes).map(rows -> arguments(f, rows)));
    }

    /** On a device that flushes, numbers of ordinary size: what else it does to products is not known from the result alone. */
    private static float[] values(int length, long seed) {
        return KIND.isBitExact() ? Inputs.mixed(length, seed) : Inputs.normal(length, seed);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void ofTwoOperands(GatedFunction f) {
        OperationCheck.of("forward of " + f.describe(), (b, o) -> b.forward(f, o.apply("a"), o.apply("b"), o.apply("y")))
                .in("a", values(LENGTH, 1)).in("b", values(LENGTH, 2)).out("y", LENGTH)
                .inPlace("y", "a").inPlace("y", "b").check();
        OperationCheck.of("backward of " + f.describe(),
                (b, o) -> b.backward(f, o.apply("a"), o.apply("b"), o.apply("dy"), o.apply("da"), o.apply("db")))
                .in("a", values(LENGTH, 3)).in("b", values(LENGTH, 4)).in("dy", values(LENGTH, 5))
                .out("da", LENGTH).out("db", LENGTH).inPlace("da", "dy").inPlace("db", "dy")
                .inPlace("da", "a", "db", "b").inPlace("da", "b", "db", "a").check();
    }

    @ParameterizedTest
    @MethodSource("halves")
    void ofHalves(GatedFunction f, Rows rows) {
        int n = (int) rows.length();
        OperationCheck.of("forward of halves " + f.describe() + rows, (b, o) -> b.forward(f, rows, o.apply("ab"), o.apply("y")))
                .in("ab", values(2 * n, 6)).out("y", n).check();
        OperationCheck.of("backward of halves " + f.describe() + rows,
                (b, o) -> b.backward(f, rows, o.apply("ab"), o.apply("dy"), o.apply("dab")))
                .in("ab", values(2 * n, 7)).in("dy", values(n, 8)).out("dab", 2 * n).inPlace("dab", "ab").check();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void halvesAreTheTwoOperands(GatedFunction f) {
        Rows rows = new Rows(3, 5, 7);
        int n = (int) rows.length();
        float[] a = values(n, 9);
        float[] b = values(n, 10);
        float[] dy = values(n, 11);
        float[] ab = sideBySide(rows, a, b);
        float[] y = new float[n];
        float[] ofHalves = new float[n];
        backend().forward(f, Operand.of(a), Operand.of(b), Operand.of(y));
        backend().forward(f, rows, Operand.of(ab), Operand.of(ofHalves));
        Bits.assertSame(f + " of halves", ofHalves, y);
        float[] da = new float[n];
        float[] db = new float[n];
        float[] dab = new float[2 * n];
        backend().backward(f, Operand.of(a), Operand.of(b), Operand.of(dy), Operand.of(da), Operand.of(db));
        backend().backward(f, rows, Operand.of(ab), Operand.of(dy), Operand.of(dab));
        Bits.assertSame(f + " gradients of halves", dab, sideBySide(rows, da, db));
    }

    private static float[] sideBySide(Rows rows, float[] a, float[] b) {
        int half = (int) (rows.axis() * rows.inner());
        float[] both = new float[2 * a.length];
        for (int o = 0; o < rows.outer(); o++) {
            System.arraycopy(a, o * half, both, 2 * o * half, half);
            System.arraycopy(b, o * half, both, (2 * o + 1) * half, half);
        }
        return both;
    }

    @ParameterizedTest
    @MethodSource("functions")
    void theOtherOrderExchangesTheOperands(GatedFunction f) {
        if (f.isGateFirst()) {
            assertThat(f.gateFirst()).isSameAs(f);
            return;
        }
        float[] a = values(LENGTH, 12);
        float[] b = values(LENGTH, 13);
        float[] dy = values(LENGTH, 14);
        Map<String, float[]> plain = gradients(f, a, b, dy);
        Map<String, float[]> exchanged = gradients(f.gateFirst(), b, a, dy);
        Bits.assertSame("y", exchanged.get("y"), plain.get("y"));
        Bits.assertSame("da", exchanged.get("db"), plain.get("da"));
        Bits.assertSame("db", exchanged.get("da"), plain.get("db"));
    }

    private static Map<String, float[]> gradients(GatedFunction f, float[] a, float[] b, float[] dy) {
        Map<String, float[]> results = Map.of("y", new float[a.length], "da", new float[a.length], "db", new float[a.length]);
        backend().forward(f, Operand.of(a), Operand.of(b), Operand.of(results.get("y")));
        backend().backward(f, Operand.of(a), Operand.of(b), Operand.of(dy), Operand.of(results.get("da")),
                Operand.of(results.get("db")));
        return results;
    }

    @Test
    void longCalls() {
        int length = KIND.longest();
        float[] a = Inputs.normal(length, 15);
        float[] b = Inputs.normal(length, 16);
        float[] expected = new float[length];
        float[] y = new float[length];
        reference().forward(GatedActivation.REGLU, Operand.of(a), Operand.of(b), Operand.of(expected));
        backend().forward(GatedActivation.REGLU, Operand.of(a), Operand.of(b), Operand.of(y));
        Bits.assertSame("reglu", y, expected);
    }

    @Test
    void zerosAndInfinities() {
        float[] a = {INF, -INF, 0, -0f, 3, -3, INF, NAN, 0, NAN, 2};
        float[] b = {-1, -1, INF, -INF, -2, -2, 2, -1, NAN, 0, INF};
        float[] dy = {INF, 1, INF, -INF, INF, NAN, -1, 1, 1, 1, 1};
        Map<String, float[]> relu = gradients(GatedActivation.REGLU, a, b, dy);
        Bits.assertSame("y", relu.get("y"), new float[] {0, 0, 0, -0f, 0, -0f, INF, NAN, NAN, NAN, INF});
        Bits.assertSame("da", relu.get("da"), new float[] {0, 0, INF, 0, 0, NAN, -2, 0, NAN, 0, INF});
        Bits.assertSame("db", relu.get("db"), new float[] {0, 0, 0, 0, 0, NAN, -INF, NAN, NAN, NAN, 2});
        Map<String, float[]> product = gradients(GatedActivation.BILINEAR, a, b, dy);
        Bits.assertSame("y", product.get("y"), new float[] {-INF, INF, 0, 0, -6, 6, INF, NAN, NAN, NAN, INF});
        Bits.assertSame("db", product.get("db"), new float[] {INF, -INF, 0, 0, INF, NAN, -INF, NAN, NAN, NAN, 2});
    }

    @Test
    void emptyShapes() {
        Operand none = Operand.of(new float[0]);
        for (Rows rows : new Rows[] {new Rows(0, 3, 2), new Rows(2, 0, 3), new Rows(4, 5, 0)}) {
            backend().forward(GatedActivation.GEGLU, rows, none, none);
            backend().backward(GatedActivation.GEGLU, rows, none, none, none);
        }
        backend().forward(GatedActivation.GEGLU, none, none, none);
        backend().backward(GatedActivation.GEGLU, none, none, none, none, none);
        assertThat(backend().isClosed()).isFalse();
    }

    static Stream<Mistake> mistakes() {
        float[] three = new float[3];
        Operand x = Operand.of(three);
        Operand y = Operand.of(new float[3]);
        Operand four = Operand.of(new float[4]);
        GatedFunction glu = GatedActivation.GLU;
        return Stream.of(
                mistake(b -> b.forward((GatedFunction) null, x, x, y), NullPointerException.class, "function"),
                mistake(b -> b.forward(glu, (Operand) null, x, y), NullPointerException.class, "a"),
                mistake(b -> b.forward(glu, x, null, y), NullPointerException.class, "b"),
                mistake(b -> b.forward(glu, x, x, null), NullPointerException.class, "y"),
                mistake(b -> b.forward(glu, (Rows) null, x, y), NullPointerException.class, "rows"),
                mistake(b -> b.backward(glu, x, x, null, y, y), NullPointerException.class, "dy"),
                mistake(b -> b.backward(glu, Rows.of(1, 3), x, y, null), NullPointerException.class, "dab"),
                mistake(b -> b.forward(glu, x, four, y), "forward of glu: a has 3 elements, b has 4; they must be equal"),
                mistake(b -> b.forward(glu.gateFirst(), x, x, four),
                        "forward of glu (gate first): a has 3 elements, y has 4; they must be equal"),
                mistake(b -> b.backward(glu, x, x, four, y, y),
                        "backward of glu: a has 3 elements, dy has 4; they must be equal"),
                mistake(b -> b.backward(glu, x, x, x, y, y),
                        "da at offset 0 overlaps db at offset 0 (length 3); they must be disjoint"),
                mistake(b -> b.forward(glu, Rows.of(3, 1), four, y),
                        "forward of glu: ab has 4 elements, but (3, 1, 1) asks for 6 in 2 parts along the axis"),
                mistake(b -> b.forward(glu, Rows.of(2, 1), four, Operand.of(new float[2], 0, 1)),
                        "forward of glu: y has 1 elements, but (2, 1, 1) asks for 2"),
                mistake(b -> b.forward(glu, Rows.of(1, 1), Operand.of(three, 0, 2), Operand.of(three, 0, 1)),
                        "y at offset 0 overlaps ab at offset 0 (length 2); they must be disjoint"),
                mistake(b -> b.forward(glu, Operand.of(new double[3], 0, 3), x, y),
                        "forward of glu: a is " + DType.FLOAT64 + ", but must be " + DType.FLOAT32));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isRefused(Mistake mistake) {
        mistake.assertRefused(backend());
    }

    @Test
    void nothingIsWrittenBeforeEverythingIsChecked() {
        float[] da = new float[3];
        Arrays.fill(da, 5);
        Operand x = Operand.of(new float[3]);
        assertThatThrownBy(() -> backend().backward(GatedActivation.GLU, x, x, x, Operand.of(da), Operand.of(new float[4])))
                .isExactlyInstanceOf(IllegalArgumentException.class);
        assertThat(da).containsOnly(5);
    }
}
