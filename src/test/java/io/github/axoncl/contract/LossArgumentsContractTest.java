package io.github.axoncl.contract;

import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Loss;
import io.github.axoncl.LossFunction;
import io.github.axoncl.Operand;
import io.github.axoncl.Reduction;
import io.github.axoncl.Rows;
import io.github.axoncl.Targets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Mistakes in the arguments of losses: exception and message, before anything is written but for class indices on a device. */
@Tag("families")
class LossArgumentsContractTest extends BackendContract {
    private static final Loss SOFTMAX = Loss.SOFTMAX_CROSS_ENTROPY;
    private static final Loss BINARY = Loss.SIGMOID_BINARY_CROSS_ENTROPY;
    private static final Rows TWO_OF_THREE = Rows.of(2, 3);
    private static final Targets CLASSES = Targets.classes(Operand.of(new int[] {2, 0}));
    private static final float UNTOUCHED = 4711.25f;
    private static final String SOFTMAX_TITLE = "backward of softmax_cross_entropy(label_smoothing=0): ";

    /** What a call writes to. */
    private static final float[] LOSS = new float[6];
    private static final float[] DX = new float[6];

    private interface Call {
        void on(Backend backend);
    }

    private static Call backward(LossFunction f, Rows rows, Targets targets, Reduction reduction, int logits, int losses,
            int dx) {
        return b -> b.backward(f, rows, targets, reduction, Operand.of(new float[logits]), Operand.of(LOSS, 0, losses),
                Operand.of(DX, 0, dx));
    }

    private static Arguments mistake(Call call, String message) {
        return arguments(call, IllegalArgumentException.class, message);
    }

    private static Arguments missing(Call call, String name) {
        return arguments(call, NullPointerException.class, name);
    }

    static Stream<Arguments> mistakes() {
        Operand x = Operand.of(new float[6]);
        Operand dx = Operand.of(DX);
        Operand one = Operand.of(LOSS, 0, 1);
        Operand two = Operand.of(LOSS, 0, 2);
        Targets probabilities = Targets.probabilities(Operand.of(new float[6]));
        Targets inDx = Targets.probabilities(dx);
        Rows rows = TWO_OF_THREE;
        return Stream.of(
                missing(b -> b.forward((LossFunction) null, rows, CLASSES, Reduction.SUM, x, one), "function"),
                missing(b -> b.forward(SOFTMAX, null, CLASSES, Reduction.SUM, x, one), "rows"),
                missing(b -> b.forward(SOFTMAX, rows, null, Reduction.SUM, x, one), "targets"),
                missing(b -> b.forward(SOFTMAX, rows, CLASSES, null, x, one), "reduction"),
                missing(b -> b.forward(SOFTMAX, rows, CLASSES, Reduction.SUM, null, one), "logits"),
                missing(b -> b.forward(SOFTMAX, rows, CLASSES, Reduction.SUM, x, null), "loss"),
                missing(b -> b.backward(SOFTMAX, rows, CLASSES, Reduction.SUM, x, one, null), "dlogits"),
                mistake(backward(SOFTMAX, rows, CLASSES, Reduction.NONE, 5, 2, 6),
                        SOFTMAX_TITLE + "logits has 5 elements, but (2, 3, 1) asks for 6"),
                mistake(backward(SOFTMAX, rows, CLASSES, Reduction.NONE, 6, 2, 5),
                        SOFTMAX_TITLE + "dlogits has 5 elements, but (2, 3, 1) asks for 6"),
                mistake(backward(SOFTMAX, rows, CLASSES, Reduction.NONE, 6, 1, 6),
                        SOFTMAX_TITLE + "loss has 1 elements, but (2, 3, 1) asks for 2 for outer * inner"),
                mistake(backward(SOFTMAX, rows, CLASSES, Reduction.MEAN, 6, 2, 6),
                        SOFTMAX_TITLE + "loss has 2 elements, but MEAN of (2, 3, 1) asks for 1"),
                mistake(backward(SOFTMAX, Rows.of(3, 2), CLASSES, Reduction.SUM, 6, 1, 6),
                        SOFTMAX_TITLE + "classes has 2 elements, but (3, 2, 1) asks for 3 for outer * inner"),
                mistake(backward(SOFTMAX, rows, CLASSES.weights(Operand.of(new float[2])), Reduction.SUM, 6, 1, 6),
                        SOFTMAX_TITLE + "weights has 2 elements, but (2, 3, 1) asks for 3 for axis"),
                mistake(backward(SOFTMAX, rows, Targets.probabilities(Operand.of(new float[2])), Reduction.SUM, 6, 1, 6),
                        SOFTMAX_TITLE + "probabilities has 2 elements, but (2, 3, 1) asks for 6"),
                mistake(backward(SOFTMAX, rows, Targets.classes(Operand.of(new float[2])), Reduction.SUM, 6, 1, 6),
                        SOFTMAX_TITLE + "classes is FLOAT32, but must be INT32"),
                mistake(backward(SOFTMAX, rows, Targets.probabilities(Operand.of(new int[6])), Reduction.SUM, 6, 1, 6),
                        SOFTMAX_TITLE + "probabilities is INT32, but must be FLOAT32"),
                mistake(b -> b.backward(SOFTMAX, rows, CLASSES, Reduction.SUM, x, Operand.of(new int[1]), dx),
                        SOFTMAX_TITLE + "loss is INT32, but must be FLOAT32"),
                mistake(backward(SOFTMAX, rows, CLASSES.weights(Operand.of(new float[] {1, 0, -1})), Reduction.SUM, 6, 1, 6),
                        SOFTMAX_TITLE + "weights[2] = -1.0: must be finite and not negative"),
                mistake(backward(SOFTMAX, rows, CLASSES.weights(Operand.of(FloatBuffer.wrap(new float[] {1, Float.NaN, 1}))),
                        Reduction.SUM, 6, 1, 6), SOFTMAX_TITLE + "weights[1] = NaN: must be finite and not negative"),
                mistake(backward(SOFTMAX, Rows.of(2, 0), CLASSES, Reduction.SUM, 0, 1, 0),
                        SOFTMAX_TITLE + "rows of (2, 0, 1) have no column"),
                mistake(backward(BINARY, rows, CLASSES, Reduction.SUM, 6, 1, 6),
                        "backward of sigmoid_binary_cross_entropy(label_smoothing=0, pos_weight=1): targets are class indices, "
                                + "but must be probabilities"),
                mistake(b -> b.backward(SOFTMAX, rows, inDx, Reduction.SUM, x, one, dx),
                        "dlogits at offset 0 overlaps probabilities at offset 0 (length 6); they must be disjoint"),
                mistake(b -> b.backward(SOFTMAX, rows, CLASSES, Reduction.SUM, x, Operand.of(DX, 5, 1), dx),
                        "loss at offset 5 overlaps dlogits at offset 0 (length 6); they must be disjoint"),
                mistake(b -> b.backward(SOFTMAX, rows, CLASSES, Reduction.NONE, x, Operand.of(DX, 3, 2), dx),
                        "loss at offset 3 overlaps dlogits at offset 0 (length 6); they must be disjoint"),
                mistake(b -> b.forward(SOFTMAX, rows, CLASSES, Reduction.SUM, dx, Operand.of(DX, 5, 1)),
                        "loss at offset 5 overlaps logits at offset 0 (length 6); they must be disjoint"),
                mistake(b -> b.forward(SOFTMAX, rows, CLASSES.weights(Operand.of(DX, 0, 3)), Reduction.SUM, x,
                        Operand.of(DX, 2, 1)),
                        "loss at offset 2 overlaps weights at offset 0 (length 3); they must be disjoint"),
                mistake(b -> b.forward(SOFTMAX, rows, CLASSES, Reduction.SUM, x,
                        Operand.of(FloatBuffer.allocate(1).asReadOnlyBuffer())),
                        "loss is a read-only buffer"),
                mistake(b -> b.backward(SOFTMAX, rows, CLASSES, Reduction.NONE, x, two, Operand.of(FloatBuffer.allocate(6)
                        .asReadOnlyBuffer())), "dlogits is a read-only buffer"),
                mistake(b -> probabilities.ignoring(3), "ignoring(3): these targets are probabilities, not class indices"),
                mistake(b -> SOFTMAX.with(1), "softmax_cross_entropy: parameter label_smoothing = 1.0 is not in [0, "),
                mistake(b -> BINARY.with(0, -1),
                        "sigmoid_binary_cross_entropy: parameter pos_weight = -1.0 is not in [0, 2^30]"),
                mistake(b -> SOFTMAX.with(),
                        "softmax_cross_entropy takes 1 parameters [label_smoothing], but 0 values were given"),
                missing(b -> Targets.classes(null), "indices"),
                missing(b -> Targets.probabilities(null), "values"),
                missing(b -> CLASSES.weights(null), "values"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakesAreNamed(Call call, Class<?> type, String message) {
        Arrays.fill(LOSS, UNTOUCHED);
        Arrays.fill(DX, UNTOUCHED);
        assertThatThrownBy(() -> call.on(backend())).isInstanceOf(type).hasMessageContaining(message);
        assertThat(LOSS).containsOnly(UNTOUCHED);
        assertThat(DX).containsOnly(UNTOUCHED);
    }

    /** A wrong class index is named with its row, wherever the indices are. */
    @ParameterizedTest
    @EnumSource
    void wrongClasses(Reduction reduction) {
        wrongClass(reduction, t -> t, new int[] {2, 3}, "the class of row 1 is 3, but (2, 3, 1) has the classes 0 to 2");
        wrongClass(reduction, t -> t, new int[] {-1, 7}, "the class of row 0 is -1, but (2, 3, 1) has the classes 0 to 2");
        wrongClass(reduction, t -> t, new int[] {0, Integer.MIN_VALUE}, "the class of row 1 is -2147483648, but");
        wrongClass(reduction, t -> t.ignoring(-100), new int[] {-100, -99},
                "the class of row 1 is -99, but (2, 3, 1) has the classes 0 to 2, and -100 is ignored");
    }

    private static void wrongClass(Reduction reduction, UnaryOperator<Targets> change, int[] indices, String message) {
        float[] loss = new float[reduction == Reduction.NONE ? 2 : 1];
        float[] dx = new float[6];
        try (DeviceBuffer onDevice = backend().allocate(DType.INT32, 2)) {
            onDevice.write(0, Operand.of(indices));
            for (Operand place : new Operand[] {Operand.of(indices), Operand.of(IntBuffer.wrap(indices)), onDevice}) {
                Arrays.fill(loss, UNTOUCHED);
                Arrays.fill(dx, UNTOUCHED);
                assertThatThrownBy(() -> backend().backward(SOFTMAX, TWO_OF_THREE, change.apply(Targets.classes(place)),
                        reduction, Operand.of(new float[6]), Operand.of(loss), Operand.of(dx))).as("%s", place)
                        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(SOFTMAX_TITLE + message);
                boolean counted = reduction == Reduction.MEAN && message.contains("ignored");
                boolean before = place != onDevice || KIND.isCpu() || counted;
                if (before || reduction != Reduction.NONE) {
                    assertThat(loss).containsOnly(UNTOUCHED);
                }
                if (before) {
                    assertThat(dx).containsOnly(UNTOUCHED);
                }
            }
        }
    }

    /** The first of several wrong indices is named, wherever it is, in rows along an inner axis too; ignored ones are not
     * wrong. A later call has the right losses. */
    @ParameterizedTest
    @EnumSource
    void theFirstWrongClassIsNamed(Reduction reduction) {
        int count = KIND == BackendUnderTest.OCLGRIND ? 300 : 5000;
        int[] right = new int[count];
        Arrays.fill(right, 7, 9, -5);
        for (Rows rows : new Rows[] {Rows.of(count, 2), new Rows(count / 100, 2, 100)}) {
            try (DeviceBuffer classes = backend().allocate(DType.INT32, count);
                    DeviceBuffer logits = backend().allocate(DType.FLOAT32, 2L * count)) {
                logits.write(new float[2 * count]);
                for (int first : new int[] {0, 9, count / 2 + 13, count - 1}) {
                    int[] indices = right.clone();
                    indices[first] = 2;
                    indices[Math.min(first + 70, count - 1)] = 2;
                    indices[count - 1] = -1;
                    classes.write(0, Operand.of(indices));
                    String message = "the class of row " + first + " is " + indices[first] + ", but " + rows
                            + " has the classes 0 to 1, and -5 is ignored";
                    for (Operand place : new Operand[] {Operand.of(indices), classes}) {
                        Targets targets = Targets.classes(place).ignoring(-5);
                        assertThatThrownBy(() -> losses(backend(), rows, targets, reduction, logits))
                                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
                    }
                    classes.write(0, Operand.of(right));
                    Bits.assertSame(rows + " after a mistake", losses(backend(), rows, Targets.classes(classes).ignoring(-5),
                            reduction, logits), losses(reference(), rows, Targets.classes(Operand.of(right)).ignoring(-5),
                            reduction, Operand.of(new float[2 * count])));
                }
            }
        }
    }

    private static float[] losses(Backend on, Rows rows, Targets targets, Reduction reduction, Operand logits) {
        float[] loss = new float[reduction == Reduction.NONE ? (int) (rows.outer() * rows.inner()) : 1];
        on.backward(SOFTMAX, rows, targets, reduction, logits, Operand.of(loss), Operand.of(new float[(int) rows.length()]));
        return loss;
    }

    @Test
    void buffersOfOthersAndClosedOnes() {
        try (DeviceBuffer others = reference().allocate(DType.INT32, 2);
                DeviceBuffer loss = reference().allocate(DType.FLOAT32, 1)) {
            assertThatThrownBy(() -> backward(SOFTMAX, TWO_OF_THREE, Targets.classes(others), Reduction.SUM, 6, 1, 6)
                    .on(backend()))
                    .isInstanceOf(IllegalArgumentException.class).hasMessage("classes is a DeviceBuffer of another backend");
            assertThatThrownBy(() -> backend().forward(SOFTMAX, TWO_OF_THREE, CLASSES, Reduction.SUM, Operand.of(new float[6]),
                    loss))
                    .isInstanceOf(IllegalArgumentException.class).hasMessage("loss is a DeviceBuffer of another backend");
        }
        DeviceBuffer closed = backend().allocate(DType.INT32, 2);
        closed.close();
        assertThatThrownBy(() -> backward(SOFTMAX, TWO_OF_THREE, Targets.classes(closed), Reduction.SUM, 6, 1, 6).on(backend()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void equality() {
        assertThat(SOFTMAX.with(0.1)).isEqualTo(SOFTMAX.with(0.1)).hasSameHashCodeAs(SOFTMAX.with(0.1))
                .isNotEqualTo(SOFTMAX.with(0.2)).isNotEqualTo(BINARY.with(0.1, 1))
                .hasToString("softmax_cross_entropy(label_smoothing=0.1)");
    }
}
