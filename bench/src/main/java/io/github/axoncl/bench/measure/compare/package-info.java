/** The command {@code compare}: AxonCL and other libraries on the same inputs, how fast and how exact each is. */
package io.github.axoncl.bench.measure.compare;
