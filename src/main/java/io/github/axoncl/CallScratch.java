package io.github.axoncl;

/** The objects that make an element-wise call, kept for the next one. Used by one thread at a time. */
final class CallScratch {
    private final Operand.OfArray x = new Operand.OfArray();
    private final Operand.OfArray dy = new Operand.OfArray();
    private final Operand.OfArray out = new Operand.OfArray();
    private final KernelCall call = KernelCall.reusable();

    Operand x(float[] array) {
        return x.refer(array);
    }

    /** The gradient, or null where there is none. */
    Operand dy(float[] array) {
        return array == null ? null : dy.refer(array);
    }

    Operand out(float[] array) {
        return out.refer(array);
    }

    KernelCall call(Operation operation, ActivationFunction f, Operand first, Operand gradient, Operand output) {
        call.reuse(operation, f, first, gradient, output);
        return call;
    }

    /** Forgets what belongs to the user. */
    void clear() {
        x.forget();
        dy.forget();
        out.forget();
        call.forget();
    }
}
