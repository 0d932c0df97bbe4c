package io.github.axoncl.bench.measure.compare;

/** A call that can be made any number of times on the same operands. */
public interface Call extends AutoCloseable {

    /** Computes, and returns when the output is complete. */
    void run() throws Exception;

    /** Copies the output of the last run.
     *
     * @param output as long as the subject */
    void read(float[] output) throws Exception;

    @Override
    default void close() {
    }
}
