package io.github.axoncl.bench.measure.model;

/**
 * The most elements in 10^9 per second that two limits allow.
 *
 * @param memory       the bandwidth of the memory
 * @param instructions an instruction per lane and clock
 */
record GpuBounds(double memory, double instructions) {

    double elements() {
        return Math.min(memory, instructions);
    }

    /** The least time as a multiple of the least time of a copy of the same bytes, which the memory alone limits. */
    double timesCopy() {
        return memory / elements();
    }

    String binding() {
        return memory <= instructions ? "memory" : "instructions";
    }
}
