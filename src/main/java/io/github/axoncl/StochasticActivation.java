package io.github.axoncl;

import java.util.List;
import java.util.Locale;

/**
 * The element-wise functions that take random decisions, with default parameters; {@link #with} gives others. u stands for a
 * uniform random number, one of 2<sup>24</sup> equally distant ones, made of the element's random bits, see {@link RandomSeed}.
 *
 * <p><b>Shapes.</b> All operands of a call have one length, of any shape, and float32 elements. <b>Probabilities</b> are
 * exact to 2<sup>-33</sup>. <b>Special values.</b> What is dropped is +0 exactly, even where x is infinite or NaN; what is
 * kept follows IEEE arithmetic. <b>Aliasing, blocking, threads and errors</b> as in {@link Backend}. <b>Source.</b> The
 * formula is kernel text, {@link KernelDefinition#source()}.
 */
public enum StochasticActivation implements StochasticFunction {
    /** Dropout: y = x / (1 − p) with probability 1 − p, else 0; dx = dy / (1 − p) or 0, by the same decision. The factor
     * 1 / (1 − p) is rounded to float32. With p = 1 all is 0. Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov
     * 2014. */
    DROPOUT(Numbers.P),
    /** Alpha dropout, for networks of SELU: y = a d + b, d = x with probability q = 1 − p, else s = −λα;
     * a = (q + s² q (1 − q))<sup>−1/2</sup> and b = −a (1 − q) s keep mean 0 and variance 1. dx = a dy or 0. With p = 1 all
     * is 0. Klambauer, Unterthiner, Mayr and Hochreiter 2017. */
    ALPHA_DROPOUT(Numbers.P),
    /** Zoneout, for recurrent networks: y = previous with probability p, else x; dx and dprevious are dy for the one that was
     * taken, 0 for the other. Krueger et al. 2017. */
    ZONEOUT(Numbers.P),
    /** Randomised leaky ReLU: y = x &gt; 0 ? x : slope x, slope = lower + u (upper − lower); dx = x &gt; 0 ? dy : slope dy.
     * Xu, Wang, Chen and Li 2015. */
    RRELU(Parameter.of("lower", 0.125, 0, 1).notAbove("upper"), Parameter.of("upper", 1.0 / 3, 0, 1)),
    /** Stochastic GELU: y = x where u &lt; Φ(x), else 0; dx = dy where x was kept, else 0: the decision is taken for a
     * constant. A NaN in x stays in both. Hendrycks and Gimpel 2016. */
    STOCHASTIC_GELU,
    /** Gumbel noise: y = x + g, g = −ln(−ln u) with u in (0, 1); its gradient is dy itself. Gumbel 1954. */
    GUMBEL_NOISE;

    private final KernelDefinition definition;

    StochasticActivation(Parameter... parameters) {
        definition = KernelDefinition.ofPieces(name().toLowerCase(Locale.ROOT), List.of(parameters));
    }

    /** The parameters that several functions have. */
    private static final class Numbers {
        static final Parameter P = Parameter.of("p", 0.5, 0, 1);
    }

    @Override
    public KernelDefinition definition() {
        return definition;
    }
}
