package io.github.axoncl;

import java.util.List;
import java.util.Locale;

/**
 * The gated functions y = a g(b), element by element; {@link #gateFirst} exchanges the operands.
 *
 * <p>da = dy g(b) and db = dy a g'(b), both from one kernel. y and da are g(b), which is as accurate as the {@link Activation}
 * that it is, multiplied with one rounding; db is g'(b) multiplied by the exact dy a, likewise (with two roundings where |dy a|
 * is below 2<sup>−100</sup>; infinite where dy a is beyond the range). <b>Zeros.</b> y is 0 where one of a
 * and g(b) is 0 and the other one infinite: a closed gate lets nothing through. Where a derivative, g(b) or a g'(b), is 0, the
 * gradient is +0 for infinite dy too. NaN in a factor of a product gives NaN. <b>Shapes.</b> Two operands, or one whose halves
 * along an axis are the two. Elements are float32. Lengths, aliasing, blocking, threads and errors as in {@link Backend}.
 * <b>Source.</b> The formula is kernel text, {@link KernelDefinition#source()}.
 */
public enum GatedActivation implements GatedFunction {
    /** Gated linear unit: g = σ, the {@linkplain Activation#SIGMOID sigmoid}. Dauphin et al. 2017. */
    GLU(Activation.SIGMOID),
    /** g(b) = max(b, 0), {@link Activation#RELU}. Shazeer 2020. */
    REGLU(Activation.RELU),
    /** g(b) = b Φ(b), the exact {@link Activation#GELU}. Shazeer 2020. */
    GEGLU(Activation.GELU),
    /** g(b) = b σ(b), {@link Activation#SILU}. Shazeer 2020. */
    SWIGLU(Activation.SILU),
    /** g(b) = b: the product of both. Mnih and Hinton 2007. */
    BILINEAR(Activation.IDENTITY);

    private final KernelDefinition definition;

    GatedActivation(Activation gate) {
        definition = KernelDefinition.ofPieces(name().toLowerCase(Locale.ROOT), List.of(), List.of(gate.definition()));
    }

    @Override
    public KernelDefinition definition() {
        return definition;
    }
}
