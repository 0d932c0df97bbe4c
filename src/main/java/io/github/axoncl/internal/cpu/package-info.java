/**
 * The CPU side: turns a straight line of operations into JVM bytecode, scalar and SIMD, and runs it over arrays on all cores.
 * {@code LoopCompiler} decides which form runs, {@code ScalarCode} and {@code VectorCode} write it, {@code RowLoops} sums rows
 * ({@code RowRun}, {@code RowGroup} and {@code RowDesk} being a call, some rows and a thread on the way), {@code Workers}
 * splits ranges, {@code CpuBackend} is the backend. No formula is written here.
 *
 * <p>On the way of a first call there are plain loops and named classes instead of lambdas, streams and records' own
 * {@code hashCode}, here, in {@code internal.kernel} and in the public package: the JVM makes classes for each of those when it
 * first meets it, which once was two thirds of a first call. The scalar loops of the library's own element-wise functions in
 * float32 are made when the library is built ({@code ReadyLoopWriter}, {@code ReadyLoop}), so that their first call reads no
 * text; the text is read for their SIMD form. For all else {@code Preparation} loads the compiler on another thread.
 *
 * <p>Knows {@code internal.kernel}, {@code internal.memory} and the public package; nothing of OpenCL. The one place that
 * writes bytecode and names the vector module.
 */
package io.github.axoncl.internal.cpu;
