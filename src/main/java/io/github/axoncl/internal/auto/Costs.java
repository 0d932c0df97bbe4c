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

    /** The shorter times of two measurements of the same. */
    Costs orShorter(Costs other) {
        return new Costs(cpu.orShorter(other.cpu), device.orShorter(other.device), source);
    }
}
