package io.github.axoncl;

import java.util.List;
import java.util.Locale;

/**
 * The losses from logits, with default parameters; {@link #with} gives others. n is the number of columns, ε the parameter
 * {@code label_smoothing}, w a class weight of {@link Targets#weights}, 1 where there are none.
 *
 * <p><b>Shapes.</b> {@link Rows} says how the logits are divided; rows do not influence each other. {@link Reduction} says what
 * becomes of the losses. <b>Bits.</b> Sums have one order on every device: results are the same bits everywhere. Aliasing,
 * blocking, threads and errors as in {@link Backend}. <b>Source.</b> The formula is kernel text,
 * {@link KernelDefinition#source()}.
 */
public enum Loss implements LossFunction {
    /** Cross entropy of the softmax of a row, one loss for each row: Σ q<sub>i</sub> (ln Σ e<sup>x<sub>j</sub></sup> −
     * x<sub>i</sub>) with q<sub>i</sub> = ((1 − ε) t<sub>i</sub> + ε/n) w<sub>i</sub> and t<sub>i</sub> = 1 at the row's class
     * and 0 elsewhere, or a given probability;
     * dx<sub>i</sub> = Q e<sup>x<sub>i</sub></sup> / Σ e<sup>x<sub>j</sub></sup> − q<sub>i</sub>, Q = Σ q<sub>j</sub>. For
     * ε = 0 and a class c without weights that is −ln p<sub>c</sub>. 1 − ε, ε/n and q are float32, each rounded once; weights
     * up to 2<sup>30</sup> keep the accuracy. e<sup>x<sub>i</sub></sup> counts as 0 where it is less than e<sup>−104</sup> of
     * the row's largest.
     *
     * <p>A row with NaN or +∞ is NaN, and so is one of nothing but −∞. Other −∞ give a loss of +∞ where q is not 0, and a
     * gradient of −q. One column gives the loss 0. Bridle 1990; label smoothing: Szegedy et al. 2016. */
    SOFTMAX_CROSS_ENTROPY(Smoothing.LABEL_SMOOTHING),
    /** Binary cross entropy of the sigmoid of each element, targets being probabilities:
     * w (p t ln(1 + e<sup>−x</sup>) + (1 − t) ln(1 + e<sup>x</sup>)) with t = (1 − ε) probability + ε/2 and p the parameter
     * {@code pos_weight}; dx = w ((1 − t) σ(x) − p t σ(−x)), which is w (σ(x) − t) for p = 1. A mean divides by the number of
     * elements. {@link Reduction#NONE} gives one loss for each element. Good 1952. */
    SIGMOID_BINARY_CROSS_ENTROPY(Smoothing.LABEL_SMOOTHING, Parameter.of("pos_weight", 1, 0, 0x1p30));

    private final KernelDefinition definition;

    Loss(Parameter... parameters) {
        definition = KernelDefinition.ofPieces(name().toLowerCase(Locale.ROOT), List.of(parameters));
    }

    /** The parameter that both have, the first one. */
    private static final class Smoothing {
        static final Parameter LABEL_SMOOTHING = Parameter.of("label_smoothing", 0, 0, Math.nextDown(1f));
    }

    @Override
    public KernelDefinition definition() {
        return definition;
    }
}
