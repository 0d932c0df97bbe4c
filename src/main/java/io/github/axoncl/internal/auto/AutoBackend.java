package io.github.axoncl.internal.auto;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendInfo;
import io.github.axoncl.BackendInfo.MemoryStatistics;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.DeviceException;
import io.github.axoncl.Explanation;
import io.github.axoncl.KernelBuildException;
import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.Operand;
import io.github.axoncl.Operation;
import io.github.axoncl.Rows;
import io.github.axoncl.internal.cpu.CpuBackend;
import io.github.axoncl.internal.cpu.CpuBuffer;
import io.github.axoncl.internal.opencl.IncompleteException;
import io.github.axoncl.internal.opencl.OpenClBackend;

import java.util.ArrayList;
import java.util.List;

/**
 * Computes on a device or on the CPU, as a {@link Choice} decides, and on the CPU what the device could not. Both give the
 * same bits, so a call may be finished by the other in the middle.
 */
final class AutoBackend extends Backend {
    /** Device buffers cross to the CPU in parts of at most this many elements. */
    private static final long PART = 1 << 20;

    private final OpenClBackend device;
    private final CpuBackend cpu;
    private final Choice choice;
    private final Fallbacks fallbacks = new Fallbacks("Computing on the CPU instead of the device");

    AutoBackend(OpenClBackend device, CpuBackend cpu, Choice choice) {
        this.device = device;
        this.cpu = cpu;
        this.choice = choice;
    }

    @Override
    protected void compute(KernelCall call) {
        KernelCall here = onHost(call);
        if (isPartlyOnHost(here) || !choice.onDevice(here)) {
            computeOnCpu(here);
            return;
        }
        try {
            device.tryCompute(here);
        } catch (IncompleteException e) {
            fallbacks.add(e.failure());
            finish(here, e.completed(), e.failure());
        }
    }

    /** The call with buffers that could not be had on the device, and hence lie in host memory, as such. Allocates nothing
     * where there are none. */
    static KernelCall onHost(KernelCall call) {
        List<Operand> operands = call.operands();
        for (int k = 0; k < operands.size(); k++) {
            if (operands.get(k) instanceof CpuBuffer buffer && !buffer.isDivided()) {
                return call.with(operands.stream().map(operand -> operand instanceof CpuBuffer other && !other.isDivided()
                        ? other.elements() : operand).toList());
            }
        }
        return call;
    }

    /** Whether a buffer of the CPU is left, which is too long for an array. */
    private static boolean isPartlyOnHost(KernelCall call) {
        List<Operand> operands = call.operands();
        for (int k = 0; k < operands.size(); k++) {
            if (operands.get(k) instanceof CpuBuffer) {
                return true;
            }
        }
        return false;
    }

    private void computeOnCpu(KernelCall call) {
        List<Operand> operands = call.operands();
        for (int k = 0; k < operands.size(); k++) {
            if (operands.get(k) instanceof DeviceBuffer) {
                finish(call, 0, null);
                return;
            }
        }
        cpu.compute(call);
    }

    /** Computes on the CPU from where the device stopped.
     *
     * @param failure why it stopped; null if it never began */
    private void finish(KernelCall call, long completed, RuntimeException failure) {
        try {
            // Rows that the device has completed are not known to be right.
            call.checkBeforehand();
        } catch (DeviceException e) {
            throw first(failure, e);
        }
        Rows rows = call.rows();
        if (!call.isDivisible()) {
            finish(call, 0, rows.outer(), failure);
            return;
        }
        boolean onDevice = call.operands().stream().anyMatch(DeviceBuffer.class::isInstance);
        long part = onDevice ? Math.max(1, PART / Math.max(1, rows.axis() * rows.inner())) : rows.outer();
        for (long from = completed; from < rows.outer(); from += part) {
            finish(call, from, Math.min(part, rows.outer() - from), failure);
        }
    }

    private void finish(KernelCall call, long from, long count, RuntimeException failure) {
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
            throw first(failure, e);
        }
    }

    /** Which of two failures is the one to know, the second being that operands are out of reach. */
    private static RuntimeException first(RuntimeException failure, DeviceException e) {
        if (failure == null) {
            return e;
        }
        failure.addSuppressed(e);
        return failure;
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
        return newBuffer(this, type, length);
    }

    /** A buffer that belongs to another backend, which computes on this one. */
    DeviceBuffer newBuffer(Backend owner, DType type, long length) {
        try {
            return device.newBuffer(owner, type, length);
        } catch (DeviceException | KernelBuildException e) {
            fallbacks.add(e);
            return cpu.allocateFor(owner, type, length);
        }
    }

    Fallbacks fallbacks() {
        return fallbacks;
    }

    @Override
    protected Explanation explain(KernelFunction f, Operation operation, KernelSignature signature, long n,
                                  Explanation.Residence residence) {
        CostClass kind = signature == null ? CostClass.ofRows(operation.takesGradient()) : CostClass.of(signature);
        return choice.explain(operation.id() + " of " + f.describe(), kind, n, residence);
    }

    @Override
    public BackendInfo info() {
        BackendInfo onDevice = device.info();
        BackendInfo onCpu = cpu.info();
        return new BackendInfo(onDevice.backend(), onDevice.device(), onDevice.driver(), onDevice.reason(), onDevice.bitExact(),
                onCpu.cpuForm(), onDevice.deviceCalls(), onCpu.cpuCalls(), onCpu.simdRuns(), Fallbacks.list(fallbacks),
                sum(onDevice.memory(), onCpu.memory()));
    }

    /** A buffer for which the device had no memory lies on the CPU. */
    static MemoryStatistics sum(MemoryStatistics a, MemoryStatistics b) {
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
        choice.close();
        device.close();
        cpu.close();
    }
}
