/** The command {@code study}: networks of several depths with every usual activation, what was measured, tables and
 * pictures. */
package io.github.axoncl.bench.measure.study;
