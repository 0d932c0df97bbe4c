package io.github.axoncl.internal.auto;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendInfo;
import io.github.axoncl.BackendInfo.MemoryStatistics;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.DeviceException;
import io.github.axoncl.KernelBuildException;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.Operand;
import io.github.axoncl.Operation;
import io.github.axoncl.Rows;
import io.github.axoncl.internal.cpu.CpuBackend;
import io.github.axoncl.internal.cpu.CpuBuffer;
import io.github.axoncl.internal.opencl.IncompleteException;
import io.github.axoncl.internal.opencl.OpenClBackend;

/**
 * Computes on a device, and on the CPU what the device could not. Both give the same bits, so a call may be finished by the
 * other in the middle.
 */
final class AutoBackend extends Backend {
    /** Device buffers cross to the CPU in parts of at most this many elements. */
    private static final long PART = 1 << 20;

    private final OpenClBackend device;
    private final CpuBackend cpu;
    private final Fallbacks fallbacks = new Fallbacks();

    AutoBackend(OpenClBackend device, CpuBackend cpu) {
        this.device = device;
        this.cpu = cpu;
    }

    @Override
    protected void compute(Operation operation, KernelFunction function, Rows rows, Operand x, Operand dy, Operand out) {
        Operand xHere = onHost(x);
        Operand dyHere = onHost(dy);
        Operand outHere = onHost(out);
        try {
            device.tryCompute(operation, function, rows, xHere, dyHere, outHere);
        } catch (IncompleteException e) {
            fallbacks.add(e.failure());
            finish(operation, function, rows, xHere, dyHere, outHere, e);
        }
    }

    /** A buffer that could not be had on the device lies in host memory. */
    private static Operand onHost(Operand operand) {
        return operand instanceof CpuBuffer buffer ? buffer.elements() : operand;
    }

    /** Computes on the CPU from where the device stopped. */
    private void finish(Operation operation, KernelFunction function, Rows rows, Operand x, Operand dy, Operand out,
                        IncompleteException stopped) {
        long unit = rows == null ? 1 : rows.axis();
        boolean onDevice = x instanceof DeviceBuffer || dy instanceof DeviceBuffer || out instanceof DeviceBuffer;
        long part = onDevice ? Math.max(unit, PART / unit * unit) : x.length();
        for (long from = stopped.completed(); from < x.length(); from += part) {
            long length = Math.min(part, x.length() - from);
            try {
                Operand target = Parts.forWriting(out, from, length);
                cpu.compute(operation, function, rows == null ? null : Rows.of(length / unit, unit),
                        Parts.forReading(x, from, length), dy == null ? null : Parts.forReading(dy, from, length), target);
                Parts.written(out, from, target);
            } catch (DeviceException e) {
                // The operands themselves are out of reach: the first failure is the one to know.
                stopped.failure().addSuppressed(e);
                throw stopped.failure();
            }
        }
    }

    @Override
    protected DeviceBuffer newBuffer(DType type, long length) {
        try {
            return device.newBuffer(this, type, length);
        } catch (DeviceException | KernelBuildException e) {
            fallbacks.add(e);
            return cpu.allocateFor(this, type, length);
        }
    }

    @Override
    public BackendInfo info() {
        BackendInfo onDevice = device.info();
        BackendInfo onCpu = cpu.info();
        return new BackendInfo(onDevice.backend(), onDevice.device(), onDevice.driver(), onDevice.reason(), onDevice.bitExact(),
                onCpu.cpuForm(), onDevice.deviceCalls(), onCpu.cpuCalls(), onCpu.simdRuns(), fallbacks.list(),
                sum(onDevice.memory(), onCpu.memory()));
    }

    /** A buffer for which the device had no memory lies on the CPU. */
    private static MemoryStatistics sum(MemoryStatistics a, MemoryStatistics b) {
        return new MemoryStatistics(a.liveBytes() + b.liveBytes(), a.pooledBytes() + b.pooledBytes(),
                a.peakBytes() + b.peakBytes(), a.allocations() + b.allocations(), a.reuses() + b.reuses(), a.trims() + b.trims());
    }

    @Override
    public boolean isClosed() {
        return device.isClosed();
    }

    @Override
    public void close() {
        device.close();
        cpu.close();
    }
}
