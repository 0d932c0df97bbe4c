package io.github.axoncl;

import java.util.Objects;

/**
 * What a {@link LossFunction} compares logits with: the class of each row, or a probability for each element; with weights of
 * the classes where some count more than others.
 *
 * <p><b>Shapes.</b> There is one class index for each outer and inner index of the logits' {@link Rows}, or one probability
 * for each element, and one weight for each index along the axis.
 * <b>Aliasing.</b> Targets refer to their operands and do not copy them; no output may overlap them. Immutable otherwise.
 */
public final class Targets {
    private final Operand classes;
    private final Operand probabilities;
    private final Operand weights;
    private final Integer ignored;

    private Targets(Operand classes, Operand probabilities, Operand weights, Integer ignored) {
        this.classes = classes;
        this.probabilities = probabilities;
        this.weights = weights;
        this.ignored = ignored;
    }

    /** Class indices, from 0 to the number of columns − 1. Others are an {@link IllegalArgumentException} of the call, which
     * names the first one. Indices in an array or a NIO buffer are checked before anything is written. Those in a device buffer
     * are checked on the device in the pass that computes the losses, for which the call waits: when one of them is wrong, the
     * gradient, logits that it is written over, and losses that are not reduced may have been written; a sum or mean was not.
     *
     * @param indices int32, one for each row
     * @return the targets */
    public static Targets classes(Operand indices) {
        return new Targets(Objects.requireNonNull(indices, "indices"), null, null, null);
    }

    /** A probability for each element. They are taken as they are: of a row they need not add up to 1.
     *
     * @param values float32, as many as logits
     * @return the targets */
    public static Targets probabilities(Operand values) {
        return new Targets(null, Objects.requireNonNull(values, "values"), null, null);
    }

    /** These targets with weights of the classes. Weights in an array or a NIO buffer are checked; those in a device buffer
     * are taken as they are. The mean over class indices with weights needs the sum of the rows' weights beforehand: what of
     * the two lies in a device buffer is read for it, all of it, and the call waits for that.
     *
     * @param values float32, one for each index along the axis, finite and not negative
     * @return the targets */
    public Targets weights(Operand values) {
        return new Targets(classes, probabilities, Objects.requireNonNull(values, "values"), ignored);
    }

    /** These targets, with a class index whose rows do not count: their loss and gradient are 0, whatever their logits are. The
     * mean then needs the number of the others beforehand: of indices in a device buffer a launch counts and checks them, for
     * which the call waits, before anything is written. Sums need no such launch.
     *
     * @param index the index; it may be one that no class has
     * @return the targets
     * @throws IllegalArgumentException if these are probabilities */
    public Targets ignoring(int index) {
        if (classes == null) {
            throw new IllegalArgumentException("ignoring(" + index + "): these targets are probabilities, not class indices");
        }
        return new Targets(classes, probabilities, weights, index);
    }

    /** The class indices, or null. */
    Operand classes() {
        return classes;
    }

    /** The probabilities, or null. */
    Operand probabilities() {
        return probabilities;
    }

    /** The class weights, or null. */
    Operand weights() {
        return weights;
    }

    /** The index whose rows do not count, or null. */
    Integer ignored() {
        return ignored;
    }
}
