package io.github.axoncl.internal.opencl;

import io.github.axoncl.DeviceException;
import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.Operand;
import io.github.axoncl.Rows;
import io.github.axoncl.internal.kernel.Formulas;

import java.util.ArrayList;
import java.util.List;

/**
 * One call from its first chunk to its last: upload, launch, wait, download. Decides the size of chunks and knows at any moment
 * how much of the output is complete. A chunk is a number of outer indexes. Used by one thread, inside the context.
 */
final class Call {
    /** Work-items or elements in one launch: more than 2^31 is not safe on every driver. */
    private static final long MOST_PER_LAUNCH = 1L << 30;
    /** Elements per chunk where operands are copied: large enough to hide the launch, small enough that little is repeated. */
    private static final long STAGED_CHUNK = 1L << 20;
    /** Elements per chunk of a call that may be cancelled: milliseconds, which hide that somebody waits after each. */
    private static final long CANCELLABLE_CHUNK = 1L << 22;
    private static final long SMALLEST_CHUNK = 1L << 12;

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
    /** The elements of a loop that stays in one line of the shape; 0 if that need not be. */
    private long lineRun;
    /** The kernel with that tiling; null if it is the usual one. */
    private LaunchKernel tiled;
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
            LaunchKernel kernel = context.programs().kernel(call);
            lineRun = kernel.loopsInLines() ? MapTile.run(call) : 0;
            tiled = tiling.isDefault() ? null : context.programs().kernel(call, tiling);
            chooseZeroCopy();
            overlap(kernel);
            long chunk = firstChunk(kernel);
            // Rows along the outer index exist even if it has no extent.
            boolean sumsOfNothing = outer == 0 && !call.isDivisible();
            while (completed < outer || sumsOfNothing) {
                sumsOfNothing = false;
                call.checkCancelled();
                long count = together(Math.min(chunk, outer - completed));
                try {
                    chunk(kernel, count);
                } catch (ClException e) {
                    chunk = smaller(e, count);
                }
            }
            if (outputs.stream().anyMatch(Placement::isResident)) {
                context.flush();
            }
        } finally {
            placements.forEach(Placement::close);
        }
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
    private void overlap(LaunchKernel kernel) {
        if (!call.isDivisible() || residentInPlace() || placements.stream().anyMatch(Placement::isDivided)) {
            return;
        }
        Overlap overlap = Overlap.of(context, call, placements,
                (lane, placed, from, count) -> launch(kernel, lane, placed, from, count), completed);
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

    private long firstChunk(LaunchKernel kernel) {
        if (!call.isDivisible()) {
            return outer;
        }
        long elements = call.isCancellable() ? CANCELLABLE_CHUNK : MOST_PER_LAUNCH;
        for (Placement placement : placements) {
            if (placement.isStaged() && placement.perOuter() > 0) {
                long most = Math.min(STAGED_CHUNK, context.device().info().maxAllocation() / placement.bytes(1));
                elements = Math.min(elements, most * plane / placement.perOuter());
            }
        }
        long most = form == Form.MAP ? MOST_PER_LAUNCH / plane
                : MOST_PER_LAUNCH / kernel.localSize() / Math.max(1, groups(kernel, 1));
        return inFours(Math.max(1, Math.min(elements / plane, most)));
    }

    /** A chunk of so many outer indexes or a few less, so that the next one begins with a multiple of 4: random words are made
     * for four elements at once. */
    static long inFours(long outers) {
        return outers < 4 ? outers : outers / 4 * 4;
    }

    private long smaller(ClException e, long count) {
        if (!e.isOutOfMemory() || count <= 1 || count * plane <= SMALLEST_CHUNK || !call.isDivisible()) {
            throw e;
        }
        placements.forEach(Placement::endLease);
        context.memory().trim();
        return Math.max(1, count / 2);
    }

    private void chunk(LaunchKernel kernel, long count) {
        long from = completed;
        for (Placement placement : placements) {
            placement.prepare(from, count);
        }
        touched |= outputs.stream().anyMatch(Placement::isZeroCopy);
        launch(kernel, null, placements, from, count);
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

    private long rowsOf(long outers) {
        return form == Form.ALONG_AXIS ? outers * call.rows().inner() : call.rows().axis();
    }

    // Rows of one outer index are neighbours, or all are if no others lie between their elements.
    private long groups(LaunchKernel kernel, long outers) {
        long rows = rowsOf(outers);
        boolean apart = form == Form.ALONG_AXIS && call.rows().inner() > 1;
        return kernel.tile().groups(rows, apart ? call.rows().inner() : rows);
    }

    // Maps do not look at the length: whole work-groups first, those with several elements per work-item before others, then
    // the rest in work-groups of one.
    private void launch(LaunchKernel kernel, Lane lane, List<? extends Placed> placed, long from, long count) {
        long local = kernel.localSize();
        if (form != Form.MAP) {
            submit(kernel, lane, placed, from, rowsOf(count), groups(kernel, count) * local, local, 1);
            return;
        }
        long elements = count * plane;
        LaunchKernel several = several(kernel, from);
        if (plane > 1 && residentInPlace()) {
            // One launch, since a second one that failed would leave an outer index half done and its input lost.
            long together = Long.lowestOneBit(elements);
            boolean fits = several != null && together >= several.localSize() * several.perItem(elements);
            LaunchKernel one = fits ? several : kernel;
            long perItem = one.perItem(elements);
            if (one.loops()) {
                perItem = lineRun > 0 ? lineRun : perItem <= together ? perItem : Math.max(plane, together);
            }
            submit(one, lane, placed, from, 0, elements / perItem, Math.min(one.localSize(), together), perItem);
            return;
        }
        long done = several == null ? 0 : wholeGroups(several, lane, placed, from, 0, elements);
        done = wholeGroups(kernel, lane, placed, from, done, elements);
        if (done < elements) {
            long rest = elements - done;
            submit(kernel, lane, placed, from, done, kernel.loops() ? 1 : rest, 1, rest);
        }
    }

    /** Submits what fills work-groups of the elements from one on.
     *
     * @return the first element that does not */
    private long wholeGroups(LaunchKernel kernel, Lane lane, List<? extends Placed> placed, long from, long first,
                             long elements) {
        long perItem = kernel.loops() && lineRun > 0 ? lineRun : kernel.perItem(elements);
        long group = kernel.localSize() * perItem;
        long whole = (elements - first) / group * group;
        if (whole > 0) {
            submit(kernel, lane, placed, from, first, whole / perItem, kernel.localSize(), perItem);
            // What was submitted to a buffer on the device counts, since it may have been an input.
            boolean counts = lane == null && plane == 1 && outputs.stream().allMatch(Placement::isResident);
            completed = counts ? from + first + whole : completed;
        }
        return first + whole;
    }

    /** The kernel that computes several elements with a work-item, or null. One that makes random words for four at once needs
     * a chunk, and loops, that begin with such four. */
    private LaunchKernel several(LaunchKernel kernel, long from) {
        boolean begins = kernel.byFour() != null && lineRun % 4 == 0
                && (call.value(Formulas.ELEMENT_LOW) + (call.firstOuter() + from) * plane) % 4 == 0;
        return begins ? kernel.byFour() : tiled;
    }

    private boolean residentInPlace() {
        return outputs.stream().anyMatch(output -> output.isResident()
                && inputs.stream().anyMatch(input -> input.operand() == output.operand()));
    }

    /** Submits one launch.
     *
     * @param lane  whose queue is used, null for the context's
     * @param from  the outer index at which the chunk begins
     * @param first   the element of the chunk at which the launch begins; for a reduction over rows the number of its rows
     * @param perItem the elements of a work-item, for kernels that go through them in a loop */
    private void submit(LaunchKernel kernel, Lane lane, List<? extends Placed> placed, long from, long first, long items,
                        long group, long perItem) {
        List<Object> arguments = new ArrayList<>(16);
        DeviceMemory[] used = new DeviceMemory[placed.size()];
        for (int k = 0; k < used.length; k++) {
            Placed operand = placed.get(k);
            used[k] = operand.counted(from);
            arguments.add(operand.handle(from));
            arguments.add(operand.firstInHandle(from) + (kernel.isElementwise() ? first : 0));
        }
        if (!kernel.isElementwise()) {
            arguments.add(first);
            arguments.add(call.rows().outer());
            arguments.add(call.rows().axis());
            arguments.add(call.rows().inner());
            arguments.add(call.firstOuter() + from);
            arguments.add(call.repeatEach());
            if (form == Form.MAP) {
                arguments.add(Reciprocal.of(plane));
                arguments.add(Reciprocal.of(Math.max(1, call.rows().inner())));
            }
            for (int k = 0; k < used.length; k++) {
                if (call.isShared(k)) {
                    arguments.add(call.operands().get(k).length() / plane);
                }
            }
        }
        kernel.addValues(call, arguments);
        if (kernel.loops()) {
            arguments.add(perItem);
        }
        if (lane != null) {
            context.submit(lane, kernel, items, group, arguments.toArray());
        } else {
            context.submit(kernel, items, group, used, arguments.toArray());
        }
    }
}
