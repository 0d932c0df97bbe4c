package io.github.axoncl.contract;

import io.github.axoncl.Operand;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

/** Every function, operation and length: the reference's bits, nothing written beside them, inputs unchanged. */
@Tag("bits")
class ElementwiseContractTest extends BackendContract {
    private static final int[] LENGTHS = {
        0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 63, 64, 65, 255, 256, 257, 4097, 65537, 1_000_003
    };
    /** Lengths do not depend on parameters: with other than the default ones most would only cost time. */
    private static final int[] LENGTHS_VARIANT = {1, 17, 257, 4097};
    private static final int LONGEST_IN_PLACE = 65537;
    private static final int SURELY_A_VECTOR = 63;
    private static final int LARGEST_START = 40;
    private static final int GUARD = 19;
    private static final float UNTOUCHED = -98765.43f;
    private static final float[] X = Inputs.mixed(KIND.longest() + LARGEST_START, 1);
    private static final float[] DY = Inputs.mixed(KIND.longest() + LARGEST_START, 2);

    @AfterAll
    static void report() {
        System.out.println(KIND.id() + ": " + Expected.summary());
    }

    @ParameterizedTest
    @MethodSource("io.github.axoncl.contract.FunctionCase#all")
    void everyLength(FunctionCase tested) {
        int longest = tested.hasDefaults() ? KIND.longest() : KIND.longestOfMany();
        int all = longest + LARGEST_START;
        Expected expected = Expected.of(tested, Arrays.copyOf(X, all), Arrays.copyOf(DY, all));
        long simdRuns = backend().info().simdRuns();
        int calls = 0;
        int start = 0;
        for (int length : tested.hasDefaults() ? LENGTHS : LENGTHS_VARIANT) {
            if (length > longest) {
                continue;
            }
            float[] out = new float[length + 2 * GUARD];
            Arrays.fill(out, UNTOUCHED);
            float[] xBefore = Arrays.copyOfRange(X, start, start + length);
            float[] dyBefore = Arrays.copyOfRange(DY, start, start + length);
            tested.run(backend(), Operand.of(X, start, length), Operand.of(DY, start, length), Operand.of(out, GUARD, length));
            String what = tested + ", length " + length;
            expected.check(what, out, GUARD, start, length);
            assertUntouched(what, out, length);
            Bits.assertSame(what + ", input x", X, start, xBefore, 0, length);
            Bits.assertSame(what + ", input dy", DY, start, dyBefore, 0, length);
            start = (start + 7) % LARGEST_START;
            calls += length >= SURELY_A_VECTOR ? 1 : 0;
        }
        if (KIND == BackendUnderTest.CPU_SIMD) {
            assertThat(backend().info().simdRuns() - simdRuns).as("runs in SIMD form").isGreaterThanOrEqualTo(calls);
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.axoncl.contract.FunctionCase#all")
    void inPlace(FunctionCase tested) {
        int longest = tested.hasDefaults() ? Math.min(KIND.longest(), LONGEST_IN_PLACE) : KIND.longestOfMany();
        float[] xs = Arrays.copyOf(X, longest);
        Expected expected = Expected.of(tested, xs, Arrays.copyOf(DY, longest));
        Expected square = Expected.of(tested, xs, xs);
        for (int length : new int[] {1, 63, longest}) {
            float[] x = Arrays.copyOf(X, length);
            tested.run(backend(), Operand.of(x), Operand.of(DY, 0, length), Operand.of(x));
            expected.check(tested + " into x, length " + length, x, 0, 0, length);
            if (tested.takesGradient()) {
                float[] dy = Arrays.copyOf(DY, length);
                tested.run(backend(), Operand.of(X, 0, length), Operand.of(dy), Operand.of(dy));
                expected.check(tested + " into dy, length " + length, dy, 0, 0, length);
                float[] both = Arrays.copyOf(X, length);
                tested.run(backend(), Operand.of(both), Operand.of(both), Operand.of(both));
                square.check(tested + " with x = dy = dx, length " + length, both, 0, 0, length);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.axoncl.contract.FunctionCase#withDefaults")
    void partsOfOneArray(FunctionCase tested) {
        int length = 333;
        float[] all = new float[3 * length];
        System.arraycopy(X, 0, all, 0, length);
        System.arraycopy(DY, 0, all, length, length);
        tested.run(backend(), Operand.of(all, 0, length), Operand.of(all, length, length),
                Operand.of(all, 2 * length, length));
        Expected expected = Expected.of(tested, Arrays.copyOf(X, length), Arrays.copyOf(DY, length));
        expected.check(tested + " within one array", all, 2 * length, 0, length);
        Bits.assertSame("x", all, 0, X, 0, length);
        Bits.assertSame("dy", all, length, DY, 0, length);
    }

    private static void assertUntouched(String what, float[] out, int length) {
        for (int i = 0; i < GUARD; i++) {
            assertThat(out[i]).as("%s: %d before the output", what, GUARD - i).isEqualTo(UNTOUCHED);
            assertThat(out[GUARD + length + i]).as("%s: %d behind the output", what, i).isEqualTo(UNTOUCHED);
        }
    }
}
