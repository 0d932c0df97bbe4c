package io.github.axoncl.internal.opencl;

import io.github.axoncl.DeviceException;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_mem;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Owns a cl_context and everything made in it, and closes it all in the right order once nobody is inside.
 *
 * <p>Kernels run on one in-order queue, copies on another, so that a copy, during which an array is pinned, never waits for a
 * kernel: whoever copies waits for the kernels first. Submissions are numbered to know what that takes. Lanes have queues of
 * their own and wait for them themselves.
 */
final class Context {
    /** Submissions that may be under way before a caller has to wait: drivers keep memory for each. */
    private static final long MOST_UNDER_WAY = 512;

    private final Cl cl;
    private final Device device;
    private final cl_context context;
    private final cl_command_queue kernels;
    private final cl_command_queue copies;
    private final Programs programs;
    private final BufferManager memory;
    private final Lanes lanes;
    private final RowChecks rowChecks;

    private final ReentrantLock submission = new ReentrantLock();
    private final ReentrantLock finishing = new ReentrantLock();
    private final ReentrantReadWriteLock lifetime = new ReentrantReadWriteLock();
    /** Oclgrind bears one host thread at a time only. */
    private final ReentrantLock oneThread;
    private final AtomicLong finished = new AtomicLong();
    private volatile long submitted;
    private volatile ClException loss;
    private volatile boolean closed;

    private Context(Cl cl, Device device, cl_context context, cl_command_queue kernels, cl_command_queue copies,
                    long poolBytes) {
        this.cl = cl;
        this.device = device;
        this.context = context;
        this.kernels = kernels;
        this.copies = copies;
        this.programs = new Programs(cl, device, context);
        this.memory = new BufferManager(cl, context, this::finish, device.info().maxAllocation(), poolBytes);
        this.lanes = new Lanes(cl, this);
        this.rowChecks = new RowChecks(cl, this);
        this.oneThread = device.isSimulator() ? new ReentrantLock() : null;
    }

    /** Makes a context with its queues.
     *
     * @throws ClException if one of them cannot be had; nothing is left behind */
    static Context open(Cl cl, Device device, long poolBytes) {
        cl_context context = cl.clCreateContext(device.platform(), device.id());
        cl_command_queue kernels = null;
        try {
            kernels = cl.clCreateCommandQueue(context, device.id());
            cl_command_queue copies = cl.clCreateCommandQueue(context, device.id());
            return new Context(cl, device, context, kernels, copies, poolBytes);
        } catch (ClException e) {
            cl_command_queue made = kernels;
            if (made != null) {
                Quietly.run("clReleaseCommandQueue", () -> cl.clReleaseCommandQueue(made));
            }
            Quietly.run("clReleaseContext", () -> cl.clReleaseContext(context));
            throw e;
        }
    }

    Device device() {
        return device;
    }

    Programs programs() {
        return programs;
    }

    BufferManager memory() {
        return memory;
    }

    /** The lanes for large calls over host memory that is copied. */
    Lanes lanes() {
        return lanes;
    }

    /** Where kernels note which rows are wrong. */
    RowChecks rowChecks() {
        return rowChecks;
    }

    /** Whether several threads may call the driver at once. */
    boolean takesThreads() {
        return oneThread == null;
    }

    /** Whether kernels work in the memory of lanes, because the device has no other. */
    boolean kernelsUseLanes() {
        return device.info().unifiedMemory();
    }

    cl_context handle() {
        return context;
    }

    /** The queue for copies. Before a copy: {@link #settle}. */
    cl_command_queue copies() {
        return copies;
    }

    /** Keeps the context open until {@link #exit}; false if it is closed already. */
    boolean enter() {
        lifetime.readLock().lock();
        if (closed) {
            lifetime.readLock().unlock();
            return false;
        }
        if (oneThread != null) {
            oneThread.lock();
        }
        return true;
    }

    void exit() {
        if (oneThread != null) {
            oneThread.unlock();
        }
        lifetime.readLock().unlock();
    }

    /** Submits one launch. Waits only if far too many are under way. */
    void submit(LaunchKernel kernel, long globalSize, long groupSize, DeviceMemory[] used, Object... arguments) {
        submission.lock();
        try {
            kernel.enqueue(kernels, globalSize, groupSize, arguments);
            long number = submitted + 1;
            submitted = number;
            for (DeviceMemory memoryUsed : used) {
                if (memoryUsed != null) {
                    memoryUsed.usedBy(number);
                }
            }
        } finally {
            submission.unlock();
        }
        if (submitted - finished.get() > MOST_UNDER_WAY) {
            finish();
        }
    }

    /** Submits one launch to the queue of a lane, whose user waits for it. */
    void submit(Lane lane, LaunchKernel kernel, long globalSize, long groupSize, Object... arguments) {
        submission.lock();
        try {
            kernel.enqueue(lane.queue(), globalSize, groupSize, arguments);
        } finally {
            submission.unlock();
        }
    }

    /** Lets the device begin with what was submitted. */
    void flush() {
        if (device.mayFlush()) {
            cl.clFlush(kernels);
        }
    }

    /** Waits for all launches submitted so far. One thread at a time: in rusticl a second caller would return while the first
     * still waits for the work of both. */
    void finish() {
        finishing.lock();
        try {
            long number = submitted;
            cl.clFinish(kernels);
            finished.accumulateAndGet(number, Math::max);
        } finally {
            finishing.unlock();
        }
    }

    /** Copies from the device behind all launches submitted so far, and waits for them with it: one wait, where {@link #finish}
     * and a copy are two.
     *
     * @param to a direct buffer, which is filled */
    void readBehindLaunches(cl_mem memory, ByteBuffer to) {
        finishing.lock();
        try {
            long number = submitted;
            cl.clEnqueueReadBuffer(kernels, memory, 0, to, 0, to.capacity());
            finished.accumulateAndGet(number, Math::max);
        } finally {
            finishing.unlock();
        }
    }

    /** Waits until nothing runs on this memory. */
    void settle(DeviceMemory used) {
        if (used.lastUse() > finished.get()) {
            finish();
        }
    }

    /** Looks at a failure; after some of them the context is of no more use.
     *
     * @return whether it is lost */
    boolean failed(ClException e) {
        if (e.isDeviceLost() && loss == null) {
            loss = e;
        }
        return loss != null;
    }

    boolean isLost() {
        return loss != null;
    }

    /** Throws if the device was lost, and with it the content of its memory. */
    void checkAlive() {
        ClException lost = loss;
        if (lost != null) {
            throw new DeviceException("the device " + device.info().name() + " was lost with the content of its buffers: "
                    + lost.getMessage(), lost);
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Waits for those inside and for what is running, then releases everything. Idempotent. */
    void close() {
        lifetime.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            Quietly.run("clFinish", () -> cl.clFinish(kernels));
            lanes.close();
            rowChecks.close();
            memory.close();
            programs.close();
            Quietly.run("clReleaseCommandQueue", () -> cl.clReleaseCommandQueue(copies));
            Quietly.run("clReleaseCommandQueue", () -> cl.clReleaseCommandQueue(kernels));
            Quietly.run("clReleaseContext", () -> cl.clReleaseContext(context));
        } finally {
            lifetime.writeLock().unlock();
        }
    }
}
