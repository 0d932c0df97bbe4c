package io.github.axoncl.internal.opencl;

import io.github.axoncl.DeviceException;
import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.Operand;
import io.github.axoncl.Rows;

import java.util.ArrayList;
import java.util.List;

/**
 * One call from its first chunk to its last: upload, launch, wait, download. Decides the size of chunks and knows at any moment
 * how much of the output is complete. A chunk is a number of outer indexes. Used by one thread, inside the context.
 */
final class Call {
    /** Elements per chunk where operands are copied: large enough to hide the launch, small enough that little is repeated. */
    private static final long STAGED_CHUNK = 1L << 20;
    /** Elements per chunk of a call that may be cancelled: milliseconds, which hide that somebody waits after each. */
    private static final long CANCELLABLE_CHUNK = 1L << 22;
    private static final long SMALLEST_CHUNK = 1L << 12;
    private static final long MOST_IN_VECTOR = 16;

    private final Context context;
    private final Transfers transfers;
    private final KernelCall call;
    private final Form form;
    private final long outer;
    /** The elements of one outer index. */
    private final long plane;
    private final List<Placement> placements = new ArrayList<>(3);
    private final List<Placement> inputs = new ArrayList<>(2);
    private final List<Placement> outputs = new ArrayList<>(1);
    private final Tiling tiling;
    private LaunchPlan plan;
    /** An output may be an input in host memory, which must stay whole until its chunk is done. */
    private final boolean inPlace;
    private long completed;
    private boolean touched;

    Call(Context context, Transfers transfers, KernelCall call, long from, Tiling tiling) {
        this.tiling = tiling;
        this.context = context;
        this.transfers = transfers;
        this.call = call;
        this.form = call.signature().form();
        Rows rows = call.rows();
        this.outer = rows.outer();
        this.plane = Math.max(1, rows.axis() * rows.inner());
        this.completed = from;
        for (int k = 0; k < call.operands().size(); k++) {
            Placement placement = new Placement(context, transfers, call.operands().get(k), call.isOutput(k),
                    call.perOuter(k));
            placements.add(placement);
            (call.isOutput(k) ? outputs : inputs).add(placement);
        }
        inPlace = outputs.stream().anyMatch(output -> !(output.operand() instanceof ClBuffer)
                && inputs.stream().anyMatch(input -> Transfers.mayShare(input.operand(), output.operand())));
    }

    /** How many leading outer indexes are complete. */
    long completed() {
        return completed;
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
            placements.forEach(Placement::begin);
            plan = plan();
            plan.begin();
            chooseZeroCopy();
            overlap();
            long chunk = firstChunk();
            // Rows along the outer index exist even if it has no extent.
            boolean sumsOfNothing = outer == 0 && !call.isDivisible();
            while (completed < outer || sumsOfNothing) {
                sumsOfNothing = false;
                call.checkCancelled();
                long count = together(Math.min(chunk, outer - completed));
                try {
                    chunk(count);
                } catch (ClException e) {
                    chunk = smaller(e, count);
                }
            }
            if (plan.checksRows()) {
                long wrong = plan.firstWrong();
                if (wrong >= 0) {
                    throw call.wrongRow(wrong);
                }
            } else if (outputs.stream().anyMatch(Placement::isResident)) {
                context.flush();
            }
        } finally {
            if (plan != null) {
                plan.close();
            }
            placements.forEach(Placement::close);
        }
    }

    private LaunchPlan plan() {
        if (context.device().form() == KernelForm.GPU) {
            return form == Form.MAP ? new GridPlan(context, call, tiling) : new RowGridPlan(context, call, tiling, residentInPlace());
        } else if (form != Form.MAP) {
            return new RowPlan(context, call);
        }
        boolean counts = outputs.stream().allMatch(Placement::isResident);
        return new LoopPlan(context, call, tiling, residentInPlace(), counts ? done -> completed = done : null);
    }

    // A kernel that writes where another of its operands reads needs its input kept, so such calls are copied.
    private void chooseZeroCopy() {
        outputs.forEach(Placement::tryZeroCopy);
        for (Placement input : inputs) {
            input.tryZeroCopy();
            for (Placement output : outputs) {
                boolean copied = input.isStaged() && Transfers.mayShare(input.operand(), output.operand());
                if (copied || input.overlaps(output)) {
                    output.dropZeroCopy();
                }
            }
        }
        // An output that stayed behind is copied to memory that an input may be read from in place.
        if (inPlace && outputs.stream().anyMatch(output -> !output.isZeroCopy())) {
            inputs.forEach(Placement::dropZeroCopy);
            outputs.forEach(Placement::dropZeroCopy);
        }
    }

    /** Computes a large call over host memory that is copied in several lanes at once. What they leave, because memory was too
     * short for them, is done as if there were none. */
    private void overlap() {
        if (!call.isDivisible() || residentInPlace() || placements.stream().anyMatch(Placement::isDivided)) {
            return;
        }
        Overlap overlap = Overlap.of(context, call, placements, plan::launch, completed);
        if (overlap == null) {
            return;
        }
        touched = outputs.stream().anyMatch(output -> !output.isStaged());
        try {
            overlap.run();
        } catch (ClException e) {
            if (!e.isOutOfMemory() || context.failed(e)) {
                throw e;
            }
            context.lanes().trim();
            context.memory().trim();
        } finally {
            completed = overlap.completed();
        }
        touched = false;
    }

    /** Of so many outer indexes those that lie in one piece of device memory of each operand. */
    private long together(long outers) {
        long count = outers;
        for (Placement placement : placements) {
            count = call.isDivisible() || !placement.isDivided() ? placement.together(completed, count) : 0;
        }
        if (count == 0 && outers > 0) {
            throw new DeviceException("all elements of a DeviceBuffer are needed at once that exceeds the largest allocation of "
                    + context.device().info().name(), null);
        }
        return count;
    }

    private long firstChunk() {
        if (!call.isDivisible()) {
            return outer;
        }
        long elements = call.isCancellable() ? CANCELLABLE_CHUNK : LaunchPlan.MOST_PER_LAUNCH;
        for (Placement placement : placements) {
            if (placement.isStaged() && placement.perOuter() > 0) {
                long most = Math.min(STAGED_CHUNK, context.device().info().maxAllocation() / placement.bytes(1));
                elements = Math.min(elements, most * plane / placement.perOuter());
            }
        }
        return inFours(Math.max(1, Math.min(elements / plane, plan.mostOuters())));
    }

    /** A chunk of so many outer indexes or a few less, so that the next one begins with a multiple of 4, or of what a vector may
     * have: random words are made for four elements at once, and elements are moved in vectors. */
    static long inFours(long outers) {
        long multiple = outers < MOST_IN_VECTOR ? 4 : MOST_IN_VECTOR;
        return outers < 4 ? outers : outers / multiple * multiple;
    }

    private long smaller(ClException e, long count) {
        if (!e.isOutOfMemory() || count <= 1 || count * plane <= SMALLEST_CHUNK || !call.isDivisible()) {
            throw e;
        }
        placements.forEach(Placement::endLease);
        context.memory().trim();
        return Math.max(1, count / 2);
    }

    private void chunk(long count) {
        long from = completed;
        for (Placement placement : placements) {
            placement.prepare(from, count);
        }
        touched |= outputs.stream().anyMatch(Placement::isZeroCopy);
        try {
            plan.launch(null, placements, from, count);
        } catch (ClException e) {
            touched |= plan.hasWritten() && outputs.stream().anyMatch(Placement::isResident);
            throw e;
        }
        if (outputs.stream().allMatch(Placement::isResident)) {
            if (call.isCancellable() || inputs.stream().anyMatch(Placement::isZeroCopy)) {
                // The caller may change an input when the call returns, so its own memory must not be read any more.
                context.finish();
            }
            completed = from + count;
            return;
        }
        context.finish();
        download(from, count);
        completed = from + count;
        touched = false;
    }

    private void download(long from, long count) {
        List<Runnable> later = new ArrayList<>();
        touched |= !inPlace;
        for (Placement output : outputs) {
            if (output.isZeroCopy()) {
                output.publish(context.copies(), from, count);
            } else if (inPlace && output.isStaged()) {
                later.add(transfers.fetch(context, output.lease(), 0, output.operand(), output.first(from),
                        output.count(count)));
            } else if (output.isStaged()) {
                boolean alone = outputs.size() == 1 && plane == 1;
                transfers.download(context, output.lease(), 0, output.operand(), output.first(from), output.count(count),
                        done -> completed = alone ? from + done : completed);
            }
        }
        later.forEach(Runnable::run);
    }

    private boolean residentInPlace() {
        return outputs.stream().anyMatch(output -> output.isResident()
                && inputs.stream().anyMatch(input -> input.operand() == output.operand()));
    }
}
