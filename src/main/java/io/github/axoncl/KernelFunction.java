package io.github.axoncl;

/**
 * A function together with the values of its parameters: what a {@link Backend} computes.
 *
 * <p>The formula is kernel text ({@link KernelDefinition#source()}); the same text is compiled by the OpenCL driver for a
 * device and by AxonCL for the CPU, so both give the same bits. Instances are immutable and may be shared by any threads.
 */
public sealed interface KernelFunction permits ActivationFunction, RowFunction, LossFunction, FusedActivation, GatedFunction,
        PenaltyFunction, RecurrentCell, StochasticFunction, Auxiliary {

    /** The kernel text and the declared parameters.
     *
     * @return the definition; functions that differ only in parameter values share one */
    KernelDefinition definition();

    /** The value of one parameter: its default, for a constant.
     *
     * @param index the place of the parameter in {@link KernelDefinition#parameters()}
     * @return the value as it was given; a computation rounds it to its own type, float32 for all types but
     *         {@link DType#FLOAT64}
     * @throws IndexOutOfBoundsException if there is no such parameter */
    default double argument(int index) {
        return definition().parameters().get(index).defaultValue();
    }

    /** How close results come to the exact value.
     *
     * @return the tier */
    default Precision precision() {
        return Precision.ACCURATE;
    }

    /** The lower case name, as in file names and on the command line.
     *
     * @return for example {@code leaky_relu} */
    default String id() {
        return definition().id();
    }

    /** The name with the tier, if it is not the accurate one, and the values of the parameters.
     *
     * @return for example {@code leaky_relu(slope=0.01)} or {@code fast gelu} */
    default String describe() {
        return definition().describe(this);
    }
}
