/** The kernel language: reads kernel texts, parses and checks them, and runs a function symbolically into a straight line of operations. */
package io.github.axoncl.internal.kernel;
