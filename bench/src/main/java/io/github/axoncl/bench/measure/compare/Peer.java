package io.github.axoncl.bench.measure.compare;

import java.util.List;

/**
 * A library that takes part in the comparison, in a JVM of its own. Libraries other than AxonCL are named as
 * services are, in {@code META-INF/services}; their classes are compiled by the Maven profile {@code peers} only. Each has a
 * public constructor that does nothing: whatever may fail is in {@link #open}.
 */
public interface Peer extends AutoCloseable {

    /** Loads the library.
     *
     * @param threads how many threads it may use
     * @throws Exception if it cannot be used here */
    void open(int threads) throws Exception;

    /** The library's name and version, and those of the driver it computes with. */
    String version();

    /** The ways to compute with it that take part. */
    List<Contender> contenders();

    @Override
    default void close() {
    }
}
