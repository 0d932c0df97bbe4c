/** The CPU side: turns a straight line of operations into JVM bytecode (scalar and SIMD) and runs it over arrays on all cores. */
package io.github.axoncl.internal.cpu;
