package io.github.axoncl.internal.cpu;

/** A compiled loop over elements; the generated classes implement it. Stateless. */
interface Loop {
    /** Computes the elements of a range, or as many from its start as the form can: a SIMD loop leaves less than two vectors.
     *
     * @param arrays     an array for each operand of the {@link LoopShape}, of the type that it says
     * @param offsets    the index in each array of element 0
     * @param from       the first element
     * @param to         the end
     * @param parameters the values that are the same for all elements; rounded to the type that is computed in
     * @param beside     how many rows lie side by side, a power of two: what periods are counted in
     * @return the first element that was not computed */
    int run(Object[] arrays, int[] offsets, int from, int to, double[] parameters, int beside);

    /** Computes elements of one row. */
    default int run(Object[] arrays, int[] offsets, int from, int to, double[] parameters) {
        return run(arrays, offsets, from, to, parameters, 1);
    }
}
