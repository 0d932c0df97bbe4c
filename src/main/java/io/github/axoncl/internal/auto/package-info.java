/** Chooses a backend per call and computes on the CPU what a device could not. */
package io.github.axoncl.internal.auto;
