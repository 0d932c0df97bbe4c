package io.github.axoncl.contract;

import io.github.axoncl.Loss;
import io.github.axoncl.Operand;
import io.github.axoncl.Reduction;
import io.github.axoncl.RowActivation;
import io.github.axoncl.RowFunction;
import io.github.axoncl.Rows;
import io.github.axoncl.Targets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What is computed of a row does not depend on how many rows are computed with it, nor on how they lie. */
class RowsTogetherContractTest extends BackendContract {
    private static final List<RowFunction> FUNCTIONS = List.of(RowActivation.SOFTMAX, RowActivation.SOFTMAX.fast(),
            RowActivation.LOG_SOFTMAX, RowActivation.SPARSEMAX, RowActivation.HARDMAX);
    /** Every row that is compared costs a call: some are enough, the last ones among them. */
    private static final int COMPARED = 40;

    /** More rows than are computed together, in numbers that divide nothing. */
    static Stream<Rows> shapes() {
        if (KIND.longest() <= 65537) {
            return Stream.of(Rows.of(37, 3), new Rows(2, 5, 19));
        }
        return Stream.of(Rows.of(2311, 1), Rows.of(2311, 2), Rows.of(1301, 3), Rows.of(1000, 8), Rows.of(555, 10),
                Rows.of(201, 33), Rows.of(160, 64), Rows.of(103, 65), Rows.of(45, 256), Rows.of(37, 1000), Rows.of(7, 4096),
                new Rows(3, 8, 300), new Rows(17, 10, 7), new Rows(2, 1, 1500));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void asEachRowAlone(Rows shape) {
        float[] x = RowInputs.NORMAL.values(shape, 3);
        int axis = (int) shape.axis();
        for (RowFunction f : FUNCTIONS) {
            float[] y = new float[x.length];
            backend().forward(f, shape, Operand.of(x), Operand.of(y));
            for (long row : compared(shape)) {
                float[] alone = new float[axis];
                backend().forward(f, Rows.of(1, axis), Operand.of(row(shape, row, x)), Operand.of(alone));
                assertThat(row(shape, row, y)).as("%s, row %d of %s", f, row, shape).containsExactly(alone);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void lossesAsOfEachRowAlone(Rows shape) {
        float[] x = RowInputs.NORMAL.values(shape, 4);
        int axis = (int) shape.axis();
        int rows = (int) (shape.outer() * shape.inner());
        int[] classes = new int[rows];
        for (int row = 0; row < rows; row++) {
            classes[row] = row % axis;
        }
        float[] losses = new float[rows];
        float[] dx = new float[x.length];
        backend().backward(Loss.SOFTMAX_CROSS_ENTROPY, shape, Targets.classes(Operand.of(classes)), Reduction.NONE,
                Operand.of(x), Operand.of(losses), Operand.of(dx));
        for (long row : compared(shape)) {
            float[] loss = new float[1];
            float[] alone = new float[axis];
            backend().backward(Loss.SOFTMAX_CROSS_ENTROPY, Rows.of(1, axis),
                    Targets.classes(Operand.of(new int[] {classes[(int) row]})), Reduction.NONE,
                    Operand.of(row(shape, row, x)), Operand.of(loss), Operand.of(alone));
            assertThat(losses[(int) row]).as("loss of row %d of %s", row, shape).isEqualTo(loss[0]);
            assertThat(row(shape, row, dx)).as("gradient of row %d of %s", row, shape).containsExactly(alone);
        }
    }

    private static long[] compared(Rows shape) {
        long rows = shape.outer() * shape.inner();
        return rows <= COMPARED ? LongStream.range(0, rows).toArray()
                : LongStream.range(0, COMPARED).map(k -> k * (rows - 1) / (COMPARED - 1)).toArray();
    }

    private static float[] row(Rows shape, long row, float[] all) {
        int axis = (int) shape.axis();
        int inner = (int) shape.inner();
        int first = (int) (row / inner) * axis * inner + (int) (row % inner);
        float[] one = new float[axis];
        for (int k = 0; k < axis; k++) {
            one[k] = all[first + k * inner];
        }
        return one;
    }
}
