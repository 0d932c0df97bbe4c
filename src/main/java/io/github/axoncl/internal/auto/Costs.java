package io.github.axoncl.internal.auto;

import io.github.axoncl.Explanation.Source;

/**
 * What one class of calls costs on both backends, for operands in one kind of memory.
 *
 * @param cpu    on the CPU; operands on the device cross to it and back
 * @param device on the device; operands on the host cross to it and back
 * @param source where the numbers come from
 */
record Costs(Cost cpu, Cost device, Source source) {
}
