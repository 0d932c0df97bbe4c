/** Counts what kernels do for an element, on a simulator, and estimates from that what a device's published figures allow. */
package io.github.axoncl.bench.measure.model;
