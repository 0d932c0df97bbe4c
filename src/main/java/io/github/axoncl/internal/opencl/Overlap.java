package io.github.axoncl.internal.opencl;

import io.github.axoncl.KernelCall;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One call over large host memory: lanes take its chunks in turn, and while one of them copies to the device, another computes,
 * a third copies back, and others copy between the operands and their own memory. The caller's thread works in one of them.
 *
 * <p>Chunks are begun in order. The result of one is written to host memory when all earlier ones have theirs in the memory of
 * their lanes: from there on no call of OpenCL can fail. So what is complete in the end is always the start of the output, and
 * behind it nothing was written to host memory. Inputs there are whole although the output may be an input.
 */
final class Overlap {
    /** Slices begin at whole cache lines, also of devices with long ones. */
    private static final int ALIGNMENT = 128;
    /** Below this a chunk is not worth handing over to another thread. */
    private static final long SMALLEST_CHUNK = 512 << 10;
    /** Below this a call is computed by its own thread alone. */
    private static final long SMALLEST_CALL = 4 * SMALLEST_CHUNK;

    private final Context context;
    private final KernelCall call;
    private final List<Placement> placements;
    private final Launching launching;
    private final long outer;
    private final long chunk;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long next;
    /** All chunks before this one have their results in the memory of lanes, or in the output already. */
    private long computed;
    private long failedFrom = Long.MAX_VALUE;
    private Throwable failure;
    private int atWork;

    /** Submits the kernel for a chunk. */
    interface Launching {
        void launch(Lane lane, List<? extends Placed> placed, long from, long count);
    }

    private Overlap(Context context, KernelCall call, List<Placement> placements, Launching launching, long from, long chunk) {
        this.context = context;
        this.call = call;
        this.placements = placements;
        this.launching = launching;
        this.outer = call.rows().outer();
        this.chunk = chunk;
        this.next = from;
        this.computed = from;
    }

    /** The work, or null if it is not worth while or not possible so. */
    static Overlap of(Context context, KernelCall call, List<Placement> placements, Launching launching, long from) {
        long perOuter = 0;
        int slices = 0;
        for (Placement placement : placements) {
            if (isSliced(placement)) {
                perOuter += placement.bytes(placement.perOuter());
                slices++;
            }
        }
        long left = call.rows().outer() - from;
        if (!context.takesThreads() || perOuter == 0 || left < SMALLEST_CALL / perOuter) {
            return null;
        }
        long bytes = Math.min(Lanes.BYTES - (long) slices * ALIGNMENT,
                Math.max(SMALLEST_CHUNK, perOuter * left / (2L * context.lanes().most())));
        long chunk = Call.inFours(bytes / perOuter);
        return chunk == 0 || chunk > left / 2 ? null : new Overlap(context, call, placements, launching, from, chunk);
    }

    private static boolean isSliced(Placement placement) {
        return placement.isStaged() && placement.perOuter() > 0;
    }

    /** How many leading outer indexes are complete, after {@link #run}: every chunk that was begun before the first one that
     * failed. */
    long completed() {
        lock.lock();
        try {
            return Math.min(Math.min(next, outer), failedFrom);
        } finally {
            lock.unlock();
        }
    }

    /** Computes until all is complete, something fails, or the call is cancelled. No other thread is at work afterwards.
     *
     * @throws ClException if a call of OpenCL fails */
    void run() {
        List<Lane> lanes = context.lanes().take((outer - next + chunk - 1) / chunk);
        if (lanes.isEmpty()) {
            return;
        }
        try {
            placements.forEach(Placement::prepareForLanes);
            lanes.subList(1, lanes.size()).forEach(this::help);
            work(lanes.get(0));
        } catch (RuntimeException | Error e) {
            fail(Long.MAX_VALUE, e);
        } finally {
            awaitHelpers();
            context.lanes().give(lanes, failure == null);
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }

    private void help(Lane lane) {
        atWork(1);
        try {
            context.lanes().helpers().execute(() -> {
                try {
                    work(lane);
                } finally {
                    atWork(-1);
                }
            });
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // No further thread can be had: those that there are do its share.
            atWork(-1);
        }
    }

    private void atWork(int change) {
        lock.lock();
        try {
            atWork += change;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    // The others still use the caller's operands, so an interrupt must not end the waiting.
    private void awaitHelpers() {
        lock.lock();
        try {
            while (atWork > 0) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void work(Lane lane) {
        List<Placed> placed = new ArrayList<>();
        List<Slice> inputs = new ArrayList<>();
        List<Slice> outputs = new ArrayList<>();
        long from = Long.MAX_VALUE;
        try {
            divide(lane, placed, inputs, outputs);
            for (from = begin(); from >= 0; from = begin()) {
                chunk(lane, placed, inputs, outputs, from, Math.min(chunk, outer - from));
            }
        } catch (RuntimeException | Error e) {
            fail(from, e);
            // What was submitted may still be running on the leases.
            Quietly.run("clFinish", lane::finish);
        } finally {
            inputs.forEach(this::release);
            outputs.forEach(this::release);
        }
    }

    private void divide(Lane lane, List<Placed> placed, List<Slice> inputs, List<Slice> outputs) {
        long at = 0;
        for (Placement placement : placements) {
            if (!isSliced(placement)) {
                placed.add(placement);
                continue;
            }
            long bytes = placement.bytes(placement.count(chunk));
            DeviceMemory lease = context.kernelsUseLanes() ? null : context.memory().lease(bytes);
            if (lease != null) {
                // A launch on the context's queue may still use it.
                context.settle(lease);
            }
            Slice slice = new Slice(placement, lane, (int) at, lease);
            placed.add(slice);
            (placement.isOutput() ? outputs : inputs).add(slice);
            at += (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        }
    }

    private void release(Slice slice) {
        if (slice.lease() != null) {
            context.memory().give(slice.lease());
        }
    }

    /** The outer index at which the next chunk begins, or -1. */
    private long begin() {
        lock.lock();
        try {
            if (failure != null || next >= outer || call.isCancelled()) {
                return -1;
            }
            long from = next;
            next += chunk;
            return from;
        } finally {
            lock.unlock();
        }
    }

    private void chunk(Lane lane, List<Placed> placed, List<Slice> inputs, List<Slice> outputs, long from, long count) {
        boolean shared = context.kernelsUseLanes();
        outputs.forEach(output -> output.begin(from));
        for (Slice input : inputs) {
            input.begin(from);
            input.fromOperand(count);
            if (!shared) {
                input.toDevice(count);
            }
        }
        if (shared) {
            lane.unmap();
            launching.launch(lane, placed, from, count);
            lane.map();
        } else {
            launching.launch(lane, placed, from, count);
            outputs.forEach(output -> output.fromDevice(count));
            if (outputs.isEmpty()) {
                lane.finish();
            }
        }
        for (Placement placement : placements) {
            placement.publish(lane.queue(), from, count);
        }
        if (computed(from, count)) {
            outputs.forEach(output -> output.toOperand(count));
        }
    }

    /** Tells that the result of a chunk is in the memory of its lane, when this is true of all earlier chunks.
     *
     * @return false if one of them failed */
    private boolean computed(long from, long count) {
        lock.lock();
        try {
            while (computed < from && failedFrom >= from) {
                changed.awaitUninterruptibly();
            }
            if (computed < from) {
                return false;
            }
            computed = from + count;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the call.
     *
     * @param from the chunk that failed, which makes those behind it void; none if it is behind all that were begun */
    private void fail(long from, Throwable e) {
        lock.lock();
        try {
            failedFrom = Math.min(failedFrom, Math.min(from, next));
            if (failure == null) {
                failure = e;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
