package io.github.axoncl.internal.cpu;

import io.github.axoncl.DeviceException;
import io.github.axoncl.KernelCall;
import io.github.axoncl.Operand;
import io.github.axoncl.Rows;
import io.github.axoncl.internal.memory.HostMemory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Calls that cannot be computed at once: those that may be cancelled, and those with a buffer that does not fit an array. A
 * chunk is a number of outer indexes whose elements lie in one array of each operand; those that do not are copied.
 */
final class CpuChunks {
    /** Elements that a call may compute after it was cancelled: milliseconds at most. */
    private static final long ELEMENTS = 1 << 21;

    private final KernelCall call;
    private final Consumer<KernelCall> compute;

    private CpuChunks(KernelCall call, Consumer<KernelCall> compute) {
        this.call = call;
        this.compute = compute;
    }

    static boolean areNeeded(KernelCall call) {
        if (call.isCancellable() && call.isDivisible()) {
            return true;
        }
        for (int k = 0; k < call.operands().size(); k++) {
            if (call.operands().get(k) instanceof CpuBuffer buffer && buffer.isDivided()) {
                return true;
            }
        }
        return false;
    }

    /** Computes a call.
     *
     * @param compute computes one whose operands are all on the host
     * @throws DeviceException if every chunk needs all of a buffer that does not fit an array */
    static void run(KernelCall call, Consumer<KernelCall> compute) {
        new CpuChunks(call, compute).run();
    }

    private void run() {
        Rows rows = call.rows();
        long chunk = call.isDivisible() ? Math.max(1, ELEMENTS / Math.max(1, rows.axis() * rows.inner())) : rows.outer();
        for (long from = 0; from < rows.outer();) {
            call.checkCancelled();
            long count = within(from, Math.min(chunk, rows.outer() - from));
            chunk(from, count);
            from += count;
        }
    }

    /** As many outer indexes as lie in one array of each buffer, but at least one. */
    private long within(long from, long most) {
        long count = most;
        for (int k = 0; k < call.operands().size(); k++) {
            long per = call.isDivisible() ? call.perOuter(k) : 0;
            if (per > 0 && call.operands().get(k) instanceof CpuBuffer buffer) {
                count = Math.min(count, Math.max(1, buffer.elementsBehind(from * per) / per));
            }
        }
        return count;
    }

    private void chunk(long from, long count) {
        List<Operand> parts = new ArrayList<>();
        for (int k = 0; k < call.operands().size(); k++) {
            parts.add(part(call.operands().get(k), first(k, from), length(k, count)));
        }
        compute.accept(call.isDivisible() ? call.part(from, count, parts) : call.with(parts));
        for (int k = 0; k < parts.size(); k++) {
            Operand operand = call.operands().get(k);
            if (call.isOutput(k) && operand instanceof CpuBuffer buffer
                    && buffer.elementsBehind(first(k, from)) < length(k, count)) {
                buffer.copyFrom(first(k, from), parts.get(k));
            }
        }
    }

    private long first(int k, long from) {
        return call.isDivisible() ? from * call.perOuter(k) : 0;
    }

    private long length(int k, long count) {
        return call.isShared(k) || !call.isDivisible() ? call.operands().get(k).length() : count * call.perOuter(k);
    }

    /** Elements of an operand; those that lie in two arrays as a copy. */
    private Operand part(Operand operand, long from, long length) {
        if (!(operand instanceof CpuBuffer buffer)) {
            return HostMemory.part(operand, from, length);
        }
        if (length <= buffer.elementsBehind(from)) {
            return buffer.part(from, length);
        }
        if (length > CpuBuffer.MAX_ARRAY) {
            throw new DeviceException(call.describe() + ": on the CPU at most " + CpuBuffer.MAX_ARRAY
                    + " elements can be needed at once, not " + length, null);
        }
        Operand copy = new Operand.OfArray(HostMemory.newArray(operand.type(), (int) length), 0, (int) length, operand.type());
        buffer.copyTo(from, copy);
        return copy;
    }
}
