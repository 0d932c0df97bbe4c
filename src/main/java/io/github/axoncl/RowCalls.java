package io.github.axoncl;

import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.KernelSignature.Layout;

import java.util.Objects;

/** What the calls of row-wise functions are made of. */
final class RowCalls {
    private RowCalls() {
    }

    /** y = f(x); y has an element for each of x, or for each row. */
    static CallBuilder forward(RowFunction f, Rows rows, Mask mask, Operand x, Operand y) {
        CallBuilder call = CallBuilder.of(Operation.FORWARD, f, Form.ALONG_AXIS, rows);
        if (isRandom(f)) {
            throw new IllegalArgumentException(f.id() + " needs a seed; use forward(function, rows, seed, x, y)");
        }
        call.in("x", Layout.EACH, x);
        addMask(call, f, mask);
        return call.out("y", output(f), y);
    }

    /** y = f(x) with random numbers. */
    static CallBuilder forwardRandom(RowFunction f, Rows rows, RandomSeed seed, Operand x, Operand y) {
        CallBuilder call = CallBuilder.of(Operation.FORWARD, f, Form.ALONG_AXIS, rows);
        Objects.requireNonNull(seed, "seed");
        if (!isRandom(f)) {
            throw new IllegalArgumentException(f.id() + " takes no seed");
        }
        seed.addTo(call, rows.length());
        return call.in("x", Layout.EACH, x).out("y", Layout.EACH, y);
    }

    private static boolean isRandom(RowFunction f) {
        return f.definition() == RowActivation.GUMBEL_SOFTMAX.definition();
    }

    /** dx from the input. */
    static CallBuilder backward(RowFunction f, Rows rows, Mask mask, Operand x, Operand dy, Operand dx) {
        if (!f.definition().source().contains("backward_result")) {
            throw new IllegalArgumentException(f.id() + " has no gradient from its input; use backwardFromOutput");
        }
        CallBuilder call = CallBuilder.of(Operation.BACKWARD, f, Form.ALONG_AXIS, rows).in("x", Layout.EACH, x);
        addMask(call, f, mask);
        return call.in("dy", output(f), dy).out("dx", Layout.EACH, dx);
    }

    /** dx from the output. */
    static CallBuilder backwardFromOutput(RowFunction f, Rows rows, Operand y, Operand dy, Operand dx) {
        if (!f.definition().source().contains("backward_from_output_result")) {
            throw new IllegalArgumentException(f.id() + " has no gradient from its output; use backward");
        }
        return CallBuilder.of(Operation.BACKWARD_FROM_OUTPUT, f, Form.ALONG_AXIS, rows).in("y", Layout.EACH, y)
                .in("dy", Layout.EACH, dy).out("dx", Layout.EACH, dx);
    }

    private static Layout output(RowFunction f) {
        return f.definition() == RowActivation.LOGSUMEXP.definition() ? Layout.ROW : Layout.EACH;
    }

    private static void addMask(CallBuilder call, RowFunction f, Mask mask) {
        if (!f.definition().source().contains("row_score")) {
            if (mask != null) {
                throw new IllegalArgumentException(f.id() + " takes no mask");
            }
            return;
        }
        boolean causal = mask != null && mask.queries() > 0;
        if (mask != null && mask.additive() != null) {
            call.repeatEach(mask.each()).in("mask", Layout.REPEATED, mask.additive());
        } else {
            call.constant("mask", 0);
        }
        if (mask != null && mask.keep() != null) {
            call.repeatEach(mask.each()).in("keep", Layout.REPEATED, mask.keep(), DType.UINT8);
        } else {
            call.constant("keep", 1);
        }
        call.constant("causal", causal ? 1 : 0);
        if (causal) {
            call.scalar("queries", mask.queries()).scalar("reach", mask.offset());
        } else {
            call.constant("query", 0).constant("reach", 0);
        }
    }
}
