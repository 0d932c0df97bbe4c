package io.github.axoncl.internal.opencl;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendInfo;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.DeviceException;
import io.github.axoncl.KernelBuildException;
import io.github.axoncl.KernelCall;
import io.github.axoncl.Rows;
import io.github.axoncl.internal.log.Log;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Computes everything on one device or throws. After a failure that leaves the context dead it makes one new context and
 * repeats from host inputs what was not complete; buffers of the old context then throw at their next use.
 */
public final class OpenClBackend extends Backend {
    private static final Log LOG = Log.of(OpenClBackend.class);

    /** Elements of one outer index: launches are counted in 32 bits. */
    private static final long LARGEST_PLANE = 1L << 30;

    private final Cl cl;
    private final Device device;
    private final long poolBytes;
    private final String reason;
    private final Transfers transfers;
    private final Tilings tilings;
    private final AtomicLong calls = new AtomicLong();
    /** Lost ones; open until the backend is, because buffers refer to them. */
    private final List<Context> retired = new ArrayList<>();
    private volatile Context context;
    private volatile boolean closed;

    /** Opens the device.
     *
     * @throws ClException if that fails */
    OpenClBackend(Cl cl, Device device, BackendOptions options, String reason) {
        this(cl, device, options, reason, Tilings.USUAL);
    }

    /** Opens the device.
     *
     * @param tilings chooses for calls; closed with this backend
     * @throws ClException if that fails */
    OpenClBackend(Cl cl, Device device, BackendOptions options, String reason, Tilings tilings) {
        this.tilings = tilings;
        this.cl = cl;
        this.device = device;
        this.poolBytes = options.poolBytes() >= 0 ? options.poolBytes() : device.info().globalMemory() / 8;
        this.reason = reason;
        this.transfers = new Transfers(cl, options.transfer());
        this.context = Context.open(cl, device, poolBytes);
        tilings.opened(this::settle);
    }

    /** Waits until no call runs on the device that was submitted so far. */
    void settle() {
        Context current = context;
        if (current.enter()) {
            try {
                current.finish();
            } finally {
                current.exit();
            }
        }
    }

    @Override
    public boolean takesThreads() {
        return !device.isSimulator();
    }

    /** The device.
     *
     * @return what was discovered of it */
    public Device device() {
        return device;
    }

    Context context() {
        return context;
    }

    @Override
    public void compute(KernelCall call) {
        try {
            tryCompute(call);
        } catch (IncompleteException e) {
            throw e.failure();
        }
    }

    /** Computes one call. Arguments are checked and not empty; operands on the device are buffers of {@link #newBuffer(Backend,
     * DType, long)}, whoever owns them.
     *
     * @param call what to compute
     * @throws IncompleteException if the device or the driver fails; how many outer indexes are complete, with all later inputs
     *                             intact
     * @throws IllegalStateException if this backend or an operand is closed */
    public void tryCompute(KernelCall call) throws IncompleteException {
        refuse(call);
        boolean begun = tilings.begin();
        try {
            submit(call);
        } finally {
            if (begun) {
                tilings.end();
            }
        }
    }

    private void submit(KernelCall call) throws IncompleteException {
        boolean onHost = call.operands().stream().noneMatch(DeviceBuffer.class::isInstance);
        Tiling tiling = tilings.of(call.signature(), call.rows());
        long from = 0;
        while (true) {
            Context current = context;
            if (!current.enter()) {
                if (closed) {
                    throw new IllegalStateException("the backend is closed");
                }
                continue;
            }
            Call attempt = null;
            try {
                current.checkAlive();
                attempt = new Call(current, transfers, call, from, tiling);
                attempt.run();
                calls.incrementAndGet();
                return;
            } catch (ClException e) {
                from = attempt == null ? from : attempt.completed();
                boolean lost = current.failed(e);
                if (!(lost && replace(current, e) && onHost)) {
                    throw new IncompleteException(from, describe(e, call, from, attempt != null && attempt.touched()));
                }
                // The rows that are complete are not checked again, and what was found in them is lost.
                call.checkBeforehand();
            } catch (DeviceException | KernelBuildException e) {
                throw new IncompleteException(attempt == null ? from : attempt.completed(), e);
            } finally {
                current.exit();
            }
        }
    }

    /** What this device would get wrong. */
    private void refuse(KernelCall call) throws IncompleteException {
        Rows rows = call.rows();
        long row = switch (call.signature().form()) {
            case MAP -> 1;
            case ALONG_AXIS -> rows.axis();
            case ALONG_OTHERS -> rows.outer() * rows.inner();
        };
        if (row > device.longestRow()) {
            throw new IncompleteException(0, new DeviceException(call.describe() + ": rows of " + row + " elements exceed the "
                    + device.longestRow() + " that " + title() + " gets right", null));
        }
        if (call.signature().type() == DType.FLOAT64 && !device.info().fp64()) {
            throw new IncompleteException(0, new DeviceException(call.describe() + ": " + title() + " does not compute in "
                    + DType.FLOAT64, null));
        }
        if (rows.axis() * rows.inner() > LARGEST_PLANE) {
            throw new IncompleteException(0, new DeviceException(call.describe() + ": axis * inner of " + rows + " exceeds the "
                    + LARGEST_PLANE + " that one launch takes", null));
        }
    }

    private String title() {
        return device.info().name() + " (" + device.info().platform() + ")";
    }

    private DeviceException describe(ClException e, KernelCall call, long completed, boolean touched) {
        long plane = call.rows().axis() * call.rows().inner();
        String written = completed > 0 ? "; complete are the first " + completed * plane + " elements of the output"
                : touched ? "" : "; the output is untouched";
        String doubtful = touched ? "; its elements from " + completed * plane + " on may have been written" : "";
        return new DeviceException(e.getMessage() + " in " + call.describe() + ", n = " + call.rows().length() + ", on "
                + title() + written + doubtful, e);
    }

    /** Makes a new context in the place of a lost one, once.
     *
     * @return whether there is a usable one */
    private synchronized boolean replace(Context lost, ClException cause) {
        if (closed) {
            return false;
        }
        if (context != lost) {
            return !context.isLost();
        }
        if (!retired.isEmpty()) {
            return false;
        }
        try {
            context = Context.open(cl, device, poolBytes);
            retired.add(lost);
            LOG.warn("The device {} was lost ({}); continuing with a new context", device.info().name(), cause.getMessage());
            return true;
        } catch (ClException e) {
            LOG.debug("no new context after {}", cause.getMessage(), e);
            return false;
        }
    }

    @Override
    protected DeviceBuffer newBuffer(DType type, long length) {
        return newBuffer(this, type, length);
    }

    /** Makes a buffer on this device that belongs to another backend, which hands it back in its calls to
     * {@link #tryCompute}.
     *
     * @param owner  the backend that users see
     * @param type   the type of the elements
     * @param length the number of elements, may be 0
     * @return the buffer
     * @throws DeviceException if the memory cannot be had */
    public DeviceBuffer newBuffer(Backend owner, DType type, long length) {
        String what = "a DeviceBuffer of " + length + " " + type + " on " + device.info().name();
        // Some drivers promise more than there is, and fail when it is used.
        if (length > device.info().globalMemory() / type.bytes()) {
            throw new DeviceException(what + ": it has " + device.info().globalMemory() + " bytes", null);
        }
        Context current = context;
        if (!current.enter()) {
            throw new IllegalStateException("the backend is closed");
        }
        try {
            current.checkAlive();
            return new ClBuffer(owner, current, transfers, type, length);
        } catch (ClException e) {
            if (current.failed(e)) {
                replace(current, e);
            }
            throw new DeviceException(e.getMessage() + " for " + what, e);
        } finally {
            current.exit();
        }
    }

    @Override
    public BackendInfo info() {
        String tuned = tilings.describe();
        String why = tuned.isEmpty() ? reason : reason + "; " + tuned;
        return new BackendInfo("opencl", device.info().name(), device.info().platform() + ", driver " + device.info().driver(),
                why, device.info().bitExact(), "not used", calls.get(), 0, 0, List.of(), context.memory().statistics());
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        endAsyncCalls();
        List<Context> all;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            all = new ArrayList<>(retired);
            all.add(context);
        }
        tilings.close();
        all.forEach(Context::close);
    }
}
