/** Other libraries in the comparison; the Maven profile {@code peers} compiles them. */
package io.github.axoncl.bench.measure.compare.peers;
