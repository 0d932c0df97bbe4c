package io.github.axoncl.internal.kernel;

import io.github.axoncl.DType;
import io.github.axoncl.KernelBuildException;
import io.github.axoncl.KernelDefinition;
import io.github.axoncl.Operation;
import io.github.axoncl.Precision;

/** Checks and completes the text of a user's function before anything runs it. */
public final class UserKernel {
    private UserKernel() {
    }

    /** What must be added to the text to make it whole: the derivative, if it has none.
     *
     * @param definition the function as the user gave it
     * @return the text to add, empty if there is nothing
     * @throws KernelBuildException if the text is wrong, too large, or its derivative cannot be derived or fails its check */
    public static String completion(KernelDefinition definition) {
        String added = completion(KernelModule.of(definition), DType.FLOAT32);
        return definition.supports(DType.FLOAT64)
                ? added + completion(KernelModule.of(definition, Type.Scalar.DOUBLE), DType.FLOAT64) : added;
    }

    private static String completion(KernelModule module, DType type) {
        for (Precision precision : Precision.values()) {
            Formulas.elementwise(module, Operation.FORWARD, precision, type);
            if (module.root(Operation.BACKWARD_FROM_OUTPUT, precision) != null) {
                Formulas.elementwise(module, Operation.BACKWARD_FROM_OUTPUT, precision, type);
            }
            if (module.root(Operation.DERIVATIVE, precision) != null) {
                Formulas.elementwise(module, Operation.BACKWARD, precision, type);
            }
        }
        return module.root(Operation.DERIVATIVE, Precision.ACCURATE) != null ? ""
                : "\n// Derived from the operations of forward.\n" + Derivation.of(module);
    }

    /** Checks a derivative that was derived.
     *
     * @param definition the completed function
     * @throws KernelBuildException if it disagrees with differences of the function; the message says where */
    public static void checkDerived(KernelDefinition definition) {
        DerivativeCheck.run(KernelModule.of(definition));
    }
}
