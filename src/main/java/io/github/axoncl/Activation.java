package io.github.axoncl;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The element-wise activation functions, with default parameters; {@link #with} gives others. σ is the sigmoid, Φ the normal
 * distribution function. NaN gives NaN everywhere, ±∞ the limit; NaN for other numbers only where that is said.
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
    SOFTPLUS(Parameter.of("beta", 1, 0x1p-20, 0x1p20)),
    /** f(x) = min(max(x, 0), 6); f' = 0 at 0 and 6. Krizhevsky 2010. */
    RELU6,
    /** f(x) = x &gt; 0 ? x : slope x, the slope being learned; f'(0) = slope. He et al. 2015. */
    PRELU(Parameter.of("slope", 0.25, -0x1p60, 0x1p60)),
    /** f(x) = x &gt; 0 ? x : alpha (e<sup>x/alpha</sup> − 1); f'(0) = 1. Barron 2017. */
    CELU(Parameter.of("alpha", 1, 0x1p-20, 0x1p20)),
    /** f(x) = λ (x &gt; 0 ? x : α (e<sup>x</sup> − 1)), λ = 1.0507009873554805, α = 1.6732632423543772, more digits being
     * used; f'(0) = λα. Klambauer et al. 2017. */
    SELU,
    /** f(x) = gamma (x &gt; 0 ? x : alpha (e<sup>x</sup> − 1)); f'(0) = gamma alpha. Klambauer et al. 2017. */
    SCALED_ELU(Parameter.of("gamma", 1, -0x1p60, 0x1p60), Parameter.of("alpha", 1, -0x1p60, 0x1p60)),
    /** f(x) = min(max(alpha x + beta, 0), 1); f' = 0 at both bounds. The defaults mean the real 1/6 and 1/2.
     * Courbariaux et al. 2015. */
    HARD_SIGMOID(Parameter.of("alpha", 1.0 / 6, 0, 0x1p20), Parameter.finite("beta", 0.5)),
    /** f(x) = min(max(x, min), max), min ≤ max; f' = 0 at both bounds. Collobert 2004. */
    HARD_TANH(Parameter.any("min", -1).notAbove("max"), Parameter.any("max", 1)),
    /** f(x) = min(max(x, min), max), min ≤ max, without bounds by default; f' = 0 at a finite bound. */
    CLIP(Parameter.any("min", Double.NEGATIVE_INFINITY).notAbove("max"), Parameter.any("max", Double.POSITIVE_INFINITY)),
    /** f(x) = x min(max(x + 3, 0), 6) / 6; f'(−3) = 0, f'(3) = 1. Howard et al. 2019. */
    HARD_SWISH,
    /** f(x) = x tanh(ln(1 + e<sup>x</sup>)). Misra 2019. */
    MISH,
    /** f(x) = x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2, which approximates {@link #GELU}. Hendrycks and Gimpel 2016. */
    GELU_TANH,
    /** f(x) = x σ(1.702 x), which approximates {@link #GELU}. Hendrycks and Gimpel 2016. */
    QUICK_GELU,
    /** f(x) = x / (1 + |x|). Bergstra et al. 2009. */
    SOFTSIGN,
    /** f(x) = ln σ(x) = −ln(1 + e<sup>−x</sup>). */
    LOG_SIGMOID,
    /** f(x) = x − tanh x. */
    TANH_SHRINK,
    /** f(x) = |x| &gt; lambda ? x : 0; f' = 0 for |x| ≤ lambda. Donoho and Johnstone 1994. */
    HARD_SHRINK(Parameter.of("lambda", 0.5, 0, Double.POSITIVE_INFINITY)),
    /** f(x) = sign(x) max(|x| − lambda, 0); f' = 0 for |x| ≤ lambda. Donoho 1995. */
    SOFT_SHRINK(Parameter.of("lambda", 0.5, 0, Double.POSITIVE_INFINITY)),
    /** f(x) = x &lt; −lambda ? x + bias : x &gt; lambda ? x − bias : 0; f' = 0 for |x| ≤ lambda. ONNX 2018. */
    SHRINK(Parameter.of("lambda", 0.5, 0, Float.MAX_VALUE), Parameter.finite("bias", 0)),
    /** f(x) = x &gt; theta ? x : value; f'(theta) = 0. */
    THRESHOLD(Parameter.finite("theta", 0), Parameter.finite("value", 0)),
    /** f(x) = x &gt; theta ? x : 0; f'(theta) = 0. Konda et al. 2015. */
    THRESHOLDED_RELU(Parameter.finite("theta", 1)),
    /** f(x) = (x + √(x² + b)) / 2. Barron 2021. */
    SQUAREPLUS(Parameter.of("b", 4, 0x1p-20, 0x1p20)),
    /** f(x) = e<sup>x</sup>. */
    EXP,
    /** f(x) = e<sup>x</sup> − 1. */
    EXPM1,
    /** f(x) = x². */
    SQUARE,
    /** f(x) = x³. */
    CUBE,
    /** f(x) = |x|; f'(0) = 0. */
    ABS,
    /** f(x) = √x, NaN below 0; f'(0) = ∞. */
    SQRT,
    /** f(x) = x &gt; 0 ? 1 : 0; f' = 0. McCulloch and Pitts 1943. */
    STEP,
    /** f(x) = −1, 0 or 1, the sign of x; f' = 0. */
    SIGN,
    /** f(x) = max(0, tanh x); f'(0) = 0. */
    RECTIFIED_TANH,
    /** f(x) = max(0, x)². So et al. 2021. */
    RELU_SQUARED,
    /** f(x) = e<sup>−x²</sup>. */
    GAUSSIAN,
    /** f(x) = sin x, for every finite x; NaN at ±∞, where it has no limit. Sitzmann et al. 2020. */
    SIN,
    /** f(x) = erf x. */
    ERF,
    /** f(x) = 1.7159 sign(a) (1 − 1 / (1 + |a| + a² + 1.41645 a⁴)), a = 2x/3, which approximates 1.7159 tanh a. */
    RATIONAL_TANH,
    /** f(x) = (√(x² + 1) − 1) / 2 + x. */
    BENT_IDENTITY,
    /** f(x) = x / √(1 + alpha x²). Carlile et al. 2017. */
    ISRU(Parameter.of("alpha", 1, 0x1p-20, 0x1p20)),
    /** f(x) = x ≥ 0 ? x : x / √(1 + alpha x²). Carlile et al. 2017. */
    ISRLU(Parameter.of("alpha", 1, 0x1p-20, 0x1p20));

    /** Another name for {@link #IDENTITY}. */
    public static final Activation LINEAR = IDENTITY;

    private final KernelDefinition definition;

    Activation(Parameter... parameters) {
        this.definition = KernelDefinition.builtIn(name().toLowerCase(Locale.ROOT), List.of(parameters));
    }

    /** The constant of a name, in any case; {@code linear} is {@link #IDENTITY}.
     *
     * @param name for example {@code leaky_relu}
     * @return the constant
     * @throws IllegalArgumentException if there is none, with the names that are near, or all if none is */
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
        List<String> names = Arrays.stream(values()).map(Activation::id).toList();
        List<String> near = names.stream().filter(id -> Spelling.isNear(wanted, id)).toList();
        throw new IllegalArgumentException("there is no activation function \"" + name + "\"; "
                + (near.isEmpty() ? "known: " + names : "near: " + near));
    }

    @Override
    public KernelDefinition definition() {
        return definition;
    }
}
