package io.github.axoncl;

import io.github.axoncl.KernelCall.Builder;
import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.KernelSignature.Layout;

/** What the calls of fused functions are made of. */
final class FusedCalls {
    private FusedCalls() {
    }

    /** y = f(x + bias); z = x + bias is written if it is not null. */
    static Builder forward(BiasedActivation f, Rows rows, Operand x, Operand bias, Operand z, Operand y) {
        Builder call = KernelCall.of(Operation.FORWARD, f, Form.MAP, rows).in("x", Layout.EACH, x).in("bias", Layout.AXIS, bias);
        if (z != null) {
            call.out("z", Layout.EACH, z);
        }
        return call.out("y", Layout.EACH, y);
    }

    /** dx and the bias's gradient; z is the sum of x and bias already if the bias is null. */
    static Builder backward(BiasedActivation f, Rows rows, String name, Operand z, Operand bias, Operand dy, Operand dx,
                            Operand dbias) {
        Builder call = KernelCall.of(Operation.BACKWARD, f, Form.ALONG_OTHERS, rows).in("z", name, Layout.EACH, z);
        if (bias == null) {
            call.constant("adds", 0).constant("bias", 0);
        } else {
            call.in("bias", Layout.AXIS, bias).constant("adds", 1);
        }
        return call.in("dy", Layout.EACH, dy).out("dx", Layout.EACH, dx).out("dbias", Layout.AXIS, dbias);
    }

    /** y = alpha f(x) + beta y. */
    static Builder forward(AccumulatedActivation f, Operand x, Operand y) {
        return KernelCall.of(Operation.FORWARD, f, Form.MAP, new Rows(x.length(), 1, 1)).in("x", Layout.EACH, x)
                .in("y", Layout.EACH, y).scalar("alpha", f.alpha()).scalar("beta", f.beta()).out("result", "y", Layout.EACH, y);
    }
}
