package io.github.axoncl;

import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.KernelSignature.Layout;

import java.util.Arrays;
import java.util.Objects;

/** What the calls of element-wise functions are made of whose parameter is an operand. */
final class LearnedCalls {
    private LearnedCalls() {
    }

    /** y = f(x), each index of the axis with its own parameter. */
    static CallBuilder forward(ActivationFunction f, Rows channels, Operand x, Operand parameter, Operand y) {
        return of(Operation.FORWARD, f, channels, Form.MAP, x, parameter).out("y", Layout.EACH, y);
    }

    /** dx and the parameter's gradient. */
    static CallBuilder backward(ActivationFunction f, Rows channels, Operand x, Operand parameter, Operand dy, Operand dx,
                            Operand dparameter) {
        return of(Operation.BACKWARD, f, channels, Form.ALONG_OTHERS, x, parameter).in("dy", Layout.EACH, dy)
                .out("dx", Layout.EACH, dx).out("d" + name(f), Layout.AXIS, dparameter);
    }

    private static CallBuilder of(Operation operation, ActivationFunction f, Rows channels, Form form, Operand x,
                              Operand parameter) {
        Objects.requireNonNull(f, "function");
        if (!learns(f)) {
            throw new IllegalArgumentException(f.id() + " has no parameter that can be learned; functions that have one: "
                    + Arrays.stream(Activation.values()).filter(LearnedCalls::learns).map(Activation::id).toList());
        }
        return CallBuilder.of(operation, f, form, channels).in("x", Layout.EACH, x).in(name(f), Layout.AXIS, parameter);
    }

    /** Whether the text says how the only parameter's gradient is summed. */
    private static boolean learns(ActivationFunction f) {
        return f.definition().parameters().size() == 1 && f.definition().source().contains("backward_term");
    }

    private static String name(ActivationFunction f) {
        return f.definition().parameters().get(0).name();
    }
}
