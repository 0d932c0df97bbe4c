package io.github.axoncl.internal.opencl;

import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelSignature.Form;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is launched for the chunks of a call: which kernels, over how many work-items, with which arguments. */
abstract class LaunchPlan implements AutoCloseable {
    /** Work-items or elements in one launch: more than 2^31 is not safe on every driver. */
    static final long MOST_PER_LAUNCH = 1L << 30;

    final Context context;
    final KernelCall call;
    /** The elements of one outer index. */
    final long plane;
    /** Where kernels note the first row that is wrong; null if rows are not checked. */
    private RowChecks.Word firstWrong;

    LaunchPlan(Context context, KernelCall call) {
        this.context = context;
        this.call = call;
        this.plane = Math.max(1, call.rows().axis() * call.rows().inner());
    }

    /** How many outer indexes one chunk may have. */
    abstract long mostOuters();

    /** Submits what computes a chunk.
     *
     * @param lane   whose queue is used, null for the context's
     * @param placed the operands
     * @param from   the outer index at which the chunk begins
     * @param count  its outer indexes
     * @throws ClException if that fails */
    abstract void launch(Lane lane, List<? extends Placed> placed, long from, long count);

    /** Gets what the launches of the call need beside its operands; {@link #close} gives it back.
     *
     * @throws ClException if that fails */
    final void begin() {
        firstWrong = call.isChecked() ? context.rowChecks().take() : null;
    }

    /** Whether the rows of the call are checked in its launches. */
    final boolean checksRows() {
        return firstWrong != null;
    }

    /** Waits for all launches of a call whose rows are checked.
     *
     * @return the number of the first row that is wrong, or -1 */
    final long firstWrong() {
        long row = context.rowChecks().firstWrong(firstWrong);
        firstWrong = null;
        return row;
    }

    /** Whether a launch of the last chunk failed after an earlier one had written to outputs. */
    boolean hasWritten() {
        return false;
    }

    /** Gives back what the launches of the call needed beside its operands. They may still be running. */
    @Override
    public void close() {
        if (firstWrong != null) {
            context.rowChecks().drop(firstWrong);
            firstWrong = null;
        }
    }

    /** The arguments of a kernel up to the numbers of the call: for each operand its memory and the index of its first element, the
     * shape unless the kernel is element-wise, the lengths of shared operands.
     *
     * @param first  what is added to the indexes of an element-wise kernel's operands
     * @param before what comes before the shape */
    List<Object> operands(LaunchKernel kernel, List<? extends Placed> placed, long from, long first, Object... before) {
        List<Object> arguments = new ArrayList<>(24);
        for (Placed operand : placed) {
            arguments.add(operand.handle(from));
            arguments.add(operand.firstInHandle(from) + (kernel.isElementwise() ? first : 0));
        }
        if (!kernel.isElementwise()) {
            arguments.addAll(List.of(before));
            arguments.add(call.rows().outer());
            arguments.add(call.rows().axis());
            arguments.add(call.rows().inner());
            arguments.add(call.firstOuter() + from);
            arguments.add(call.repeatEach());
            addReciprocals(arguments);
            for (int k = 0; k < placed.size(); k++) {
                if (call.isShared(k)) {
                    // Kernels divide by it even where there are no elements.
                    arguments.add(Math.max(1, call.operands().get(k).length() / plane));
                }
            }
        }
        kernel.addValues(call, arguments);
        if (firstWrong != null) {
            arguments.add(firstWrong.memory());
        }
        return arguments;
    }

    /** Adds what kernels multiply by in place of dividing. */
    void addReciprocals(List<Object> arguments) {
        if (call.signature().form() == Form.MAP) {
            arguments.add(Reciprocal.of(plane));
        }
        arguments.add(Reciprocal.of(Math.max(1, call.rows().inner())));
    }

    static long ceiling(long n, long divisor) {
        return (n + divisor - 1) / divisor;
    }

    void submit(LaunchKernel kernel, Lane lane, List<? extends Placed> placed, long from, long items, long group,
                List<Object> arguments, DeviceMemory... more) {
        if (lane != null) {
            context.submit(lane, kernel, items, group, arguments.toArray());
            return;
        }
        DeviceMemory[] used = Arrays.copyOf(more, more.length + placed.size());
        for (int k = 0; k < placed.size(); k++) {
            used[more.length + k] = placed.get(k).counted(from);
        }
        context.submit(kernel, items, group, used, arguments.toArray());
    }
}
