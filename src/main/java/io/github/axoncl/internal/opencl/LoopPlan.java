package io.github.axoncl.internal.opencl;

import io.github.axoncl.KernelCall;
import io.github.axoncl.internal.kernel.Formulas;

import java.util.List;
import java.util.function.LongConsumer;

/**
 * Element by element on drivers for CPUs, whose kernels do not look at the length: whole work-groups first, those with several
 * elements per work-item before others, then the rest in work-groups of one.
 */
final class LoopPlan extends LaunchPlan {
    private final LaunchKernel kernel;
    /** The kernel with the tiling; null if it is the usual one. */
    private final LaunchKernel tiled;
    /** The elements of a loop that stays in one line of the shape; 0 if that need not be. */
    private final long lineRun;
    private final boolean residentInPlace;
    private final LongConsumer submitted;

    /** The plan of a call.
     *
     * @param residentInPlace whether an output is an input on the device
     * @param submitted       is told how many outer indexes were submitted whole, or null if that does not count */
    LoopPlan(Context context, KernelCall call, Tiling tiling, boolean residentInPlace, LongConsumer submitted) {
        super(context, call);
        boolean elementwise = Programs.isElementwise(call.signature());
        this.kernel = context.programs().kernel(call, elementwise ? Tiling.DEFAULT : MapTile.of(call));
        this.tiled = tiling.isDefault() || !elementwise ? null : context.programs().kernel(call, tiling);
        this.lineRun = kernel.loopsInLines() ? MapTile.run(call) : 0;
        this.residentInPlace = residentInPlace;
        this.submitted = submitted;
    }

    @Override
    long mostOuters() {
        return MOST_PER_LAUNCH / plane;
    }

    @Override
    void launch(Lane lane, List<? extends Placed> placed, long from, long count) {
        long elements = count * plane;
        LaunchKernel several = several(from);
        if (plane > 1 && residentInPlace) {
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
    private long wholeGroups(LaunchKernel by, Lane lane, List<? extends Placed> placed, long from, long first, long elements) {
        long perItem = by.loops() && lineRun > 0 ? lineRun : by.perItem(elements);
        long group = by.localSize() * perItem;
        long whole = (elements - first) / group * group;
        if (whole > 0) {
            submit(by, lane, placed, from, first, whole / perItem, by.localSize(), perItem);
            if (lane == null && plane == 1 && submitted != null) {
                // What was submitted to a buffer on the device counts, since it may have been an input.
                submitted.accept(from + first + whole);
            }
        }
        return first + whole;
    }

    /** The kernel that computes several elements with a work-item, or null. One that makes random words for four at once needs
     * a chunk, and loops, that begin with such four. */
    private LaunchKernel several(long from) {
        boolean begins = kernel.byFour() != null && lineRun % 4 == 0
                && (call.value(Formulas.ELEMENT_LOW) + (call.firstOuter() + from) * plane) % 4 == 0;
        return begins ? kernel.byFour() : tiled;
    }

    private void submit(LaunchKernel by, Lane lane, List<? extends Placed> placed, long from, long first, long items, long group,
                        long perItem) {
        List<Object> arguments = operands(by, placed, from, first, first);
        if (by.loops()) {
            arguments.add(perItem);
        }
        submit(by, lane, placed, from, items, group, arguments);
    }
}
