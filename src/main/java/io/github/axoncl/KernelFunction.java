package io.github.axoncl;

/**
 * A function together with the values of its parameters: what a {@link Backend} computes.
 *
 * <p>The formula is kernel text ({@link KernelDefinition#source()}); the same text is compiled by the OpenCL driver for a
 * device and by AxonCL for the CPU, so both give the same bits. Instances are immutable and may be shared by any threads.
 */
public sealed interface KernelFunction permits ActivationFunction, RowActivation {

    /** The kernel text and the declared parameters.
     *
     * @return the definition; functions that differ only in parameter values share one */
    KernelDefinition definition();

    /** The value of one parameter.
     *
     * @param index the place of the parameter in {@link KernelDefinition#parameters()}
     * @return the value, always a float32 number
     * @throws IndexOutOfBoundsException if there is no such parameter */
    float argument(int index);

    /** The lower case name, as in file names and on the command line.
     *
     * @return for example {@code leaky_relu} */
    default String id() {
        return definition().id();
    }

    /** The name with the values of the parameters.
     *
     * @return for example {@code leaky_relu(slope=0.01)} */
    default String describe() {
        return definition().describe(this);
    }
}
