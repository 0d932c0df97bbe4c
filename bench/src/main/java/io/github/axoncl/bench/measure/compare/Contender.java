package io.github.axoncl.bench.measure.compare;

/** One way to compute with a library. */
public interface Contender {

    /** The name in tables and charts. */
    String name();

    /** Where its operands lie and how it is called, in a sentence. */
    String how();

    /** Puts operands where this contender likes them best, and the output too where it can be given one.
     *
     * @param subject what to compute
     * @param x       the inputs
     * @param dy      the gradient with respect to the output, of the same length
     * @return the call; null if the library has no such function
     * @throws Exception if it has, and cannot */
    Call prepare(Subject subject, float[] x, float[] dy) throws Exception;
}
