package io.github.axoncl.internal.auto;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendInfo;
import io.github.axoncl.BackendInfo.MemoryStatistics;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.DeviceException;
import io.github.axoncl.KernelBuildException;
import io.github.axoncl.KernelCall;
import io.github.axoncl.Operand;
import io.github.axoncl.Rows;
import io.github.axoncl.internal.cpu.CpuBackend;
import io.github.axoncl.internal.cpu.CpuBuffer;
import io.github.axoncl.internal.opencl.IncompleteException;
import io.github.axoncl.internal.opencl.OpenClBackend;

import java.util.ArrayList;
import java.util.List;

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
    protected void compute(KernelCall call) {
        KernelCall here = call.with(call.operands().stream().map(AutoBackend::onHost).toList());
        try {
            device.tryCompute(here);
        } catch (IncompleteException e) {
            fallbacks.add(e.failure());
            finish(here, e);
        }
    }

    /** A buffer that could not be had on the device lies in host memory. */
    private static Operand onHost(Operand operand) {
        return operand instanceof CpuBuffer buffer ? buffer.elements() : operand;
    }

    /** Computes on the CPU from where the device stopped. */
    private void finish(KernelCall call, IncompleteException stopped) {
        Rows rows = call.rows();
        if (!call.isDivisible()) {
            finish(call, 0, rows.outer(), stopped);
            return;
        }
        boolean onDevice = call.operands().stream().anyMatch(DeviceBuffer.class::isInstance);
        long part = onDevice ? Math.max(1, PART / Math.max(1, rows.axis() * rows.inner())) : rows.outer();
        for (long from = stopped.completed(); from < rows.outer(); from += part) {
            finish(call, from, Math.min(part, rows.outer() - from), stopped);
        }
    }

    private void finish(KernelCall call, long from, long count, IncompleteException stopped) {
        try {
            List<Operand> parts = new ArrayList<>();
            for (int k = 0; k < call.operands().size(); k++) {
                parts.add(part(call, k, from, count));
            }
            cpu.compute(call.part(from, count, parts));
            for (int k = 0; k < parts.size(); k++) {
                if (call.isOutput(k)) {
                    Parts.written(call.operands().get(k), from * call.perOuter(k), parts.get(k));
                }
            }
        } catch (DeviceException e) {
            // The operands themselves are out of reach: the first failure is the one to know.
            stopped.failure().addSuppressed(e);
            throw stopped.failure();
        }
    }

    /** The elements of an operand that belong to a range of outer indexes. */
    private static Operand part(KernelCall call, int k, long from, long count) {
        Operand operand = call.operands().get(k);
        long per = call.perOuter(k);
        long length = call.isShared(k) || !call.isDivisible() ? operand.length() : count * per;
        return call.isOutput(k) ? Parts.forWriting(operand, from * per, length) : Parts.forReading(operand, from * per, length);
    }

    @Override
    protected boolean takesThreads() {
        return device.takesThreads();
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
                a.peakBytes() + b.peakBytes(), a.allocations() + b.allocations(), a.reuses() + b.reuses(),
                a.trims() + b.trims());
    }

    @Override
    public boolean isClosed() {
        return device.isClosed();
    }

    @Override
    public void close() {
        endAsyncCalls();
        device.close();
        cpu.close();
    }
}
