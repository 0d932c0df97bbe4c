/**
 * Chooses a backend, and computes on the CPU what a device could not: falling back happens here and nowhere else.
 * {@code Opening} chooses, {@code AutoBackend} finishes calls, {@code Fallbacks} counts and warns once per reason.
 *
 * <p>Knows the two executors, {@code internal.cpu} and {@code internal.opencl}; only {@code Backends} knows this package.
 */
package io.github.axoncl.internal.auto;
