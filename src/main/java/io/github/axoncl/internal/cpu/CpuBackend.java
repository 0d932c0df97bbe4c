package io.github.axoncl.internal.cpu;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendInfo;
import io.github.axoncl.BackendInfo.MemoryStatistics;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.DeviceException;
import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.Operand;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Computes on the CPU, on all cores: the fallback, and the reference of every test. */
public final class CpuBackend extends Backend {
    private volatile String reason;
    private final LoopCompiler compiler;
    private final CpuFunctions functions;
    private final Workers workers = new Workers();
    private final LongAdder calls = new LongAdder();
    private final AtomicLong liveBytes = new AtomicLong();
    private final AtomicLong peakBytes = new AtomicLong();
    private final LongAdder allocations = new LongAdder();
    /** Weakly: a forgotten buffer must remain collectable. */
    private final Set<CpuBuffer> buffers = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Makes the backend.
     *
     * @param reason why it was chosen, for {@link #info()}
     * @param simd   whether the SIMD form may be used */
    public CpuBackend(String reason, boolean simd) {
        this.reason = reason;
        this.compiler = new LoopCompiler(simd ? LoopCompiler.Form.fromProperty() : LoopCompiler.Form.SCALAR);
        this.functions = new CpuFunctions(compiler, new Blocks(Runtime.getRuntime().availableProcessors()));
    }

    /** Says why it computes.
     *
     * @param why for {@link #info()} */
    public void because(String why) {
        reason = why;
    }

    @Override
    public void compute(KernelCall call) {
        call.checkBeforehand();
        if (CpuChunks.areNeeded(call)) {
            CpuChunks.run(call, this::computeAtOnce);
        } else {
            computeAtOnce(call);
        }
        calls.increment();
    }

    private void computeAtOnce(KernelCall call) {
        if (call.signature().form() == Form.MAP) {
            functions.map(call.signature()).run(workers, call);
        } else {
            functions.rows(call.signature(), RowLoops.sideBySide(call)).run(workers, call);
        }
    }

    @Override
    protected boolean computesInHostMemory() {
        return true;
    }

    @Override
    protected DeviceBuffer newBuffer(DType type, long length) {
        return allocateFor(this, type, length);
    }

    /** A buffer in host memory that belongs to another backend, which computes on this one in need. */
    public CpuBuffer allocateFor(Backend owner, DType type, long length) {
        if (owner != this && length > CpuBuffer.MAX_ARRAY) {
            throw new DeviceException("a buffer of " + length + " elements: in place of a device's at most "
                    + CpuBuffer.MAX_ARRAY
                    + " are possible", null);
        }
        CpuBuffer buffer = new CpuBuffer(owner, type, length, bytes -> liveBytes.addAndGet(-bytes));
        allocations.increment();
        long live = liveBytes.addAndGet(length * type.bytes());
        peakBytes.accumulateAndGet(live, Math::max);
        buffers.add(buffer);
        if (closed.get()) {
            buffer.close();
            throw new IllegalStateException("the backend is closed");
        }
        return buffer;
    }

    @Override
    public BackendInfo info() {
        String java = System.getProperty("java.vm.name") + " " + Runtime.version();
        return new BackendInfo("cpu", "CPU (" + Runtime.getRuntime().availableProcessors() + " threads)", java, reason, true,
                compiler.describe(), 0, calls.sum(), compiler.simdRuns(), List.of(),
                new MemoryStatistics(liveBytes.get(), 0, peakBytes.get(), allocations.sum(), 0, 0));
    }

    @Override
    public boolean isClosed() {
        return closed.get();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            endAsyncCalls();
            workers.close();
            compiler.close();
            List<CpuBuffer> open;
            synchronized (buffers) {
                open = new ArrayList<>(buffers);
                buffers.clear();
            }
            for (CpuBuffer buffer : open) {
                buffer.close();
            }
        }
    }
}
