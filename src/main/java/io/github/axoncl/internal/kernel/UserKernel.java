package io.github.axoncl.internal.kernel;

import io.github.axoncl.KernelBuildException;
import io.github.axoncl.KernelDefinition;
import io.github.axoncl.Operation;

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
        KernelModule module = KernelModule.of(definition);
        Formulas.elementwise(module, Operation.FORWARD);
        if (module.has("derivative_from_output")) {
            Formulas.elementwise(module, Operation.BACKWARD_FROM_OUTPUT);
        }
        if (module.has("derivative")) {
            Formulas.elementwise(module, Operation.BACKWARD);
            return "";
        }
        return "\n// Derived from the operations of forward.\n" + Derivation.of(module);
    }

    /** Checks a derivative that was derived.
     *
     * @param definition the completed function
     * @throws KernelBuildException if it disagrees with differences of the function; the message says where */
    public static void checkDerived(KernelDefinition definition) {
        DerivativeCheck.run(KernelModule.of(definition));
    }
}
