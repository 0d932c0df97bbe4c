package io.github.axoncl.contract;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Activations;
import io.github.axoncl.Operand;
import io.github.axoncl.Parameter;
import io.github.axoncl.Rows;
import io.github.axoncl.oracle.LearnedOracle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import static io.github.axoncl.contract.Mistake.mistake;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Element-wise functions with a learned parameter: the reference's bits for every shape, in place, in every kind of memory. */
@Tag("families")
class LearnedContractTest extends BackendContract {
    private static final float INF = Float.POSITIVE_INFINITY;
    private static final float NAN = Float.NaN;
    private static final float[] SPECIAL = {0f, -0f, -1e-40f, 1e-40f, -1e-20f, -0.69f, -1.38f, -25f, -104f, -1e10f, 1e10f,
            -300f};

    /** Few on a driver that takes seconds to build a program; its bits are not the reference's anyway. */
    static Stream<Activation> functions() {
        return KIND == BackendUnderTest.RUSTICL ? Stream.of(Activation.PRELU) : LearnedOracle.functions().stream().sorted();
    }

    /** Both ways of the CPU with whole and broken tiles, one parameter for all, segments and more than one. */
    static Stream<Rows> shapes() {
        Stream<Rows> few = Stream.of(new Rows(1, 1, 1), new Rows(130, 1, 1), new Rows(4, 3, 1), new Rows(2, 5, 7),
                new Rows(3, 2, 65), new Rows(33, 17, 1), new Rows(3, 64, 1), new Rows(2, 3, 128));
        Stream<Rows> more = Stream.of(new Rows(1, 3, 4097), new Rows(4097, 2, 1), new Rows(5, 2, 1000));
        return KIND.longest() < 65_537 ? few : Stream.concat(few, more);
    }

    static Stream<Arguments> functionsAndShapes() {
        return functions().flatMap(f -> (f == Activation.PRELU ? shapes() : Stream.of(new Rows(2, 5, 7), new Rows(19, 17, 1)))
                .map(rows -> arguments(f, rows)));
    }

    /** Numbers of ordinary size, and among them special ones where their products do not go wrong on a device that flushes. */
    private static float[] values(Rows rows, long seed) {
        float[] x = Inputs.normal((int) rows.length(), seed);
        for (int i = 3; i < x.length && KIND.isBitExact(); i += 5) {
            x[i] = SPECIAL[i / 5 % SPECIAL.length];
        }
        return x;
    }

    private static float[] parameters(Rows rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] parameters = new float[(int) rows.axis()];
        for (int c = 0; c < parameters.length; c++) {
            parameters[c] = (float) (0.05 + 3 * random.nextDouble());
        }
        return parameters;
    }

    @ParameterizedTest
    @MethodSource("functionsAndShapes")
    void everyBit(Activation f, Rows rows) {
        int n = (int) rows.length();
        OperationCheck.of("forward of " + f + rows,
                (b, o) -> b.forward(f, rows, o.apply("x"), o.apply("parameter"), o.apply("y")))
                .in("x", values(rows, 1)).in("parameter", parameters(rows, 2)).out("y", n).inPlace("y", "x").check();
        OperationCheck.of("backward of " + f + rows,
                (b, o) -> b.backward(f, rows, o.apply("x"), o.apply("parameter"), o.apply("dy"), o.apply("dx"), o.apply("dp")))
                .in("x", values(rows, 3)).in("parameter", parameters(rows, 4)).in("dy", Inputs.normal(n, 5))
                .out("dx", n).out("dp", (int) rows.axis()).inPlace("dx", "x").inPlace("dx", "dy").flushes(n + 8).check();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void elementsAreThoseOfTheFunctionWithThatParameter(Activation f) {
        Rows one = new Rows(11, 1, 13);
        float[] x = values(one, 6);
        float[] dy = Inputs.normal(x.length, 7);
        for (ActivationFunction with : new ActivationFunction[] {f.with(0.75), f.with(3)}) {
            Operand parameter = Operand.of(new float[] {(float) with.argument(0)});
            float[] y = new float[x.length];
            float[] expected = new float[x.length];
            backend().forward(f, one, Operand.of(x), parameter, Operand.of(y));
            backend().forward(with, x, expected);
            Bits.assertSame("y of " + with, y, expected);
            backend().backward(f, one, Operand.of(x), parameter, Operand.of(dy), Operand.of(y), Operand.of(new float[1]));
            backend().backward(with, x, dy, expected);
            Bits.assertSame("dx of " + with, y, expected);
        }
        backend().forward(f.fast(), one, Operand.of(x), Operand.of(new float[] {1.5f}), Operand.of(dy));
        float[] fast = new float[x.length];
        backend().forward(f.with(1.5).fast(), x, fast);
        Bits.assertSame("fast " + f, dy, fast);
    }

    @Test
    void aSumOverNothingIsZero() {
        for (Rows rows : new Rows[] {new Rows(0, 3, 2), new Rows(2, 3, 0), new Rows(0, 3, 0)}) {
            float[] gradient = {5, 5, 5};
            Operand none = Operand.of(new float[0]);
            backend().forward(Activation.PRELU, rows, none, Operand.of(new float[3]), none);
            backend().backward(Activation.PRELU, rows, none, Operand.of(new float[3]), none, none, Operand.of(gradient));
            assertThat(gradient).as("%s", rows).containsExactly(0, 0, 0);
        }
        Operand none = Operand.of(new float[0]);
        backend().backward(Activation.PRELU, new Rows(2, 0, 3), none, none, none, none, none);
    }

    @Test
    void specialElements() {
        float[] x = {2, INF, 0, -0f, NAN, -INF, -3, -INF, 1};
        float[] dy = {NAN, NAN, INF, 7, 1, 1, NAN, 0, INF};
        gradients(Activation.PRELU, 0.5f, x, dy, 0, 0, 0, 0, NAN, -INF, NAN, NAN, 0);
        if (KIND == BackendUnderTest.RUSTICL) {
            return;
        }
        gradients(Activation.LEAKY_RELU, 0.5f, x, dy, 0, 0, 0, 0, NAN, -INF, NAN, NAN, 0);
        gradients(Activation.ELU, 0.5f, x, dy, 0, 0, 0, 0, NAN, -1, NAN, 0, 0);
        gradients(Activation.CELU, 0.5f, x, dy, 0, 0, 0, 0, NAN, -1, NAN, 0, 0);
        gradients(Activation.SWISH, 0.5f, x, dy, NAN, NAN, 0, 0, NAN, 0, NAN, 0, INF);
        gradients(Activation.SWISH, 0, x, dy, NAN, NAN, 0, 0, NAN, INF, NAN, NAN, INF);
        gradients(Activation.SWISH, NAN, new float[] {1, -2}, new float[] {1, 1}, NAN, NAN);
        gradients(Activation.ELU, NAN, new float[] {1, -INF}, new float[] {1, 1}, 0, -1);
        gradients(Activation.CELU, NAN, new float[] {1, -2}, new float[] {1, 1}, 0, NAN);
    }

    /** Each element is a channel of its own. */
    private static void gradients(Activation f, float parameter, float[] x, float[] dy, float... expected) {
        float[] parameters = new float[x.length];
        Arrays.fill(parameters, parameter);
        float[] gradient = new float[x.length];
        backend().backward(f, new Rows(1, x.length, 1), Operand.of(x), Operand.of(parameters), Operand.of(dy),
                Operand.of(new float[x.length]), Operand.of(gradient));
        for (int i = 0; i < x.length; i++) {
            assertThat(Bits.same(gradient[i] + 0f, expected[i])).as("%s(%s) at x = %s, dy = %s: %s", f, parameter, x[i], dy[i],
                    gradient[i]).isTrue();
        }
    }

    @Test
    void channelsDoNotTouchEachOther() {
        Rows rows = new Rows(6, 3, 1);
        float[] x = Inputs.normal(18, 8);
        x[4] = NAN;
        float[] gradient = new float[3];
        backend().backward(Activation.PRELU, rows, Operand.of(x), Operand.of(new float[] {1, 2, 3}),
                Operand.of(Inputs.normal(18, 9)), Operand.of(new float[18]), Operand.of(gradient));
        assertThat(gradient[0]).isFinite();
        assertThat(gradient[1]).isNaN();
        assertThat(gradient[2]).isFinite();
    }

    @Test
    void aFunctionOfYourOwn() {
        ActivationFunction kink = Activations.define("kink", """
                float forward(float x, float k) { return x > k ? x : k; }
                float derivative(float x, float k) { return x > k ? 1.0f : 0.0f; }
                pair backward_term(float x, float k, float dy) { return pair_of(x > k ? 0.0f : dy, 0.0f); }
                float backward_row(pair sum) { return row_value(sum); }
                float backward_result(float x, float k, float dy) { return chain_rule(dy, derivative(x, k)); }
                """, Parameter.of("k", 0, -8, 8));
        float[] x = {1, 2, 3, 4, 5, 6};
        float[] dy = {1, 10, 100, 1000, 10_000, 100_000};
        float[] dx = new float[6];
        float[] dk = new float[2];
        backend().backward(kink, new Rows(3, 2, 1), Operand.of(x), Operand.of(new float[] {3, 2}), Operand.of(dy),
                Operand.of(dx), Operand.of(dk));
        assertThat(dx).containsExactly(0, 0, 0, 1000, 10_000, 100_000);
        assertThat(dk).containsExactly(101, 10);
    }

    static Stream<Mistake> mistakes() {
        Operand x = Operand.of(new float[6]);
        Operand y = Operand.of(new float[6]);
        Operand two = Operand.of(new float[2]);
        Rows rows = new Rows(3, 2, 1);
        return Stream.of(
                mistake(b -> b.forward((ActivationFunction) null, rows, x, two, y), NullPointerException.class, "function"),
                mistake(b -> b.forward(Activation.PRELU, null, x, two, y), NullPointerException.class, "rows"),
                mistake(b -> b.forward(Activation.PRELU, rows, x, null, y), NullPointerException.class, "slope"),
                mistake(b -> b.backward(Activation.SWISH, rows, x, two, x, y, null), NullPointerException.class, "dbeta"),
                mistake(b -> b.forward(Activation.PRELU, rows, x, x, y),
                        "forward of prelu(slope=0.25): slope has 6 elements, but (3, 2, 1) asks for 2 for axis"),
                mistake(b -> b.backward(Activation.ELU, rows, x, two, x, y, x),
                        "backward of elu(alpha=1): dalpha has 6 elements, but (3, 2, 1) asks for 2 for axis"),
                mistake(b -> b.backward(Activation.ELU, rows, x, two, two, y, Operand.of(new float[2])),
                        "backward of elu(alpha=1): dy has 2 elements, but (3, 2, 1) asks for 6"),
                mistake(b -> b.backward(Activation.ELU, rows, x, two, x, y, two),
                        "dalpha at offset 0 overlaps alpha at offset 0 (length 2); they must be disjoint"),
                mistake(b -> b.forward(Activation.GELU, rows, x, two, y),
                        "gelu has no parameter that can be learned; functions that "
                        + "have one: [leaky_relu, elu, swish, prelu, celu]"),
                mistake(b -> b.backward(Activation.SCALED_ELU, rows, x, two, x, y, two),
                        "scaled_elu has no parameter that can be "
                        + "learned; functions that have one: [leaky_relu, elu, swish, prelu, celu]"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isRefused(Mistake mistake) {
        mistake.assertRefused(backend());
    }
}
