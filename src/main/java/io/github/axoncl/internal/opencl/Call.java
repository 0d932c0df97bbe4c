package io.github.axoncl.internal.opencl;

import io.github.axoncl.DType;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.Operand;
import io.github.axoncl.Operation;
import io.github.axoncl.Rows;

import java.util.ArrayList;
import java.util.List;

/**
 * One call from its first chunk to its last: upload, launch, wait, download. Decides the size of chunks and knows at any moment
 * how much of the output is complete. Used by one thread, inside the context.
 */
final class Call {
    /** Work-items or elements in one launch: more than 2^31 is not safe on every driver. */
    private static final long MOST_PER_LAUNCH = 1L << 30;
    /** Elements per chunk where operands are copied: large enough to hide the launch, small enough that little is repeated. */
    private static final long STAGED_CHUNK = 1L << 20;
    private static final long SMALLEST_CHUNK = 1L << 12;

    private final Context context;
    private final Transfers transfers;
    private final Operation operation;
    private final KernelFunction function;
    private final Rows rows;
    private final long length;
    /** What cannot be divided: an element, or a row. */
    private final long unit;
    private final List<Placement> inputs = new ArrayList<>(2);
    private final Placement output;
    /** The output may be an input in host memory, which must stay whole until its chunk is done. */
    private final boolean inPlace;
    private long completed;
    private long chunkStart;
    private boolean touched;

    Call(Context context, Transfers transfers, Operation operation, KernelFunction function, Rows rows, Operand x, Operand dy,
         Operand out, long from) {
        this.context = context;
        this.transfers = transfers;
        this.operation = operation;
        this.function = function;
        this.rows = rows;
        this.length = x.length();
        this.unit = rows == null ? 1 : rows.axis();
        this.completed = from;
        inputs.add(new Placement(context, transfers, x, false));
        if (dy != null) {
            inputs.add(new Placement(context, transfers, dy, false));
        }
        output = new Placement(context, transfers, out, true);
        inPlace = !(out instanceof ClBuffer) && (Transfers.mayShare(x, out) || Transfers.mayShare(dy, out));
    }

    /** How many leading elements are complete, in whole rows. */
    long completed() {
        return completed / unit * unit;
    }

    /** Whether elements behind {@link #completed} may have been written to. */
    boolean touched() {
        return touched;
    }

    /** Computes what is not complete.
     *
     * @throws ClException if a call of OpenCL fails */
    void run() {
        try {
            inputs.forEach(Placement::begin);
            output.begin();
            LaunchKernel kernel = context.programs().kernel(function, operation, output.operand().type(), rows != null);
            chooseZeroCopy();
            long chunk = firstChunk(kernel);
            while (completed < length) {
                long count = Math.min(chunk, length - completed);
                try {
                    chunk(kernel, count);
                } catch (ClException e) {
                    chunk = smaller(e, count);
                }
            }
            if (output.isResident()) {
                context.flush();
            }
        } finally {
            inputs.forEach(Placement::close);
            output.close();
        }
    }

    // A kernel that writes where another of its operands reads needs its input kept, so such calls are copied.
    private void chooseZeroCopy() {
        output.tryZeroCopy();
        for (Placement input : inputs) {
            input.tryZeroCopy();
            boolean copied = input.isStaged() && Transfers.mayShare(input.operand(), output.operand());
            if (copied || input.overlaps(output)) {
                output.dropZeroCopy();
            }
        }
        // An output that stayed behind is copied to memory that an input may be read from in place.
        if (inPlace && !output.isZeroCopy()) {
            inputs.forEach(Placement::dropZeroCopy);
        }
    }

    private long firstChunk(LaunchKernel kernel) {
        boolean staged = output.isStaged() || inputs.stream().anyMatch(Placement::isStaged);
        long elements = MOST_PER_LAUNCH;
        if (staged) {
            elements = Math.min(STAGED_CHUNK, context.device().info().maxAllocation() / output.bytes(1));
        }
        if (rows == null) {
            return Math.max(1, elements);
        }
        long most = MOST_PER_LAUNCH / kernel.localSize();
        return Math.min(Math.max(1, elements / unit), most) * unit;
    }

    private long smaller(ClException e, long count) {
        if (!e.isOutOfMemory() || count <= Math.max(unit, SMALLEST_CHUNK)) {
            throw e;
        }
        inputs.forEach(Placement::endLease);
        output.endLease();
        context.memory().trim();
        return Math.max(1, count / 2 / unit) * unit;
    }

    private void chunk(LaunchKernel kernel, long count) {
        long from = completed;
        chunkStart = from;
        for (Placement input : inputs) {
            input.prepare(from, count);
        }
        output.prepare(from, count);
        launch(kernel, from, count);
        if (output.isResident()) {
            finishZeroCopyInputs();
            completed = from + count;
        } else if (output.isZeroCopy()) {
            context.finish();
            transfers.publish(context, output.handle(), output.bytes(from), output.bytes(count));
            completed = from + count;
            touched = false;
        } else {
            context.finish();
            touched |= !inPlace;
            long intact = !inPlace ? 0 : rows == null ? 1 : count;
            transfers.download(context, output.memory(), 0, output.operand(), from, count, intact,
                    done -> completed = from + done);
            touched = false;
        }
    }

    // The caller may change an input when the call returns, so its own memory must not be read any more.
    private void finishZeroCopyInputs() {
        if (inputs.stream().anyMatch(Placement::isZeroCopy)) {
            context.finish();
        }
    }

    // Element-wise kernels do not look at the length: whole work-groups first, then the rest in work-groups of one.
    private void launch(LaunchKernel kernel, long from, long count) {
        touched |= output.isZeroCopy();
        long local = kernel.localSize();
        if (rows != null) {
            submit(kernel, from, count / unit * local, local);
            return;
        }
        long whole = count / local * local;
        if (whole > 0) {
            submit(kernel, from, whole, local);
            // What was submitted to a buffer on the device counts, since it may have been an input.
            completed = output.isResident() ? from + whole : completed;
        }
        if (whole < count) {
            submit(kernel, from + whole, count - whole, 1);
        }
    }

    private void submit(LaunchKernel kernel, long from, long items, long group) {
        int parameters = function.definition().parameters().size();
        int sizes = rows == null ? 0 : 1;
        Object[] arguments = new Object[2 * inputs.size() + 2 + sizes + parameters];
        DeviceMemory[] used = new DeviceMemory[inputs.size() + 1];
        int next = 0;
        for (Placement input : inputs) {
            used[next / 2] = input.isZeroCopy() ? null : input.memory();
            arguments[next++] = input.handle();
            arguments[next++] = input.first(from, chunkStart);
        }
        used[next / 2] = output.isZeroCopy() ? null : output.memory();
        arguments[next++] = output.handle();
        arguments[next++] = output.first(from, chunkStart);
        if (rows != null) {
            arguments[next++] = unit;
        }
        for (int i = 0; i < parameters; i++) {
            // Not by ?:, which would make both a Double.
            if (output.operand().type() == DType.FLOAT64) {
                arguments[next++] = function.argument(i);
            } else {
                arguments[next++] = (float) function.argument(i);
            }
        }
        context.submit(kernel, items, group, used, arguments);
    }
}
