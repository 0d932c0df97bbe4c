/**
 * What the functions are, in arithmetic wide enough to judge float32 results: written from the definitions, sharing neither
 * code nor constants with the kernels. Needs nothing but commons-numbers-gamma, so other projects may use it.
 */
package io.github.axoncl.oracle;
