/**
 * Activation functions for neural networks, on OpenCL devices and on the CPU, with the same bits.
 *
 * <p>{@link io.github.axoncl.Backends#open()} gives a {@link io.github.axoncl.Backend}; {@link io.github.axoncl.Activation} and
 * {@link io.github.axoncl.RowActivation} name the functions; {@link io.github.axoncl.Operand} is what they work on. Everything
 * below {@code internal} may change at any time.
 */
package io.github.axoncl;
