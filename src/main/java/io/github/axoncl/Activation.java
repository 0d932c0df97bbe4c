package io.github.axoncl;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The element-wise activation functions, with default parameters; {@link #with} gives others. σ is the sigmoid, Φ the normal
 * distribution function. NaN gives NaN everywhere; ±∞ gives the limit.
 */
public enum Activation implements ActivationFunction {
    /** f(x) = x. Also known as {@link #LINEAR}. */
    IDENTITY,
    /** f(x) = x ≤ 0 ? 0 : x; f'(0) = 0. Nair and Hinton 2010. */
    RELU,
    /** f(x) = x &gt; 0 ? x : slope x; f'(0) = slope. From the output for slope ≥ 0. Maas et al. 2013. */
    LEAKY_RELU(Parameter.of("slope", 0.01, -0x1p60, 0x1p60).fromOutputAtLeast(0)),
    /** f(x) = x &gt; 0 ? x : alpha (e<sup>x</sup> − 1); f'(0) = alpha. From the output for alpha ≥ 0. Clevert et al. 2016. */
    ELU(Parameter.of("alpha", 1, -0x1p60, 0x1p60).fromOutputAtLeast(0)),
    /** f(x) = σ(x) = 1 / (1 + e<sup>−x</sup>). */
    SIGMOID,
    /** f(x) = tanh x. */
    TANH,
    /** f(x) = x σ(beta x). Ramachandran et al. 2017. */
    SWISH(Parameter.of("beta", 1, -0x1p20, 0x1p20)),
    /** f(x) = x σ(x), swish with beta = 1. Elfwing et al. 2018. */
    SILU,
    /** f(x) = x Φ(x), exact. Hendrycks and Gimpel 2016. */
    GELU,
    /** f(x) = ln(1 + e<sup>beta x</sup>) / beta, without threshold. Dugas et al. 2001. */
    SOFTPLUS(Parameter.of("beta", 1, 0x1p-20, 0x1p20));

    /** Another name for {@link #IDENTITY}. */
    public static final Activation LINEAR = IDENTITY;

    private final KernelDefinition definition;
    private final float[] defaults;

    Activation(Parameter... parameters) {
        this.definition = KernelDefinition.builtIn(name().toLowerCase(Locale.ROOT), List.of(parameters));
        this.defaults = new float[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            defaults[i] = (float) parameters[i].defaultValue();
        }
    }

    /** The constant of a name, in any case; {@code linear} is {@link #IDENTITY}.
     *
     * @param name for example {@code leaky_relu}
     * @return the constant
     * @throws IllegalArgumentException if there is none, with all names */
    public static Activation of(String name) {
        Objects.requireNonNull(name, "name");
        String wanted = name.toLowerCase(Locale.ROOT);
        for (Activation activation : values()) {
            if (activation.id().equals(wanted)) {
                return activation;
            }
        }
        if (wanted.equals("linear")) {
            return LINEAR;
        }
        throw new IllegalArgumentException("there is no activation function \"" + name + "\"; known: "
                + java.util.Arrays.stream(values()).map(Activation::id).toList());
    }

    @Override
    public KernelDefinition definition() {
        return definition;
    }

    @Override
    public float argument(int index) {
        return defaults[index];
    }
}
