package io.github.axoncl;

/**
 * An element-wise activation function f with the values of its parameters.
 *
 * <p>The constants of {@link Activation} are such functions with default parameters, {@link Activation#with(double...)} gives
 * others. Instances are immutable, compare by definition and values, and may be shared by any threads.
 */
public sealed interface ActivationFunction extends KernelFunction permits Activation, BoundActivation {
}
