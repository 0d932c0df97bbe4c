/** What calls on arrays cost beside the transfers and the kernels that they are made of. Knows the shared classes of the
 * workbench. */
package io.github.axoncl.bench.measure.staging;
