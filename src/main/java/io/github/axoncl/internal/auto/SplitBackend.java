package io.github.axoncl.internal.auto;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendInfo;
import io.github.axoncl.BackendInfo.MemoryStatistics;
import io.github.axoncl.BackendInfo.Share;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Explanation;
import io.github.axoncl.Explanation.Residence;
import io.github.axoncl.Explanation.Source;
import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.Operation;
import io.github.axoncl.Rows;
import io.github.axoncl.internal.cpu.CpuBackend;
import io.github.axoncl.internal.opencl.OpenClBackend;
import io.github.axoncl.internal.threads.Daemons;

import java.util.List;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Divides long calls on host memory among several devices and the CPU, by outer index; all give the same bits. Everything else,
 * short calls, calls on device buffers, which belong to the first device, and sums over the outer index, goes to the first
 * device or the CPU as with one device.
 */
final class SplitBackend extends Backend {
    /** Fewer elements are not worth a launch. */
    private static final long SMALLEST_PIECE = 1 << 16;
    /** How many pieces there are for each who computes: the fewer, the longer the last one is waited for. */
    private static final int PIECES_EACH = 8;

    private final List<OpenClBackend> devices;
    private final List<Division.Member> members;
    private final CpuBackend cpu;
    private final boolean cpuTakesPart;
    private final AutoBackend whole;
    private final Fallbacks fallbacks = new Fallbacks("Leaving to the others what a device should have computed");
    private final ThreadPoolExecutor threads;

    /** Makes the backend.
     *
     * @param devices      at least one, best first
     * @param cpu          computes what no device can
     * @param cpuTakesPart whether it computes beside the devices too: pointless where one of them is the same processor
     * @param choice       decides on calls that are not divided */
    SplitBackend(List<OpenClBackend> devices, CpuBackend cpu, boolean cpuTakesPart, Choice choice) {
        this.devices = List.copyOf(devices);
        this.members = devices.stream().map(device -> new Division.Member(device, new ReentrantLock())).toList();
        this.cpu = cpu;
        this.cpuTakesPart = cpuTakesPart;
        this.whole = new AutoBackend(devices.get(0), cpu, choice);
        this.threads = Daemons.executor("axoncl-split", devices.size(), Thread.NORM_PRIORITY);
    }

    @Override
    protected void compute(KernelCall call) {
        KernelCall here = AutoBackend.onHost(call);
        // What is left of a cancelled call is a prefix, which pieces that are computed in any order do not give.
        if (here.isDivisible() && !here.isCancellable() && !here.isChecked() && here.rows().outer() > 1
                && here.rows().length() >= 2 * SMALLEST_PIECE
                && here.operands().stream().noneMatch(DeviceBuffer.class::isInstance)) {
            new Division(here, piece(here.rows()), members, cpu, cpuTakesPart, fallbacks).run(threads);
        } else {
            whole.compute(here);
        }
    }

    /** The outer indexes of a piece. */
    private long piece(Rows rows) {
        long plane = Math.max(1, rows.axis() * rows.inner());
        long pieces = (long) PIECES_EACH * (devices.size() + (cpuTakesPart ? 1 : 0));
        return Math.max(1, Math.max(SMALLEST_PIECE / plane, (rows.outer() + pieces - 1) / pieces));
    }

    @Override
    protected boolean takesThreads() {
        return whole.takesThreads();
    }

    @Override
    protected DeviceBuffer newBuffer(DType type, long length) {
        return whole.newBuffer(this, type, length);
    }

    @Override
    protected Explanation explain(KernelFunction f, Operation operation, KernelSignature signature, long n,
                                  Residence residence) {
        if (residence == Residence.DEVICE || n < 2 * SMALLEST_PIECE) {
            return whole.explain(f, operation, signature, n, residence);
        }
        return new Explanation("opencl", operation.id() + " of " + f.describe(), n, residence, Double.NaN, Double.NaN,
                Source.NO_CHOICE, "it is divided among " + names());
    }

    private String names() {
        return devices.stream().map(device -> device.device().info().name()).collect(Collectors.joining(" and "))
                + (cpuTakesPart ? " and the CPU" : "");
    }

    @Override
    public BackendInfo info() {
        BackendInfo first = whole.info();
        List<BackendInfo> each = devices.stream().map(OpenClBackend::info).toList();
        MemoryStatistics memory = first.memory();
        for (BackendInfo other : each.subList(1, each.size())) {
            memory = AutoBackend.sum(memory, other.memory());
        }
        return new BackendInfo("opencl", names(), each.stream().map(BackendInfo::driver).distinct()
                .collect(Collectors.joining("; ")), first.reason(), true, first.cpuForm(),
                each.stream().mapToLong(BackendInfo::deviceCalls).sum(), first.cpuCalls(), first.simdRuns(),
                Fallbacks.list(whole.fallbacks(), fallbacks), memory,
                each.stream().map(info -> new Share(info.device(), info.deviceCalls())).toList());
    }

    @Override
    public boolean isClosed() {
        return whole.isClosed();
    }

    @Override
    public void close() {
        endAsyncCalls();
        threads.shutdown();
        whole.close();
        devices.forEach(OpenClBackend::close);
    }
}
