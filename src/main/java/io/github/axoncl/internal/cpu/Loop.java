package io.github.axoncl.internal.cpu;

/** A compiled loop over elements; the generated classes implement it. Stateless. */
interface Loop {
    /** Computes the elements of a range, or as many from its start as the form can: a SIMD loop leaves less than two vectors.
     *
     * @param arrays     a {@code float[]} for each operand of the {@link LoopShape}
     * @param offsets    the index in each array of element 0
     * @param from       the first element
     * @param to         the end
     * @param parameters the values that are the same for all elements
     * @return the first element that was not computed */
    int run(Object[] arrays, int[] offsets, int from, int to, float[] parameters);
}
