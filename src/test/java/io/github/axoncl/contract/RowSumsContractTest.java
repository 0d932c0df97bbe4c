package io.github.axoncl.contract;

import io.github.axoncl.Operand;
import io.github.axoncl.Rows;
import io.github.axoncl.TestKernels.Sum;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The sums of rows themselves, both floats: results hardly show the order in which terms are added. */
@Tag("bits")
class RowSumsContractTest extends BackendContract {
    /** Rows along the axis and along the other dimensions, on both sides of where kernels change. */
    static Stream<Rows> shapes() {
        List<Rows> shapes = new ArrayList<>();
        int[] lengths = KIND == BackendUnderTest.OCLGRIND ? new int[] {3, 33, 100, 1025}
                : new int[] {1, 4, 7, 12, 32, 33, 64, 68, 127, 512, 1001, 1024, 1025, 4096, 4097, 12289, 70_001};
        for (int n : lengths) {
            int rows = n > 1024 ? 3 : 37;
            shapes.add(Rows.of(rows, n));
            shapes.add(new Rows(2, n, 5));
            shapes.add(new Rows(n, 7, 1));
        }
        if (KIND != BackendUnderTest.RUSTICL && KIND != BackendUnderTest.OCLGRIND) {
            // So many segments that their sums share partial sums, and many rows that are not split.
            shapes.add(Rows.of(1, 300_000));
            shapes.add(Rows.of(600, 5000));
            shapes.add(new Rows(100, 3, 1000));
        }
        return shapes.stream();
    }

    /** Numbers of sizes so different that their sum depends on the order. Nothing is near the subnormal numbers, which not every
     * device keeps. */
    private static float[] numbers(int length) {
        Random random = new Random(length);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = Math.scalb(random.nextFloat() - 0.5f, random.nextInt(60) - 20);
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void bothFloats(Rows rows) {
        float[] x = numbers((int) rows.length());
        for (Sum sum : Sum.values()) {
            // The exponentials' exponents are moderate.
            float[] terms = sum == Sum.ELEMENTS ? x : moderate(x);
            check(sum, true, rows, terms);
            check(sum, false, rows, terms);
        }
    }

    private static float[] moderate(float... x) {
        float[] values = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            values[i] = Math.getExponent(x[i]) * 0.31f + x[i] % 1;
        }
        return values;
    }

    private static void check(Sum sum, boolean alongAxis, Rows rows, float... x) {
        int count = (int) (alongAxis ? rows.outer() * rows.inner() : rows.axis());
        float[] expectedHi = new float[count];
        float[] expectedLo = new float[count];
        float[] hi = new float[count];
        float[] lo = new float[count];
        sum.run(reference(), alongAxis, rows, Operand.of(x), Operand.of(expectedHi), Operand.of(expectedLo));
        sum.run(backend(), alongAxis, rows, Operand.of(x), Operand.of(hi), Operand.of(lo));
        assertThat(hi).as("sum of %s in %s, along the axis: %s", sum, rows, alongAxis).isEqualTo(expectedHi);
        assertThat(lo).as("low part of the sum of %s in %s, along the axis: %s", sum, rows, alongAxis)
                .isEqualTo(expectedLo);
    }
}
