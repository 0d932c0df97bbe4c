package io.github.axoncl.internal.auto;

import io.github.axoncl.Activation;
import io.github.axoncl.KernelBuildException;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.KernelSignature.Layout;
import io.github.axoncl.KernelSignature.Slot;
import io.github.axoncl.internal.kernel.Formulas;
import io.github.axoncl.internal.kernel.KernelModule;
import io.github.axoncl.internal.kernel.NamedLine;
import io.github.axoncl.internal.kernel.RowPieces;
import io.github.axoncl.internal.kernel.Storage;

/**
 * Calls that cost about the same for each element: by the number of operations of the straight line, which tells the tiers
 * apart too, and by whether two or more operands of full length cross, as a gradient's do. Each class is measured by one
 * function.
 */
enum CostClass {
    /** Bound by memory: the relu class, clips, hard functions. */
    LIGHT(Activation.LEAKY_RELU),
    /** Most functions in the fast tier, and those of one exponential. */
    MEDIUM(Activation.SIGMOID),
    /** Error functions, and what needs several elementary ones. */
    HEAVY(Activation.GELU),
    /** As the first, with a gradient among the operands. */
    LIGHT_GRADIENT(Activation.LEAKY_RELU),
    /** As the second, with a gradient among the operands. */
    MEDIUM_GRADIENT(Activation.SIGMOID),
    /** As the third, with a gradient among the operands. */
    HEAVY_GRADIENT(Activation.GELU),
    /** Reductions over rows. */
    ROWS(null),
    /** Reductions over rows with a gradient among the operands. */
    ROWS_GRADIENT(null);

    private static final int MOST_OF_LIGHT = 15;
    private static final int MOST_OF_MEDIUM = 64;
    /** Operations per element for random bits, which come from lines of their own. */
    private static final int OF_BITS = 60;

    private final Activation measured;

    CostClass(Activation measured) {
        this.measured = measured;
    }

    /** The function that stands for the class; null for rows. */
    Activation measured() {
        return measured;
    }

    boolean isGradient() {
        return ordinal() >= LIGHT_GRADIENT.ordinal() && this != ROWS;
    }

    static CostClass ofRows(boolean gradient) {
        return gradient ? ROWS_GRADIENT : ROWS;
    }

    static CostClass of(KernelSignature signature) {
        boolean gradient = signature.slots().stream().filter(slot -> slot.layout() == Layout.EACH).mapToInt(Slot::operand)
                .distinct().count() > 2;
        return signature.form() != Form.MAP ? ofRows(gradient) : of(operations(signature), gradient);
    }

    static CostClass of(int operations, boolean gradient) {
        CostClass plain = operations <= MOST_OF_LIGHT ? LIGHT : operations <= MOST_OF_MEDIUM ? MEDIUM : HEAVY;
        return gradient ? values()[plain.ordinal() + LIGHT_GRADIENT.ordinal()] : plain;
    }

    private static int operations(KernelSignature signature) {
        try {
            KernelModule module = KernelModule.of(signature.definition(), Storage.computing(signature.type()));
            NamedLine line = Formulas.map(module, signature);
            return line.line().operations() + (line.inputs().contains(RowPieces.BITS) ? OF_BITS : 0);
        } catch (KernelBuildException e) {
            // The call itself will say so.
            return 0;
        }
    }
}
