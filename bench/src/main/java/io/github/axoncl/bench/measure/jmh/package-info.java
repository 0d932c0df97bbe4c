/** The command {@code jmh} and the benchmarks that it runs. */
package io.github.axoncl.bench.measure.jmh;
