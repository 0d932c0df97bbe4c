package io.github.axoncl;

/**
 * A gated function y = a g(b): one operand, or half of one, passes through a gate that another opens.
 *
 * <p>The constants of {@link GatedActivation} are such functions, {@link #gateFirst} gives the other order of operands.
 * Instances are immutable, compare by definition and order, and may be shared by any threads.
 */
public sealed interface GatedFunction extends KernelFunction permits GatedActivation, GateFirstActivation {

    /** This function with its operands or halves in the other order: the first one opens the gate, y = g(a) b. ONNX SwiGLU is
     * {@code SWIGLU.gateFirst()}.
     *
     * @return the function; itself if its gate is the first operand */
    default GatedFunction gateFirst() {
        return new GateFirstActivation(definition());
    }

    /** Whether the gate is the first operand or half.
     *
     * @return false unless {@link #gateFirst} was asked for */
    default boolean isGateFirst() {
        return false;
    }
}
