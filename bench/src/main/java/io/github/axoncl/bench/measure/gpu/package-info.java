/**
 * What a device's calls take, by the public interface alone, within a given time. {@code GpuCommand} is the command;
 * {@code Section} and {@code BenchmarkCase} say what is measured and in which order, {@code Schedule} divides the time over
 * them, {@code DeviceSession} holds backends and operands, {@code Timing} measures, {@code CopyCurve} is the yardstick, and
 * {@code Results} keeps every figure as soon as it is there. The cases are listed in the classes whose names end in
 * {@code Cases}.
 */
package io.github.axoncl.bench.measure.gpu;
