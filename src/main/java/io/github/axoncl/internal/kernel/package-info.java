/**
 * The kernel language: reads kernel texts, parses and checks them, and runs a function symbolically into a straight line of
 * operations, which is what the CPU side compiles. {@code KernelModule} is a parsed function file with the library texts,
 * {@code Parser} and {@code ExpressionParser} say what is legal, {@code Tracer} inlines and folds.
 *
 * <p>Knows the public package only, and no executor.
 */
package io.github.axoncl.internal.kernel;
