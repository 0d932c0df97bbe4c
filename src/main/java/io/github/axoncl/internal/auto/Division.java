package io.github.axoncl.internal.auto;

import io.github.axoncl.KernelCall;
import io.github.axoncl.Operand;
import io.github.axoncl.internal.cpu.CpuBackend;
import io.github.axoncl.internal.memory.HostMemory;
import io.github.axoncl.internal.opencl.IncompleteException;
import io.github.axoncl.internal.opencl.OpenClBackend;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;

/**
 * One call on host memory, divided. Whoever is free takes the next piece, so each computes as much as its speed is worth at
 * that moment. What a device does not finish goes back to be taken by another one; that device gets no more of this call. What
 * is left when no device remains, the CPU computes.
 */
final class Division {
    private final KernelCall call;
    private final long piece;
    private final List<Member> healthy;
    private final CpuBackend cpu;
    private final boolean cpuTakesPart;
    private final Fallbacks fallbacks;
    private final AtomicLong next = new AtomicLong();
    private final Queue<Range> returned = new ConcurrentLinkedQueue<>();
    private final Queue<Member> failed = new ConcurrentLinkedQueue<>();
    /** What is no device's failure: the call ends with it. */
    private final AtomicReference<Throwable> mistake = new AtomicReference<>();

    /**
     * A device that takes part.
     *
     * @param device the device
     * @param lock   held while it computes a piece: with PoCL 3.1 a blocking read of its device "basic" did not return when
     *               several threads used the device at a time
     */
    record Member(OpenClBackend device, Lock lock) {
    }

    /** Outer indexes. */
    private record Range(long from, long to) {
    }

    Division(KernelCall call, long piece, List<Member> devices, CpuBackend cpu, boolean cpuTakesPart,
             Fallbacks fallbacks) {
        this.call = call;
        this.piece = piece;
        this.healthy = new ArrayList<>(devices);
        this.cpu = cpu;
        this.cpuTakesPart = cpuTakesPart;
        this.fallbacks = fallbacks;
    }

    /** Computes all of it. The caller is one of those who do; the others run on these threads. */
    void run(Executor threads) {
        while (!healthy.isEmpty() && isLeft()) {
            List<Runnable> all = new ArrayList<>();
            healthy.forEach(member -> all.add(() -> work(member)));
            if (cpuTakesPart) {
                all.add(this::workOnCpu);
            }
            together(all, threads);
            rethrow();
            healthy.removeAll(failed);
        }
        workOnCpu();
        rethrow();
    }

    private boolean isLeft() {
        return !returned.isEmpty() || next.get() < call.rows().outer();
    }

    private Range take() {
        if (mistake.get() != null) {
            return null;
        }
        Range again = returned.poll();
        if (again != null) {
            return again;
        }
        long from = next.getAndUpdate(at -> Math.min(call.rows().outer(), at + piece));
        return from < call.rows().outer() ? new Range(from, Math.min(call.rows().outer(), from + piece)) : null;
    }

    private void work(Member member) {
        while (true) {
            member.lock.lock();
            Range range = take();
            try {
                if (range == null) {
                    return;
                }
                member.device.tryCompute(part(range));
            } catch (IncompleteException e) {
                returned.add(new Range(range.from + e.completed(), range.to));
                failed.add(member);
                fallbacks.add(e.failure());
                return;
            } finally {
                member.lock.unlock();
            }
        }
    }

    private void workOnCpu() {
        for (Range range = take(); range != null; range = take()) {
            cpu.compute(part(range));
        }
    }

    private KernelCall part(Range range) {
        long count = range.to - range.from;
        List<Operand> parts = new ArrayList<>();
        for (int k = 0; k < call.operands().size(); k++) {
            Operand operand = call.operands().get(k);
            long per = call.perOuter(k);
            parts.add(call.isShared(k) ? operand : HostMemory.part(operand, range.from * per, count * per));
        }
        return call.part(range.from, count, parts);
    }

    private void together(List<Runnable> all, Executor threads) {
        CountDownLatch done = new CountDownLatch(all.size() - 1);
        for (Runnable one : all.subList(1, all.size())) {
            try {
                threads.execute(() -> {
                    guarded(one);
                    done.countDown();
                });
            } catch (RejectedExecutionException e) {
                // Closed meanwhile: the caller meets that too.
                done.countDown();
            }
        }
        guarded(all.get(0));
        awaitAll(done);
    }

    private void guarded(Runnable one) {
        try {
            one.run();
        } catch (RuntimeException | Error e) {
            mistake.compareAndSet(null, e);
        }
    }

    /** The others still write to the caller's memory, so an interrupt must not end the waiting. */
    private static void awaitAll(CountDownLatch done) {
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void rethrow() {
        if (mistake.get() instanceof RuntimeException e) {
            throw e;
        }
        if (mistake.get() instanceof Error e) {
            throw e;
        }
    }
}
