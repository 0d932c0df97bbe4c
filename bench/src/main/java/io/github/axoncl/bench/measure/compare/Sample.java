package io.github.axoncl.bench.measure.compare;

/**
 * What one JVM measured.
 *
 * @param series    what it belongs to
 * @param contender who computed
 * @param subject   what
 * @param threads   with how many threads
 * @param nanos     the median time for an element, in nanoseconds
 * @param copyNanos that of a copy of as many floats by all threads in the same JVM, just before
 */
record Sample(Series series, String contender, Subject subject, int threads, double nanos, double copyNanos) {
}
