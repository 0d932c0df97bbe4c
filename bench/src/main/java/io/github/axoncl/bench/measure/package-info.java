/**
 * Commands whose result is a figure of speed, measured or estimated, and what only they share: operands in every kind of memory.
 * Each command has a package of its own.
 */
package io.github.axoncl.bench.measure;
