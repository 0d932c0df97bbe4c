package io.github.axoncl.internal.opencl;

import io.github.axoncl.DType;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.KernelSignature.Layout;
import io.github.axoncl.KernelSignature.Slot;
import io.github.axoncl.internal.kernel.Formulas;
import io.github.axoncl.internal.kernel.RowPieces;

/**
 * What rows of a signature need of a GPU, whatever their shape. Known once for all calls.
 *
 * @param alongAxis  whether a row goes along the axis, or else over the other dimensions
 * @param weight     2 where a work-item needs more registers for an element than softmax does, whose score becomes its term, else 1
 * @param keptArrays how many arrays of a row are kept between its passes
 * @param canSplit   whether several launches can share a row
 * @param width      the elements that may be moved at once
 */
record RowNeeds(RowPieces pieces, boolean alongAxis, int weight, int keptArrays, boolean canSplit, int width) {

    static RowNeeds of(KernelSignature signature, RowPieces pieces) {
        // Sums in rounds need all of a row each time, and terms that take the first index a launch more.
        boolean canSplit = !pieces.repeats() && !pieces.termsTakeFirst();
        return new RowNeeds(pieces, signature.form() == Form.ALONG_AXIS, weight(signature, pieces), keptArrays(signature, pieces),
                canSplit, KernelTile.vectorWidth(signature));
    }

    /** The comparisons of a maximum that NaN must not pass count as well, because AMD's compiler makes them all before it selects,
     * and so do random words. */
    private static int weight(KernelSignature signature, RowPieces pieces) {
        boolean compares = pieces.needsMaximum() && !pieces.sumsShowNaN();
        boolean random = signature.scalars().contains(Formulas.ELEMENT_LOW);
        int kept = elementInputs(signature) + pieces.terms().size() + (pieces.resultTakesScore() ? 1 : 0);
        return compares || random || kept > 2 ? 2 : 1;
    }

    private static int elementInputs(KernelSignature signature) {
        return (int) signature.slots().stream().filter(slot -> !slot.output() && isOfElement(slot)).count();
    }

    /** Whether each element of a row has its own element of an operand, and no other row has. */
    static boolean isOfElement(Slot slot) {
        return slot.layout() == Layout.EACH;
    }

    private static int keptArrays(KernelSignature signature, RowPieces pieces) {
        boolean onePass = !pieces.needsMaximum() && (!pieces.hasResult() || pieces.resultIsAlone());
        boolean floats = signature.slots().stream()
                .allMatch(slot -> slot.output() || !isOfElement(slot) || slot.type() == DType.FLOAT32);
        boolean scoreAndTerm = pieces.resultTakesScore() && pieces.keepsTerm();
        return onePass || scoreAndTerm ? 0 : pieces.hasScore() ? 1 : !floats ? 0
                : pieces.needsMaximum() ? 1 : elementInputs(signature);
    }
}
