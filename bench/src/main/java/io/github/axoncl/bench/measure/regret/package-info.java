/**
 * Whether a backend that chooses between the CPU and a device for each call chooses well: {@code RegretCommand} goes through
 * the cells of a table, {@code RegretCell} measures one, {@code RatioInterval} says how sure the ratio is.
 */
package io.github.axoncl.bench.measure.regret;
