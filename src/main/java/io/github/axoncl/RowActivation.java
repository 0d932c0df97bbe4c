package io.github.axoncl;

import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.KernelSignature.Layout;

import java.util.List;
import java.util.Locale;

/**
 * The functions that reduce over a row.
 *
 * <p><b>Shapes.</b> {@link Rows} says how operands are divided; rows do not influence each other. <b>Bits.</b> The order in which
 * a row is summed depends on its length alone, not on the device, its work-groups or the number of threads: results are the same
 * bits everywhere. Aliasing, blocking, threads and errors as in {@link Backend}. <b>Source.</b> Each constant names the paper;
 * the formula is kernel text, {@link KernelDefinition#source()}.
 */
public enum RowActivation implements KernelFunction {
    /** Softmax: y<sub>i</sub> = e<sup>x<sub>i</sub></sup> / Σ e<sup>x<sub>j</sub></sup>; dx<sub>i</sub> = y<sub>i</sub> (dy<sub>i</sub> − Σ dy<sub>j</sub> y<sub>j</sub>).
     * A NaN or +∞ in a row makes the row NaN, as does a row of −∞ only; one column gives 1. Bridle 1990. */
    SOFTMAX;

    private final KernelDefinition definition = KernelDefinition.ofPieces(name().toLowerCase(Locale.ROOT), List.of());

    @Override
    public KernelDefinition definition() {
        return definition;
    }

    @Override
    public double argument(int index) {
        throw new IndexOutOfBoundsException(id() + " has no parameter " + index);
    }

    KernelCall call(Operation operation, Rows rows, Operand x, Operand dy, Operand out) {
        KernelCall.Builder call = KernelCall.of(operation, this, Form.ALONG_AXIS, rows);
        if (operation == Operation.FORWARD) {
            return call.in("x", Layout.EACH, x).out("y", Layout.EACH, out).build();
        }
        return call.in("y", Layout.EACH, x).in("dy", Layout.EACH, dy).out("dx", Layout.EACH, out).build();
    }
}
