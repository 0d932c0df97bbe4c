package io.github.axoncl;

/**
 * An element-wise activation function f with the values of its parameters.
 *
 * <p>The constants of {@link Activation} are such functions with default parameters, {@link #with} gives others, and
 * {@link Activations} makes functions from text of your own. Instances are immutable, compare by definition and values, and may
 * be shared by any threads.
 */
public sealed interface ActivationFunction extends KernelFunction permits Activation, BoundActivation {

    /** This function with other parameters.
     *
     * @param values a value for each of {@link KernelDefinition#parameters()}, in that order; float32 computations round them
     *               to float32
     * @return the function, in the same tier
     * @throws IllegalArgumentException if the number of values is wrong or one is not in its legal range */
    default ActivationFunction with(double... values) {
        return new BoundActivation(definition(), precision(), definition().checkArguments(values));
    }

    /** This function in the tier with fewer operations: at most 5 ULP, derivatives at most 9, on the whole line, and the same
     * bits on every device. It speaks of float32 and what is computed in it; in float64, and where the accurate form is as
     * cheap, the accurate form serves.
     *
     * @return the function with {@link Precision#FAST}, or itself if it has no such form */
    default ActivationFunction fast() {
        return definition().hasFast() ? new BoundActivation(definition(), Precision.FAST, definition().arguments(this)) : this;
    }

    /** This function in the accurate tier, which functions have unless {@link #fast} was asked for.
     *
     * @return the function with {@link Precision#ACCURATE} */
    default ActivationFunction accurate() {
        return new BoundActivation(definition(), Precision.ACCURATE, definition().arguments(this));
    }

    /** This function of another: y = g(f(x)), computed in one pass, with the bits of the two computed one after the other. Its
     * parameters are those of f, their names with {@code f_} before them, and then those of g with {@code g_}; it has the
     * operations forward, derivative and backward. Chains may be of any length.
     *
     * @param f the function that is computed first
     * @return this function after f, in the tiers of both */
    default ActivationFunction after(ActivationFunction f) {
        return new BoundActivation(Backends.chain(f, this, true), Precision.ACCURATE, Backends.chained(f, this));
    }

    /** This function of a sum: y = f(x + bias), in one pass over memory, with one number of the bias for each index along an
     * axis (a row vector for the last axis), and the gradient of both in one pass.
     *
     * @return the function for {@link Backend#forward(BiasedActivation, Rows, Operand, Operand, Operand)} */
    default BiasedActivation withBias() {
        return new BiasedActivation(this);
    }

    /** This function with dropout behind it: y = f(x) / (1 − p) with probability 1 − p, else 0, in one pass over memory, with
     * the bits of {@link StochasticActivation#DROPOUT} computed after f. Short for {@code DROPOUT.with(p).after(f)}; networks
     * of SELU want {@code ALPHA_DROPOUT.with(p).after(SELU)}.
     *
     * @param p the probability with which an element becomes 0
     * @return the function for {@link Backend#forward(StochasticFunction, RandomSeed, Operand, Operand)} and
     *         {@link Backend#backward(StochasticFunction, RandomSeed, Operand, Operand, Operand)}; with a bias,
     *         {@link StochasticFunction#withBias()}
     * @throws IllegalArgumentException if p is not in [0, 1] */
    default StochasticFunction withDropout(double p) {
        return StochasticActivation.DROPOUT.with(p).after(this);
    }

    /** This function added to what is there: y = alpha f(x) + beta y, in one pass over memory.
     *
     * @param alpha what f(x) is multiplied by
     * @param beta  what y is multiplied by; if it is 0, what y held before does not matter, NaN included
     * @return the function for {@link Backend#forward(AccumulatedActivation, Operand, Operand)} */
    default AccumulatedActivation accumulating(float alpha, float beta) {
        return new AccumulatedActivation(this, alpha, beta);
    }
}
