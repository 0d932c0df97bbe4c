package io.github.axoncl;

import java.util.List;
import java.util.Locale;

/**
 * The functions that reduce over a row, with default parameters; {@link #with} gives others. z stands for the scores,
 * z<sub>i</sub> = scale x<sub>i</sub> + mask<sub>i</sub>, rounded once; without a scale and a {@link Mask} they are x.
 *
 * <p><b>Shapes.</b> {@link Rows} says how operands are divided; rows do not influence each other. <b>Bits.</b> The order in
 * which a row is summed depends on its length alone, not on the device, its work-groups or the number of threads: results are
 * the same bits everywhere. Aliasing, blocking, threads and errors as in {@link Backend}. <b>Special rows.</b> A NaN in a row
 * makes the row NaN. Where the formula divides by a sum of exponentials, +∞ makes the row NaN too, as does a row of nothing but
 * −∞, unless {@code zero_if_empty} is 1: softmax is then 0 there, log-softmax −∞. <b>Source.</b> The formula is kernel text,
 * {@link KernelDefinition#source()}.
 */
public enum RowActivation implements RowFunction {
    /** Softmax: y<sub>i</sub> = e<sup>z<sub>i</sub></sup> / Σ e<sup>z<sub>j</sub></sup>;
     * dx<sub>i</sub> = scale y<sub>i</sub> (dy<sub>i</sub> − Σ dy<sub>j</sub> y<sub>j</sub>). One column gives 1. Bridle
     * 1990. */
    SOFTMAX(Scores.SCALE, Scores.ZERO_IF_EMPTY),
    /** Log-softmax: y<sub>i</sub> = z<sub>i</sub> − ln Σ e<sup>z<sub>j</sub></sup>;
     * dx<sub>i</sub> = scale (dy<sub>i</sub> − e<sup>y<sub>i</sub></sup> Σ dy<sub>j</sub>). One column gives 0. */
    LOG_SOFTMAX(Scores.SCALE, Scores.ZERO_IF_EMPTY),
    /** Softmin: the softmax of −x; dx<sub>i</sub> = −y<sub>i</sub> (dy<sub>i</sub> − Σ dy<sub>j</sub> y<sub>j</sub>). */
    SOFTMIN,
    /** Hardmax: y<sub>i</sub> = 1 for the first of the largest elements, else 0. Its gradient is 0. */
    HARDMAX,
    /** Sparsemax: the probabilities nearest to x, y<sub>i</sub> = max(x<sub>i</sub> − t, 0) with Σ y<sub>j</sub> = 1; many are
     * 0. dx<sub>i</sub> = dy<sub>i</sub> − the mean of dy where y &gt; 0, and 0 elsewhere. A row with +∞, or of nothing but −∞,
     * is NaN. Takes some passes over a row, at worst as many as it has elements within 1 of its largest. Martins and Astudillo
     * 2016. */
    SPARSEMAX,
    /** Log-sum-exp: y = ln Σ e<sup>z<sub>i</sub></sup>, one number for each row; from the input,
     * dx<sub>i</sub> = scale dy e<sup>z<sub>i</sub></sup> / Σ e<sup>z<sub>j</sub></sup>. A row of nothing but −∞, or of no
     * column, gives −∞; one with +∞ gives +∞. */
    LOGSUMEXP(Scores.SCALE),
    /** Gumbel-softmax, a sample of softmax that has a gradient: y<sub>i</sub> = e<sup>z<sub>i</sub></sup> / Σ
     * e<sup>z<sub>j</sub></sup>, z<sub>i</sub> = (x<sub>i</sub> + g<sub>i</sub>) / temperature, g = −ln(−ln u) with u in (0,
     * 1) made of a {@link RandomSeed}; dx<sub>i</sub> = y<sub>i</sub> (dy<sub>i</sub> − Σ dy<sub>j</sub> y<sub>j</sub>) /
     * temperature. The division by the temperature is a multiplication by its rounded reciprocal. Jang, Gu and Poole 2017;
     * Maddison, Mnih and Teh 2017. */
    GUMBEL_SOFTMAX(Parameter.of("temperature", 1, 0x1p-20, 0x1p20));

    private final KernelDefinition definition;

    RowActivation(Parameter... parameters) {
        definition = KernelDefinition.ofPieces(name().toLowerCase(Locale.ROOT), List.of(parameters));
    }

    /** The parameters that several functions have. */
    private static final class Scores {
        static final Parameter SCALE = Parameter.of("scale", 1, -0x1p60, 0x1p60);
        static final Parameter ZERO_IF_EMPTY = Parameter.of("zero_if_empty", 0, 0, 1);
    }

    @Override
    public KernelDefinition definition() {
        return definition;
    }
}
