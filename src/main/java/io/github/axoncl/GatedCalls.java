package io.github.axoncl;

import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.KernelSignature.Layout;

import java.util.Objects;

/**
 * What the calls of gated functions are made of. The text calls the operand that passes a and its gate b; the order of a
 * caller's operands is the function's.
 */
final class GatedCalls {
    private static final String PASSES = "a";
    private static final String GATE = "b";

    private GatedCalls() {
    }

    /** y = f(a, b). */
    static CallBuilder forward(GatedFunction f, Operand a, Operand b, Operand y) {
        return operands(Operation.FORWARD, f, a, b).out("y", Layout.EACH, y);
    }

    /** Both gradients. */
    static CallBuilder backward(GatedFunction f, Operand a, Operand b, Operand dy, Operand da, Operand db) {
        return operands(Operation.BACKWARD, f, a, b).in("dy", Layout.EACH, dy).outParts("da", da, "d" + first(f))
                .outParts("db", db, "d" + second(f));
    }

    private static CallBuilder operands(Operation operation, GatedFunction f, Operand a, Operand b) {
        Objects.requireNonNull(f, "function");
        Objects.requireNonNull(a, "a");
        return CallBuilder.ofElements(operation, f, a.length()).in(first(f), "a", Layout.EACH, a)
                .in(second(f), "b", Layout.EACH, b);
    }

    /** y = f of the halves of ab. */
    static CallBuilder forward(GatedFunction f, Rows rows, Operand ab, Operand y) {
        return halves(Operation.FORWARD, f, rows, ab).out("y", Layout.EACH, y);
    }

    /** The gradients of both halves. */
    static CallBuilder backward(GatedFunction f, Rows rows, Operand ab, Operand dy, Operand dab) {
        return halves(Operation.BACKWARD, f, rows, ab).in("dy", Layout.EACH, dy)
                .outParts("dab", dab, "d" + first(f), "d" + second(f));
    }

    private static CallBuilder halves(Operation operation, GatedFunction f, Rows rows, Operand ab) {
        Objects.requireNonNull(f, "function");
        return CallBuilder.of(operation, f, Form.MAP, rows).inHalves("ab", ab, first(f), second(f));
    }

    private static String first(GatedFunction f) {
        return f.isGateFirst() ? GATE : PASSES;
    }

    private static String second(GatedFunction f) {
        return f.isGateFirst() ? PASSES : GATE;
    }
}
