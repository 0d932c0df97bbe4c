package io.github.axoncl.bench.measure.compare;

/**
 * A contender that was opened.
 *
 * @param name    its name
 * @param version the library's and driver's version
 * @param how     where its operands lie
 * @param axoncl  whether it is one of AxonCL's
 */
record Participant(String name, String version, String how, boolean axoncl) {
}
