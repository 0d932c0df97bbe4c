package io.github.axoncl.bench.measure.compare;

/** What a measurement is for. */
enum Series {
    /** Everybody on everything. */
    ALL,
    /** AxonCL's backends and kinds of memory over many lengths. */
    LENGTHS,
    /** AxonCL's backends over the number of threads. */
    THREADS
}
