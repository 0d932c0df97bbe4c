package io.github.axoncl.internal.opencl;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.KernelBuildException;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.Operation;
import io.github.axoncl.internal.kernel.Formulas;
import io.github.axoncl.internal.kernel.KernelModule;
import io.github.axoncl.internal.kernel.Storage;

import java.util.List;

/** What limits an element-wise call on a device, and hence which {@link Tiling} is good for it. */
enum Effort {
    /** Memory: moving a number, comparing it, multiplying it. */
    LIGHT(new Work(Activation.RELU, Operation.FORWARD), new Work(Activation.RELU, Operation.BACKWARD)),
    /** Computing, or how well the compiler vectorises it. */
    HEAVY(new Work(Activation.SIGMOID.fast(), Operation.FORWARD), new Work(Activation.GELU, Operation.FORWARD));

    /** The gradient of relu has nine operations. With 17, those of hard tanh, PoCL does no longer vectorise neighbours. */
    private static final int MOST_OF_LIGHT = 10;

    private final List<Work> measured;

    /** An operation of a function. */
    record Work(ActivationFunction function, Operation operation) {
    }

    Effort(Work... measured) {
        this.measured = List.of(measured);
    }

    /** What stands for all such calls. */
    List<Work> measured() {
        return measured;
    }

    /** The effort of calls of a kind. Not quick. */
    static Effort of(KernelSignature signature) {
        if (Storage.isFor(signature.type())) {
            // Each element is converted.
            return HEAVY;
        }
        try {
            KernelModule module = KernelModule.of(signature.definition(), Storage.computing(signature.type()));
            return Formulas.map(module, signature).line().operations() <= MOST_OF_LIGHT ? LIGHT : HEAVY;
        } catch (KernelBuildException e) {
            // The call itself will say so.
            return HEAVY;
        }
    }
}
