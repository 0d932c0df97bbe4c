/**
 * The command {@code verify}: every operation on every device against the CPU's scalar form and an oracle, by samples
 * ({@code Trial}, and the cases of each family) or on all floats ({@code Walk}). {@code FamilyCalls} makes the same calls for
 * others who want to see them.
 */
package io.github.axoncl.bench.tools.verify;
