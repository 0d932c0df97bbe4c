/**
 * The command {@code apply}: a function on files. {@code FileOperations} chooses the family, whose class says which arrays a
 * call reads and writes; {@code FileCall} computes them part by part.
 */
package io.github.axoncl.bench.tools.apply;
