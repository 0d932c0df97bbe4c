package io.github.axoncl.internal.cpu;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendInfo;
import io.github.axoncl.BackendInfo.MemoryStatistics;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.KernelDefinition;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.Operand;
import io.github.axoncl.Operation;
import io.github.axoncl.Rows;
import io.github.axoncl.internal.memory.HostMemory;

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
    /** Elements of direct memory pass through arrays of this size, which stay in the first-level cache. */
    private static final int BLOCK = 4096;
    /** A piece of work has at least this many operations, about 20 microseconds: far above what handing it over costs. */
    private static final long OPERATIONS_PER_PIECE = 1 << 20;

    private final String reason;
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
        this.functions = new CpuFunctions(compiler);
    }

    @Override
    public void compute(Operation operation, KernelFunction function, Rows rows, Operand x, Operand dy, Operand out) {
        Operand[] operands = dy == null ? new Operand[] {onHost(x), onHost(out)}
                : new Operand[] {onHost(x), onHost(dy), onHost(out)};
        if (rows == null) {
            elementwise(functions.elementwise(function, operation, x.type()), operands, parameters(function));
        } else {
            rowwise(operation, function.definition(), rows, operands);
        }
        calls.increment();
    }

    private static Operand onHost(Operand operand) {
        return operand instanceof CpuBuffer buffer ? buffer.elements() : operand;
    }

    private static double[] parameters(KernelFunction function) {
        double[] values = new double[function.definition().parameters().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = function.argument(i);
        }
        return values;
    }

    private void elementwise(CompiledLoop loop, Operand[] operands, double[] parameters) {
        long grain = OPERATIONS_PER_PIECE / (loop.shape().line().operations() + 8) / BLOCK * BLOCK + BLOCK;
        workers.split(operands[0].length(), grain, (from, to) -> range(loop, operands, parameters, (int) from, (int) to));
    }

    private static void range(CompiledLoop loop, Operand[] operands, double[] parameters, int from, int to) {
        Object[] arrays = new Object[operands.length];
        int[] offsets = new int[operands.length];
        boolean inArrays = true;
        for (int k = 0; k < operands.length; k++) {
            arrays[k] = HostMemory.array(operands[k]);
            offsets[k] = HostMemory.offset(operands[k]) + from;
            inArrays &= arrays[k] != null;
        }
        if (inArrays) {
            loop.run(arrays, offsets, to - from, parameters);
            return;
        }
        boolean[] staged = new boolean[operands.length];
        for (int k = 0; k < operands.length; k++) {
            staged[k] = arrays[k] == null;
            if (staged[k]) {
                arrays[k] = HostMemory.newArray(operands[k].type(), BLOCK);
                offsets[k] = 0;
            }
        }
        int out = operands.length - 1;
        for (int at = from; at < to; at += BLOCK) {
            int length = Math.min(BLOCK, to - at);
            for (int k = 0; k < out; k++) {
                if (staged[k]) {
                    HostMemory.read(operands[k], at, arrays[k], 0, length);
                }
            }
            loop.run(arrays, offsets, length, parameters);
            if (staged[out]) {
                HostMemory.write(arrays[out], 0, operands[out], at, length);
            }
            for (int k = 0; k < operands.length; k++) {
                offsets[k] += staged[k] ? 0 : length;
            }
        }
    }

    private void rowwise(Operation operation, KernelDefinition definition, Rows rows, Operand[] operands) {
        RowLoops loops = functions.rowwise(definition, operation);
        int axis = (int) rows.axis();
        workers.split(rows.outer(), Math.max(1, 4L * BLOCK / axis), (from, to) -> {
            RowLoops.Scratch scratch = new RowLoops.Scratch();
            Row xRow = new Row(operands[0], axis);
            Row dyRow = operands.length == 2 ? null : new Row(operands[1], axis);
            Row outRow = new Row(operands[operands.length - 1], axis);
            for (int row = (int) from; row < to; row++) {
                int at = row * axis;
                xRow.open(at, true);
                outRow.open(at, false);
                if (dyRow == null) {
                    loops.run(scratch, xRow.array, xRow.at, null, 0, outRow.array, outRow.at, axis);
                } else {
                    dyRow.open(at, true);
                    loops.run(scratch, xRow.array, xRow.at, dyRow.array, dyRow.at, outRow.array, outRow.at, axis);
                }
                outRow.flush(at);
            }
        });
    }

    /** One row of an operand as a part of an array: the operand's own, or a copy of direct memory. */
    private static final class Row {
        private final Operand operand;
        private final int length;
        private final boolean staged;
        private final float[] array;
        private int at;

        Row(Operand operand, int length) {
            this.operand = operand;
            this.length = length;
            float[] own = (float[]) HostMemory.array(operand);
            this.staged = own == null;
            this.array = staged ? new float[length] : own;
        }

        void open(int from, boolean read) {
            at = staged ? 0 : HostMemory.offset(operand) + from;
            if (staged && read) {
                HostMemory.read(operand, from, array, 0, length);
            }
        }

        void flush(int from) {
            if (staged) {
                HostMemory.write(array, 0, operand, from, length);
            }
        }
    }

    @Override
    protected DeviceBuffer newBuffer(DType type, long length) {
        return allocateFor(this, type, length);
    }

    /** A buffer in host memory that belongs to another backend, which computes on this one in need. */
    public CpuBuffer allocateFor(Backend owner, DType type, long length) {
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
            workers.close();
            compiler.close();
            List<CpuBuffer> open;
            synchronized (buffers) {
                open = new ArrayList<>(buffers);
                buffers.clear();
            }
            open.forEach(CpuBuffer::close);
        }
    }
}
