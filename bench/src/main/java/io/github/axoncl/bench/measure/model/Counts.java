package io.github.axoncl.bench.measure.model;

/**
 * What a kernel does for one element.
 *
 * @param kernel      the kernel's name
 * @param loads       loads from global memory
 * @param loadedBytes their bytes
 * @param stores      stores to global memory
 * @param storedBytes their bytes
 * @param flops       additions, subtractions, multiplications, divisions and fused multiply-adds, one each
 * @param others      every other instruction that computes: comparisons, selects, integer and bit operations
 */
record Counts(String kernel, double loads, double loadedBytes, double stores, double storedBytes, double flops, double others) {

    double bytes() {
        return loadedBytes + storedBytes;
    }

    /** The least time for an element in nanoseconds, if nothing but these two limits held.
     *
     * @param gigabytesPerSecond the memory's rate
     * @param gigaflops          the rate of single instructions: half of the figure that counts a multiply-add as two */
    double bound(double gigabytesPerSecond, double gigaflops) {
        return Math.max(bytes() / gigabytesPerSecond, (flops + others) / gigaflops);
    }
}
