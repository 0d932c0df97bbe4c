package io.github.axoncl.bench.measure.gpu;

import io.github.axoncl.DeviceBuffer;

/**
 * One call that is measured.
 *
 * @param section  the section it belongs to
 * @param name     the function and the shape
 * @param elements the number of elements of the call; cases with equal numbers share operands
 * @param bytes    what the call must at least read and write, each operand once
 * @param place    where its operands lie
 * @param tiling   the tiling of element-wise calls as the library's property takes it; {@link DeviceSession#USUAL} and
 *                 {@link DeviceSession#TUNED} are others
 * @param setup    makes the call's operands
 */
record BenchmarkCase(String section, String name, long elements, double bytes, Place place, String tiling, Setup setup) {

    /** Where operands lie, and so whether a copy on the device is a yardstick. */
    enum Place {
        /** In buffers of the device. */
        DEVICE,
        /** In host memory. */
        HOST
    }

    /** Makes operands. */
    @FunctionalInterface
    interface Setup {
        Call on(DeviceSession session);
    }

    /**
     * A call with its operands.
     *
     * @param run    makes it once
     * @param output what is read to wait for all calls so far; null if a call has completed when it returns
     */
    record Call(Runnable run, DeviceBuffer output) {
    }

    /** A call on buffers of the device, in the usual tiling. */
    static BenchmarkCase device(String section, String name, long elements, double bytes, Setup setup) {
        return new BenchmarkCase(section, name, elements, bytes, Place.DEVICE, DeviceSession.USUAL, setup);
    }

    /** A call on host memory. */
    static BenchmarkCase host(String section, String name, long elements, double bytes, Setup setup) {
        return new BenchmarkCase(section, name, elements, bytes, Place.HOST, DeviceSession.USUAL, setup);
    }

    /** The same case in another tiling, which its name says. */
    BenchmarkCase in(String other) {
        return new BenchmarkCase(section, name + " in " + other, elements, bytes, place, other, setup);
    }
}
