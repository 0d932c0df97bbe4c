/**
 * Chooses a backend, and computes on the CPU what a device could not: falling back happens here and nowhere else.
 * {@code Opening} opens, {@code DeviceOpening} what needs a device, which {@code LazyBackend} puts off until calls are long
 * enough; {@code AutoBackend} computes and finishes calls, {@code Fallbacks} counts and warns once per reason.
 *
 * <p>Where a call goes: {@code CostChoice} compares what both backends would take. {@code Cost} is two lines {@code a + b n};
 * there is a pair for each {@code CostClass} and place of the operands, from {@code MeasuredCosts}, which lets a
 * {@code Calibrator} measure in the background what is wanted and keeps it through {@code SavedCosts}, or from
 * {@code DefaultCosts}.
 *
 * <p>Several devices: {@code SplitBackend} sends long calls through a {@code Division}, of which whoever is free takes the next
 * piece, and leaves all others to an {@code AutoBackend}.
 *
 * <p>Knows the two executors, {@code internal.cpu} and {@code internal.opencl}, the lines of {@code internal.kernel} and
 * {@code internal.cache}; only {@code Backends} knows this package.
 */
package io.github.axoncl.internal.auto;
