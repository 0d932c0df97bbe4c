package io.github.axoncl;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An element-wise activation function f with the values of its parameters.
 *
 * <p>The constants of {@link Activation} are such functions with default parameters, {@link #with} gives others, and
 * {@link Activations} makes functions from text of your own. Instances are immutable, compare by definition and values, and may be shared by any threads.
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
        Map<String, KernelFunction> parts = new LinkedHashMap<>();
        parts.put("f", f);
        parts.put("g", this);
        KernelDefinition whole = Backends.compose("chain", id() + "_after_" + f.id(), parts, true);
        double[] first = f.definition().arguments(f);
        double[] values = Arrays.copyOf(first, first.length + definition().parameters().size());
        System.arraycopy(definition().arguments(this), 0, values, first.length, values.length - first.length);
        return new BoundActivation(whole, Precision.ACCURATE, values);
    }

    /** This function of a sum: y = f(x + bias), in one pass over memory, with one number of the bias for each index along an
     * axis (a row vector for the last axis), and the gradient of both in one pass.
     *
     * @return the function for {@link Backend#forward(BiasedActivation, Rows, Operand, Operand, Operand)} */
    default BiasedActivation withBias() {
        return new BiasedActivation(this);
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
